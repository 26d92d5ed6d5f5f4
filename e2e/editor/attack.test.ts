import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { createWidget } from 'widgy/tree';
import { CONTENT } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { until } from './until.ts';

/** What would do something wherever it is taken for markup, and a mark that turns the direction of what follows. */
const HOSTILE = `"'><img src=x onerror="top.ran=1"><script>top.ran=1</script><!--widgy words-->{{ 1 }}\u202eend`;

/** Rich text that no server keeps: as older code, or whoever reaches the database, may have left it. */
const STORED = `<figure><meta http-equiv="refresh" content="0;url=/admin/pages">
  <form action="/admin/sign-out" name="createRange"><input name="body"></form><iframe src="/admin/"></iframe>
  <img name="querySelector" src="/x.png" onerror="top.ran=1"><a href="javascript:top.ran=1">Caption</a></figure><p>Words</p>`;

describe('an editor that somebody means ill, or that has bad luck', () => {
  const editor = editorSuite();

  const textOf = ({ form }: EditorTab) => form.getByLabel('Text', { exact: true });

  it('takes names, titles and texts for words, wherever they are shown', async () => {
    const document = await editor.newPage(HOSTILE, [
      { id: 'valueOf', type: 'heading', fields: { text: HOSTILE, level: 'h2' } },
      ...CONTENT,
    ]);
    const one = await editor.edit(document, await editor.person(HOSTILE));
    const two = await editor.editAsBob(document);
    await one.row(/onerror/).click();
    await two.outline.getByTitle(/onerror/).waitFor();
    await textOf(one).fill(`${HOSTILE}2`);
    await one.saved();
    await two.row(/onerror/).click();
    await until(
      () => textOf(two).inputValue(),
      (shown) => shown === `${HOSTILE}2`,
    );
    for (const tab of [one, two]) {
      await tab.page.keyboard.press('Control+k');
      await tab.page.getByRole('dialog').getByRole('combobox').waitFor();
      await tab.page.keyboard.insertText('onerror');
      await tab.page
        .getByRole('option', { name: /onerror/ })
        .first()
        .waitFor();
      await tab.page.keyboard.press('Escape');
      assert.equal(await tab.page.evaluate(() => 'ran' in window), false);
      assert.equal(await tab.page.locator('img[src="x"]').count(), 0);
      assert.equal(await tab.preview.locator('img[src="x"]').count(), 0);
      assert.deepEqual(tab.faults, []);
    }
  });

  it('is led nowhere by rich text that was kept before it was sanitised', async () => {
    const document = await editor.newPage('Stored', CONTENT);
    const stored = createWidget({
      ...{ id: 'stored', type: 'text', slot: 'main', fields: { text: STORED }, children: [] },
    });
    const other = createWidget({
      ...{
        id: 'other',
        type: 'heading',
        slot: 'main',
        fields: { text: 'Rivers', level: 'h2' },
        children: [],
      },
    });
    await editor.putTree(
      document,
      createWidget({ id: 'root', type: 'one-column', fields: {}, children: [stored, other] }),
    );
    const tab = await editor.edit(document);
    const address = tab.page.url();
    await tab.row(/Words/).click();
    const kept = tab.form.locator('.form-kept');
    await kept.getByText('Caption').waitFor();
    assert.equal(await kept.locator('meta, form, input, iframe, [onerror], [name], [href]').count(), 0);
    await tab.row(/Rivers/).click();
    await textOf(tab).fill('Brooks');
    await tab.saved();
    await tab.preview.getByText('Brooks').waitFor();
    assert.equal(tab.page.url(), address);
    assert.equal(await tab.page.evaluate(() => 'ran' in window), false);
  });

  it('works in more tabs of one browser than it has connections, and each hears of the others', async () => {
    const document = await editor.newPage('Tabs', CONTENT);
    const tabs: EditorTab[] = [];
    for (let count = 0; count < 8; count++) tabs.push(await editor.edit(document));
    const [first, last] = [tabs[0] ?? assert.fail(), tabs.at(-1) ?? assert.fail()];
    for (const [tab, text] of [
      [first, 'Brooks'],
      [last, 'Streams'],
    ] as const) {
      await tab.row(/Heading: (Rivers|Brooks)/).click();
      await textOf(tab).fill(text);
      await tab.saved();
      for (const other of tabs) await other.row(`Heading: ${text}`).waitFor();
    }
    for (const { faults } of tabs) assert.deepEqual(faults, []);
  });

  it('keeps no connection open in a tab that nobody sees, and hears what it missed when it is seen', async () => {
    const document = await editor.newPage('Hidden', CONTENT);
    const [hidden, other] = [await editor.edit(document), await editor.editAsBob(document)];
    const isStream = (request: { url: () => string }) => /\/events\?/.test(request.url());
    await other.row('Heading: Rivers').click();
    // It is heard: so its stream is open.
    await textOf(other).fill('Brooks');
    await hidden.row('Heading: Brooks').waitFor();
    const closed = hidden.page.waitForEvent('requestfailed', isStream);
    await see(hidden.page, false);
    await closed;
    await textOf(other).fill('Streams');
    await other.saved();
    assert.equal(await hidden.row('Heading: Streams').count(), 0);
    const opened = hidden.page.waitForEvent('request', isStream);
    await see(hidden.page, true);
    await opened;
    await hidden.row('Heading: Streams').waitFor();
    assert.deepEqual(hidden.faults, []);
  });

  it('works where a browser has no locks and makes no ids, as over plain HTTP from another machine', async () => {
    const document = await editor.newPage('Plain', CONTENT);
    const context = await editor.person('Ann');
    await context.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'locks');
      Reflect.deleteProperty(Navigator.prototype, 'clipboard');
      Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
    });
    const tab = await editor.edit(document, context);
    await tab.row('Heading: Rivers').click();
    await textOf(tab).fill('Brooks');
    await tab.saved();
    await tab.page.keyboard.press('F6');
    await tab.row('Heading: Brooks').click();
    await tab.page.keyboard.press('Control+d');
    await until(
      () => tab.row('Heading: Brooks').count(),
      (count) => count === 2,
    );
    await tab.saved();
    await tab.page.reload();
    await until(
      () => tab.row('Heading: Brooks').count(),
      (count) => count === 2,
    );
    assert.deepEqual(tab.faults, []);
  });

  it('keeps nothing of what was on the page in memory', async () => {
    const document = await editor.newPage('Memory', CONTENT);
    const context = await editor.person('Ann');
    const tab = await editor.edit(document, context);
    const tools = await context.newCDPSession(tab.page);
    const nodes = async () => {
      await tools.send('HeapProfiler.collectGarbage');
      return (await tools.send('Memory.getDOMCounters')).nodes;
    };
    const rounds = 12;
    const work = async () => {
      for (let round = 0; round < rounds; round++) {
        await tab.row('Button: Press').first().click();
        for (const key of ['Control+d', 'Delete']) {
          await tab.page.keyboard.press(key);
          await tab.saved();
        }
        await until(
          () => tab.preview.getByText('Press', { exact: true }).count(),
          (count) => count === 1,
        );
      }
    };
    await work();
    const begun = await nodes();
    await work();
    const grown = (await nodes()) - begun;
    assert.ok(grown < 5 * rounds, `${grown} nodes more after ${rounds} rounds`);
  });
});

/** Has a page think that it is seen, or that it is not: a browser without windows shows all of them. */
async function see(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, !isSeen);
}
