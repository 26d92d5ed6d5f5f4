import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { createProject, filesOf, type Project, root } from '../packages/compressor/test/manual-project.ts';
import { launch, observe } from './browser.ts';

const modes = ['development', 'in-request', 'offline'] as const;

describe('the page of the manual with a content security policy', () => {
  let browser: Browser;
  let project: Project;
  before(async () => {
    browser = await launch();
    project = await createProject();
    await project.write(filesOf(await readFile(join(root, 'docs/content-security.md'), 'utf8')));
    assert.equal(project.run('npx compressor compress --quiet'), '');
  });
  after(async () => {
    await browser?.close();
    await project?.[Symbol.asyncDispose]();
  });

  for (const mode of modes) {
    it(`works and breaks no rule: ${mode}`, async () => {
      await project.write({
        'compressor.config.ts': `export default { mode: '${mode}', secret: 'a secret of the test' };`,
      });
      await using server = await project.serve('server.ts');
      const page = await browser.newPage();
      const observed = observe(page);
      await page.goto(server.url, { waitUntil: 'load' });
      await page.locator('body.menu-open').waitFor();
      const color = await page.getByRole('heading').evaluate((heading) => getComputedStyle(heading).color);
      assert.equal(color, 'rgb(16, 122, 139)');
      assert.equal(await page.evaluate(() => document.documentElement.dataset.page), 'home');
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).maxWidth), '576px');
      assert.deepEqual(
        observed.failures.filter((failure) => !failure.endsWith('/favicon.ico')),
        [],
      );
      assert.deepEqual(
        observed.console.filter((message) => !message.includes('404 (Not Found)')),
        [],
      );
      await page.close();
    });
  }

  it('shows what is wrong with a source under the same policy', async () => {
    await project.write({
      'compressor.config.ts': `export default { mode: 'development' };`,
      'static/css/site.css': 'body { margin: 3rem auto; background: url(none.png) }',
    });
    await using server = await project.serve('server.ts');
    const page = await browser.newPage();
    const observed = observe(page);
    await page.goto(server.url, { waitUntil: 'load' });
    const panel = page.getByRole('alertdialog');
    await panel.waitFor();
    assert.equal(await panel.evaluate((element) => getComputedStyle(element).position), 'fixed');
    assert.deepEqual(
      observed.console.filter((message) => message.includes('Content Security Policy')),
      [],
    );
    await page.close();
  });
});
