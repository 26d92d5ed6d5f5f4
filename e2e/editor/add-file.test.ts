import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRole, trustedActor } from 'widgy/accounts';
import { picture } from '../../packages/widgy/src/media/media-fixture.ts';
import type { EditorSite } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { looksOf } from './looks.ts';
import { until } from './until.ts';

const IMAGE = [{ id: 'boat', type: 'image', fields: { alt: 'A boat' } }];

describe('a file of somebody who edits', () => {
  const editor = editorSuite();

  const open = async (context = editor.ann) => {
    const document = await editor.newPage('Pictures', IMAGE);
    const tab = await editor.edit(document, context);
    await tab.row(/A boat/).click();
    await tab.form.getByRole('button', { name: 'Picture: Choose media' }).click();
    return { document, tab };
  };
  const send = async ({ page, form }: EditorTab, name: string, buffer: Buffer) => {
    const choosing = page.waitForEvent('filechooser');
    await form.getByRole('button', { name: 'Upload a picture' }).press('Enter');
    await (await choosing).setFiles({ name, mimeType: '', buffer });
  };

  it('row 20: is uploaded where a picture is chosen, and is chosen at once', async () => {
    const { document, tab } = await open();
    const there = await referencesOf(editor);
    assert.deepEqual(await looksOf(tab.page), []);
    // What is no picture is refused, and the next one can be tried.
    await send(tab, 'boat.png', Buffer.from('no picture'));
    await tab.form.getByText('Files of this type are not taken.').waitFor();
    // Where the answer is lost, it is sent again and is there once.
    await tab.page.route(/\/media\/add$/, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await send(tab, 'boat.png', await picture('png'));
    await tab.form.getByText('boat.png was not uploaded: the server does not answer.').waitFor();
    await tab.page.unroute(/\/media\/add$/);
    await tab.form.getByRole('button', { name: 'Try again' }).press('Enter');
    await tab.form.getByText('boat.png', { exact: true }).waitFor();
    assert.equal(
      await tab.page.evaluate(() => window.document.activeElement?.ariaLabel),
      'Picture: Choose other media',
    );
    await tab.saved();
    const [reference] = /widgy:media\/[^"]+/.exec(await editor.draftText(document)) ?? [];
    assert.ok(reference !== undefined);
    await tab.preview.locator('img[alt="A boat"]').waitFor();
    const added = (await referencesOf(editor)).filter((one) => !there.includes(one));
    assert.deepEqual(added, [reference]);
    await until(
      () => tab.form.locator('.form-thumb').count(),
      (count) => count === 1,
    );
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: is offered to nobody who may not add any', async () => {
    const { accounts } = editor.site.widgy;
    const permissions = ['admin.enter', 'pages.read', 'pages.edit', '*:change'];
    const made = await createRole(accounts, { name: 'words', label: 'Words', permissions }, trustedActor);
    assert.ok(made.ok, JSON.stringify(made));
    const { tab } = await open(await editor.person('Bob', { role: 'words' }));
    await tab.form.getByRole('combobox').waitFor();
    assert.equal(await tab.form.getByRole('button', { name: /^Upload/ }).count(), 0);
  });
});

/** The references of all that is in the media. */
async function referencesOf({ site }: EditorSite): Promise<readonly string[]> {
  const { kysely } = site.widgy.media.database;
  const rows = await kysely.selectFrom('media').select('id').execute();
  return rows.map(({ id }) => `widgy:media/${id}`);
}
