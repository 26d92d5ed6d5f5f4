import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorSuite } from './editor-suite.ts';
import { looksNow } from './looks.ts';

describe('a site that asks for accessibility before something is published', () => {
  const suite = editorSuite({ accessibilityGate: 'serious' });

  it('row 33: the check is a gate: what it found is mended first, then the draft is published', async () => {
    const { tab, page } = await suite.open('Gate', [
      { id: 'fine', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
      { id: 'link', type: 'text', fields: { text: '<p>Go <a href="/boats"></a>there.</p>' } },
    ]);
    const open = () => page.getByRole('banner').getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog');
    const publish = dialog.getByRole('button', { name: 'Publish', exact: true });
    await open();
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

    await open();
    await publish.click();
    await dialog.getByText('It is published. Visitors see it now.').waitFor();
    assert.deepEqual(tab.faults, []);
  });
});
