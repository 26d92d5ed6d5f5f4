import { CONTENT, openEditor, openEditorSite } from './editor-fixture.ts';

const editor = await openEditorSite();
try {
  const ann = await editor.person('Ann');
  const document = await editor.newPage('Look', CONTENT);
  ann.on('page', (p) => {
    p.on('pageerror', (e) => console.log(e.stack));
    p.on('console', (m) => console.log(m.text()));
    p.on('response', (r) => r.status() >= 400 && console.log(r.status(), r.url()));
  });
  ann.setDefaultTimeout(9000);
  const tab = await openEditor(editor, ann, document);
  await tab.row(/Rivers/).click();
  await tab.page.screenshot({ path: '/tmp/ed/q1.png' });
  console.log(
    await tab.outline
      .getByRole('treeitem')
      .evaluateAll((all) => all.map((e) => e.getAttribute('aria-label'))),
  );
  await tab.page.keyboard.press('a');
  await tab.page.getByRole('dialog').waitFor();
  await tab.page.getByRole('checkbox').check();
  await tab.page.screenshot({ path: '/tmp/ed/q2.png' });
  console.log(await tab.page.getByRole('dialog').innerText());
  await tab.page.keyboard.press('Escape');
  await tab.page.keyboard.press('Control+k');
  await tab.page.getByRole('dialog').waitFor();
  await tab.page.keyboard.type('wat');
  await tab.page
    .getByText('Pages')
    .waitFor({ timeout: 3000 })
    .catch(() => {});
  await tab.page.screenshot({ path: '/tmp/ed/q3.png' });
  console.log(tab.faults);
} finally {
  await editor[Symbol.asyncDispose]();
}
