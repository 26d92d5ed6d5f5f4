import { openEditor, openEditorSite } from './editor-fixture.ts';
const editor = await openEditorSite();
try {
const ann = await editor.person('Ann');
ann.setDefaultTimeout(9000);
const document = await editor.newPage('Look', [{ id: 'one', type: 'heading', fields: { text: '', level: 'h2' } }]);
const tab = await openEditor(editor, ann, document);
const { page, form } = tab;
await tab.row(/^Heading/).click();
const text = form.getByRole('textbox', { name: 'Text' });
await text.click();
const at = () => page.evaluate(() => [globalThis.document.activeElement?.outerHTML.slice(0,120), globalThis.document.querySelector('dialog')?.open]);
await page.keyboard.press('/');
await page.getByRole('dialog').getByRole('combobox').waitFor();
console.log(await at());
await page.keyboard.press('Escape');
console.log(await at());
await page.waitForTimeout(500);
console.log(await at(), await text.inputValue());
console.log(await page.evaluate(() => globalThis.document.execCommand('insertText', false, '/')), await text.inputValue());
console.log(tab.faults);
} finally { await editor[Symbol.asyncDispose](); }
