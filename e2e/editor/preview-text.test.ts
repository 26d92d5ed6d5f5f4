import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorSuite } from './editor-suite.ts';

describe('texts in the preview', () => {
  const editor = editorSuite();

  it('row 19: a text is written on the page, and the form has it in the same frame', async () => {
    const { document, tab } = await editor.open('Writing');
    const heading = tab.preview.getByText('Rivers');
    await heading.dblclick();
    await tab.page.keyboard.press('Control+a');
    await tab.page.keyboard.type('Old');
    const field = tab.form.getByLabel('Text');
    // Both are looked at in the frame after the key: the form must have it when that is painted.
    await tab.page.evaluate(() => {
      const shown = window.document.querySelector<HTMLIFrameElement>('.preview-frame')?.contentDocument;
      const written = shown?.querySelector('[contenteditable]');
      written?.addEventListener('input', () =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            const form = window.document.querySelector<HTMLInputElement>('#form-text');
            window.document.body.dataset.mirror = `${written.textContent}=${form?.value}`;
          }),
        ),
      );
    });
    await tab.page.keyboard.type('er');
    await tab.page.locator('body[data-mirror="Older=Older"]').waitFor();
    assert.equal(await tab.page.locator('.box.selected .box-label').count(), 0);
    await tab.saved();
    // What was acknowledged was not put under the cursor.
    await tab.page.keyboard.type(' banks');
    await tab.page.keyboard.press('Enter');
    await tab.saved();
    assert.equal(await field.inputValue(), 'Older banks');
    assert.equal((await editor.draft(document)).root.children[0]?.fields.text, 'Older banks');
    await tab.preview.getByRole('heading', { name: 'Older banks' }).waitFor();
    assert.equal(await tab.preview.locator('[contenteditable]').count(), 0);
    // The keys mean the widget again: Enter writes, Escape leaves, and once more goes up.
    await tab.page.keyboard.press('Enter');
    await tab.page.keyboard.type('!');
    await tab.page.keyboard.press('Escape');
    await tab.selected(/Older banks!/).waitFor();
    await tab.page.keyboard.press('Escape');
    await tab.selected(/^One column/).waitFor();
    // What is typed in the form is seen on the page at once, before the server has it.
    await tab.row(/Older/).click();
    await editor.ann.setOffline(true);
    await field.fill('Offline banks');
    await tab.preview.getByText('Offline banks').waitFor();
    await tab.page.getByText('You are offline. The preview is as it was').waitFor();
    await editor.ann.setOffline(false);
    await tab.saved();
    // A text with markup is written in the form.
    await tab.preview.getByText('Slow water.').dblclick();
    const rich = tab.form.getByRole('textbox', { name: 'Text' });
    await rich.waitFor();
    await tab.page.waitForFunction(() => window.document.activeElement?.id === 'form-text');
    assert.deepEqual(tab.faults, []);
  });

  it('row 19: what others do meanwhile comes in around the cursor', async () => {
    const { document, tab } = await editor.open('Both');
    const other = await editor.editAsBob(document);
    await tab.preview.getByText('Rivers').dblclick();
    await tab.page.keyboard.press('Home');
    await other.row(/Rivers/).click();
    await other.form.getByLabel('Text').fill('Rivers and lakes');
    await other.saved();
    await tab.preview.getByText('Rivers and lakes').waitFor();
    await tab.page.keyboard.type('All ');
    await tab.preview.getByText('All Rivers and lakes').waitFor();
    // What is around the text is shown anew only when it is left.
    await other.row(/Banks/).click();
    await other.page.keyboard.press('Alt+ArrowLeft');
    await other.saved();
    const level = await tab.row(/Rivers/).getAttribute('aria-level');
    await tab
      .row(/Banks/)
      .and(tab.page.locator(`[aria-level="${level}"]`))
      .waitFor();
    assert.equal(await tab.preview.locator('[contenteditable]').count(), 1);
    await tab.page.keyboard.press('Tab');
    await tab.saved();
    await tab.preview.locator('.w-section-inner:not(:has(h3))').first().waitFor();
    assert.match(await editor.draftText(document), /All Rivers and lakes/);
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 19: a key is painted before what it changes elsewhere, which is there for whatever is done next', async () => {
    const { tab } = await editor.open('Typing');
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').click();
    const seen = await tab.page.evaluate(async () => {
      const field = window.document.querySelector<HTMLInputElement>('#form-text');
      const row = window.document.querySelector('.outline-row[aria-selected="true"]');
      const key = async (text: string) => {
        if (field !== null) field.value = text;
        field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await Promise.resolve();
      };
      const rows: (string | null | undefined)[] = [];
      await key('Streams');
      rows.push(row?.textContent);
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
      rows.push(row?.textContent);
      await key('Brooks');
      rows.push(row?.textContent);
      for (let frame = 0; frame < 2; frame += 1)
        await new Promise<void>((resolve) => {
          requestAnimationFrame(() => setTimeout(resolve));
        });
      rows.push(row?.textContent);
      return rows.map((text) => /Rivers|Streams|Brooks/.exec(text ?? '')?.[0]);
    });
    assert.deepEqual(seen, ['Rivers', 'Streams', 'Streams', 'Brooks']);
    assert.deepEqual(tab.faults, []);
  });

  it('row 19: what the page shows already is not put there again', async () => {
    const { tab } = await editor.open('Same');
    await tab.row(/Rivers/).click();
    const put = await tab.page.evaluateHandle(() => {
      const names: string[] = [];
      const shown = window.document.querySelector<HTMLIFrameElement>('.preview-frame')?.contentDocument;
      const observer = new MutationObserver((changes) => {
        const all = changes.flatMap(({ addedNodes }) => [...addedNodes]);
        names.push(...all.map(({ nodeName }) => nodeName).filter((name) => /^H\d$/.test(name)));
      });
      if (shown != null) observer.observe(shown, { childList: true, subtree: true });
      return names;
    });
    const answered = tab.page.waitForResponse(/\/preview.*parts|parts.*preview/);
    await tab.form.getByLabel('Text').fill('Streams');
    await answered;
    await tab.form.getByLabel('Level').selectOption('h3');
    await tab.preview.locator('h3', { hasText: 'Streams' }).waitFor();
    assert.deepEqual(await put.jsonValue(), ['H3']);
    assert.deepEqual(tab.faults, []);
  });
});
