import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { page, picture, pictureName } from '../../backup/contract/fixture.ts';
import { openPages, searchPages } from '../../pages/index.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { siteFolder } from '../../widgets/site-fixture.ts';
import { addDocument, codesOf, runIn, SITE_FILES, withStore } from '../run-fixture.ts';

/** Tests of `widgy backup` and `widgy restore`. Each command opens a connection of its own. */
export function testBackupCommands({ createUrl }: TestDatabases): void {
  describe('the command widgy', () => {
    /** A site with a document and an uploaded file, and the commands on its database or on another. */
    const open = async () => {
      const url = await createUrl();
      const folder = await siteFolder(SITE_FILES);
      const widgyOn = (own: string, ...given: string[]) =>
        runIn(folder, given, { DATABASE_URL: own, MEDIA_URL: 'folder:uploads' });
      const widgy = (...given: string[]) => widgyOn(url, ...given);
      await widgy('migrate');
      await addDocument(url, 'doc');
      await withStore(url, async ({ database: { kysely } }) => {
        await kysely.insertInto('media').values(picture('one')).execute();
      });
      const upload = join(folder, 'uploads', pictureName('one'));
      await mkdir(join(upload, '..'), { recursive: true });
      await writeFile(upload, 'one');
      return { url, folder, upload, widgy, widgyOn };
    };

    it('backs up, and restores into another database', async () => {
      const { folder, widgy, widgyOn } = await open();
      const made = await widgy('backup', 'site.tar');
      assert.deepEqual([made.status, made.stderr], [0, '']);
      assert.match(made.stdout, /^\d+ rows and 1 uploaded file written to site\.tar\n$/);
      const json = JSON.parse((await widgy('backup', 'again.tar', '--json')).stdout);
      assert.deepEqual([json.rows.documents, json.rows.commits, json.rows.media], [1, 2, 1]);
      assert.deepEqual([json.media, json.missing, json.diagnostics], [{ files: 1, bytes: 3 }, [], []]);

      const other = await createUrl();
      const runOther = (...given: string[]) =>
        runIn(folder, given, { DATABASE_URL: other, MEDIA_URL: 'folder:restored' });
      const restored = await runOther('restore', 'site.tar');
      assert.deepEqual([restored.status, restored.stderr], [0, '']);
      assert.match(
        restored.stdout,
        /^\d+ rows and 1 uploaded file restored from site\.tar, made at 20\d\d-.*Z\n$/,
      );
      assert.equal(await readFile(join(folder, 'restored', pictureName('one')), 'utf8'), 'one');
      assert.equal((await runOther('export', 'doc')).stdout, (await widgy('export', 'doc')).stdout);

      const again = await widgyOn(other, 'restore', 'site.tar', '--json');
      assert.deepEqual([again.status, codesOf(again)], [1, ['error database-not-empty']]);
      assert.match((await widgyOn(other, 'restore', 'site.tar')).stderr, /\nnothing was restored\n$/);
    });

    it('lets pages be found again that are restored', async () => {
      const { url, widgy, widgyOn } = await open();
      await withStore(url, async ({ database: { kysely } }) => {
        const row = { ...page('harbour', null), site: 'boats', title: 'Harbour', document: 'doc' };
        await kysely.insertInto('pages').values(row).execute();
      });
      await widgy('backup', 'site.tar');
      const other = await createUrl();
      assert.equal((await widgyOn(other, 'restore', 'site.tar')).status, 0);
      await withStore(other, async (documents) => {
        const pages = openPages({ documents, site: 'boats', rootTypes: ['page'] });
        const { hits } = await searchPages(pages, { text: 'harbour', isSignedIn: false });
        assert.deepEqual(
          hits.map(({ title }) => title),
          ['Harbour'],
        );
      });
    });

    it('verifies a backup, and changes nothing', async () => {
      const { folder, upload, url, widgy, widgyOn } = await open();
      await widgy('backup', 'site.tar');
      const nowhere = `sqlite:${join(folder, 'none/site.db')}`;
      const verified = await widgyOn(nowhere, 'restore', 'site.tar', '--verify');
      assert.match(verified.stdout, /^site\.tar is whole: \d+ rows and 1 uploaded file, made at /);
      assert.deepEqual([verified.status, existsSync(join(folder, 'none'))], [0, false]);
      const json = JSON.parse((await widgyOn(nowhere, 'restore', 'site.tar', '--verify', '--json')).stdout);
      assert.deepEqual([json.documents, json.rows.documents, json.diagnostics], [1, 1, []]);

      // What is damaged in the database is in the backup, too, and is found there.
      await withStore(url, async ({ database: { kysely } }) => {
        await kysely.insertInto('trees').values({ hash: 'x', content: '{', created_at: 1 }).execute();
        await kysely.updateTable('documents').set({ draft_base: 'x' }).execute();
      });
      await writeFile(upload, 'two');
      await widgy('backup', 'bad.tar');
      const bad = await widgyOn(nowhere, 'restore', 'bad.tar', '--verify', '--json');
      assert.equal(bad.status, 1);
      assert.deepEqual(codesOf(bad).slice(0, 2), ['warning media-damaged', 'error stored-invalid']);
    });

    it('says what is missing, and what is no backup', async () => {
      const { folder, upload, widgy } = await open();
      await truncate(upload, 0);
      await widgy('backup', 'site.tar');
      await writeFile(join(folder, 'cut.tar'), (await readFile(join(folder, 'site.tar'))).subarray(0, 8192));
      assert.deepEqual(codesOf(await widgy('restore', 'cut.tar', '--verify', '--json')), [
        'error backup-truncated',
      ]);
      assert.deepEqual(codesOf(await widgy('restore', 'package.json', '--json')), ['error backup-foreign']);
      const none = await widgy('restore', 'none.tar', '--verify');
      assert.deepEqual([none.status, none.stdout], [2, '']);
      assert.match(none.stderr, /none\.tar cannot be read: ENOENT.*\[file-unreadable\]/);
      const nowhere = await widgy('backup', 'no/folder/site.tar');
      assert.match(nowhere.stderr, /cannot be written: ENOENT.*\[file-unwritable\]/);
      const wrong = await runIn(folder, ['backup', 'x.tar'], { MEDIA_URL: 'x' });
      assert.deepEqual([wrong.status, /\[environment-invalid\]/.test(wrong.stderr)], [2, true]);
    });

    it('warns of uploaded files that are lost', async () => {
      const { url, widgy } = await open();
      await withStore(url, async ({ database: { kysely } }) => {
        await kysely.insertInto('media').values(picture('lost')).execute();
      });
      const made = await widgy('backup', 'site.tar');
      assert.equal(made.status, 0);
      assert.match(
        made.stderr,
        /^warning the storage does not have 1 uploaded file: media\/.* \[media-missing\]/,
      );
      const json = JSON.parse((await widgy('restore', 'site.tar', '--verify', '--json')).stdout);
      assert.deepEqual(json.missing, [pictureName('lost')]);
    });
  });
}
