import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorSuite } from './editor-suite.ts';
import { looksNow } from './looks.ts';

describe('a site that asks for accessibility before something is published', () => {
  const editor = editorSuite({ accessibilityGate: 'serious' });

  it('row 33: the check is a gate: what it found is mended first, then the draft is published', async () => {
    const { tab, page } = await editor.open('Gate', [
      { id: 'fine', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
      { id: 'link', type: 'text', fields: { text: '<p>Go <a href="/boats"></a>there.</p>' } },
    ]);
    const dialog = page.getByRole('dialog');
    const publish = dialog.getByRole('button', { name: 'Publish', exact: true });
    await tab.tool('Publish').click();
    await dialog.getByText('1 thing keeps people from using the page.').waitFor();
    assert.equal(await publish.count(), 0);
    assert.deepEqual(await looksNow(page), []);

    await dialog.getByRole('button', { name: 'Show what was found' }).click();
    const check = page.getByRole('region', { name: 'Accessibility' });
    await check.getByRole('button', { name: /Open .*Text/ }).click();
    await tab.form.getByRole('heading', { name: 'Text' }).waitFor();
    await check.getByRole('button', { name: 'Close' }).click();
    await tab.row(/Go there/).click();
    await page.keyboard.press('Delete');
    await tab.saved();

    await tab.tool('Publish').click();
    await publish.click();
    await dialog.getByText('It is published. Visitors see it now.').waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 33: a page that cannot be checked is not published before it was, and is checked again when asked', async () => {
    const { tab, page } = await editor.open('No check', [
      { id: 'fine', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
    ]);
    const failing = `<script>parent.postMessage({ kind: 'widgy-check', failure: 'No' }, location.origin)</script>`;
    await page.route(/\/preview\/check$/, (route) =>
      route.fulfill({ contentType: 'text/html', body: failing }),
    );
    await tab.tool('Publish').click();
    const dialog = page.getByRole('dialog');
    const publish = dialog.getByRole('button', { name: 'Publish', exact: true });
    await dialog.getByText('The page could not be checked.').waitFor();
    assert.equal(await publish.count(), 0);
    assert.deepEqual(await looksNow(page), []);
    await page.unroute(/\/preview\/check$/);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await publish.waitFor();
    assert.deepEqual(tab.faults, []);
  });
});
