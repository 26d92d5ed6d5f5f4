import { openEditor, openEditorSite } from './editor-fixture.ts';
import { OUTLINE } from './outline-fixture.ts';
const editor = await openEditorSite();
try {
const ann = await editor.person('Ann');
const document = await editor.newPage('Look', OUTLINE);
ann.setDefaultTimeout(9000);
const tab = await openEditor(editor, ann, document);
await tab.row(/Rivers/).click();
console.log(await tab.outline.getByRole('treeitem').evaluateAll((all) => all.map((e) => `${'  '.repeat(Number(e.ariaLevel)-1)}${e.getAttribute('aria-label')} ${e.getAttribute('data-key')}`).join('\n')));
await tab.page.screenshot({ path: '/tmp/ed/o/1.png' });
console.log(tab.faults);
} finally { await editor[Symbol.asyncDispose](); }
