import { openEditor, openEditorSite } from './editor-fixture.ts';
import { OUTLINE } from './outline-fixture.ts';

const editor = await openEditorSite();
try {
  const ann = await editor.person('Ann');
  const bob = await editor.person('Bob Stone');
  const document = await editor.newPage('Look', OUTLINE);
  ann.setDefaultTimeout(9000);
  bob.setDefaultTimeout(9000);
  const tab = await openEditor(editor, ann, document);
  const other = await openEditor(editor, bob, document);
  await other.row(/Press/).click();
  await tab.row(/Bob/).waitFor({ timeout: 15000 });
  // conflict: both in the same field
  await ann.setOffline(true);
  await tab.row(/Rivers/).click();
  await tab.form.getByLabel('Text').fill('Mine');
  await other.row(/Rivers/).click();
  await other.form.getByLabel('Text').fill('Theirs');
  await other.saved();
  await other.row(/Banks/).click();
  await ann.setOffline(false);
  await tab.page.locator('.saving-conflicts').waitFor({ timeout: 20000 });
  await tab.row(/Bob/).waitFor({ timeout: 20000 });
  await tab.page.screenshot({ path: '/tmp/ed/o/2.png' });
  await tab.page.emulateMedia({ colorScheme: 'dark' });
  await tab.page.screenshot({ path: '/tmp/ed/o/3.png', clip: { x: 0, y: 0, width: 330, height: 700 } });
  await tab.page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await tab.page.screenshot({ path: '/tmp/ed/o/4.png', clip: { x: 0, y: 0, width: 330, height: 700 } });
  await tab.page.emulateMedia({ forcedColors: 'none' });
  await other.page.close();
  // history marks
  await tab.row(/The sea/).click();
  await tab.page.keyboard.press('Alt+ArrowUp');
  await tab.row(/Slow water/).click();
  await tab.page.keyboard.press('Control+d');
  await tab.saved();
  await tab.page.getByRole('button', { name: 'History' }).click();
  await tab.page.screenshot({ path: '/tmp/ed/o/5.png' });
  await tab.page
    .getByRole('button', { name: /Compare|different|Differences/i })
    .first()
    .click()
    .catch((e) => console.log(e.message));
  await tab.page
    .locator('[data-mark]')
    .first()
    .waitFor()
    .catch((e) => console.log(e.message));
  await tab.page.screenshot({ path: '/tmp/ed/o/6.png' });
  console.log(
    await tab.outline
      .getByRole('treeitem')
      .evaluateAll((all) => all.map((e) => e.getAttribute('aria-label')).join('\n')),
  );
  console.log(tab.faults);
} finally {
  await editor[Symbol.asyncDispose]();
}
