import assert from 'node:assert/strict';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { migrations } from '../../database/migrations/list.ts';
import { formatDocumentFile, MAX_DOCUMENT_FILE_BYTES } from '../../documents/files/document-file.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { createTree, hashTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { siteFolder } from '../../widgets/site-fixture.ts';
import { addDocument, codesOf, runIn, SITE_FILES, spawnIn, withStore } from '../run-fixture.ts';

/** Tests of the commands. Each opens a connection of its own. */
export function testCommands({ createUrl }: TestDatabases): void {
  describe('the command widgy', () => {
    const names = migrations.map(({ name }) => name);
    const open = async (files: Readonly<Record<string, string>> = {}) => {
      const url = await createUrl();
      const folder = await siteFolder({ ...SITE_FILES, ...files });
      const widgy = (...given: string[]) => runIn(folder, given, { DATABASE_URL: url });
      return { url, folder, widgy };
    };

    it('migrates once, and then has nothing to do', async () => {
      const { widgy } = await open();
      const early = await widgy('check');
      assert.equal(early.status, 1);
      assert.match(early.stderr, /\[(migration-pending|database-unreachable)\]/);
      assert.deepEqual(await widgy('migrate'), {
        ...{ status: 0, stderr: '' },
        stdout: `${names.map((name) => `applied ${name}\n`).join('')}${names.length} migrations applied\n`,
      });
      const again = await widgy('migrate', '--json');
      const { database, ...rest } = JSON.parse(again.stdout);
      assert.match(database, /^(sqlite|postgres)$/);
      assert.deepEqual([again.status, rest], [0, { applied: [], diagnostics: [] }]);
    });

    it('migrates in several processes at once', async () => {
      const { url, folder } = await open();
      const runs = await Promise.all(
        [1, 2, 3].map(() => spawnIn(folder, ['migrate', '--json'], { DATABASE_URL: url })),
      );
      assert.deepEqual(
        runs.map(({ status }) => status),
        [0, 0, 0],
        JSON.stringify(runs),
      );
      const applied = runs.flatMap(({ stdout }) => JSON.parse(stdout).applied);
      assert.deepEqual(applied.toSorted(), names);
    });

    it('exports and imports, and the export of the import is the same', async () => {
      const { url, folder, widgy } = await open();
      await widgy('migrate');
      await addDocument(url, 'doc');
      const exported = await widgy('export', 'doc');
      assert.deepEqual([exported.status, exported.stderr], [0, '']);
      assert.deepEqual(await widgy('export', 'doc', '--json'), exported);
      const written = await widgy('export', 'doc', '--to', 'doc.json');
      assert.equal(written.stdout, 'document doc with 2 commits and 3 trees written to doc.json\n');
      const file = join(folder, 'doc.json');
      assert.equal(await readFile(file, 'utf8'), exported.stdout);
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      const { bytes, ...summary } = JSON.parse(
        (await widgy('export', 'doc', '--to', 'doc.json', '--json')).stdout,
      );
      assert.deepEqual(summary, { document: 'doc', file, commits: 2, trees: 3, diagnostics: [] });
      assert.equal(bytes, Buffer.byteLength(exported.stdout));

      const taken = await widgy('import', 'doc.json', '--json');
      assert.deepEqual([taken.status, codesOf(taken)], [1, ['error document-exists']]);
      const copied = await widgy('import', 'doc.json', '--id', 'copy', '--owner', 'page/2/body');
      assert.deepEqual(copied, {
        ...{ status: 0, stderr: '' },
        stdout: 'document copy made, with 2 commits and 3 trees\n',
      });
      const again = await widgy('export', 'copy');
      const expected = exported.stdout
        .replace('"document":"doc"', '"document":"copy"')
        .replace('"id":"doc","type":"page"}', '"id":"2","type":"page"}');
      assert.equal(again.stdout, expected);
      const orphan = await widgy('import', 'doc.json', '--id', 'orphan', '--owner', 'none', '--json');
      assert.deepEqual(JSON.parse(orphan.stdout), {
        document: 'orphan',
        commits: 2,
        trees: 3,
        diagnostics: [],
      });
      const checked = await widgy('check');
      assert.deepEqual([checked.status, checked.stderr], [0, '1 note: --verbose shows them\n']);
      assert.match(
        checked.stdout,
        /^3 types of widgets, rendered \d+ times\n3 documents, 6 versions\n0 errors, 0 warnings\n$/,
      );
      const { stderr } = await widgy('check', '--verbose', '--history');
      assert.match(stderr, /^note document orphan: nothing owns the document \[orphan\]\n {4}Give it/);
    });

    it('refuses what is no document, and what the site is against', async () => {
      const { url, folder, widgy } = await open();
      await widgy('migrate');
      await addDocument(url, 'doc');
      const good = (await widgy('export', 'doc')).stdout;
      await writeFile(join(folder, 'cut.json'), good.slice(0, 100));
      const cut = await widgy('import', 'cut.json');
      assert.deepEqual([cut.status, cut.stdout], [1, '']);
      assert.match(
        cut.stderr,
        /^error the file is no JSON: .* \[not-json\]\n {4}.*\nnothing was imported\n$/,
      );
      await writeFile(join(folder, 'hash.json'), good.replace('<p>Hi</p>', '<p>Ho</p>'));
      assert.deepEqual(codesOf(await widgy('import', 'hash.json', '--id', 'new', '--json')), [
        'error hash-wrong',
      ]);
      await writeFile(join(folder, 'huge.json'), '');
      // It takes no room: nobody reads it.
      await truncate(join(folder, 'huge.json'), MAX_DOCUMENT_FILE_BYTES + 1);
      assert.deepEqual(codesOf(await widgy('import', 'huge.json', '--json')), ['error too-large']);
      await writeFile(join(folder, 'rules.json'), good.replaceAll('"id":"n"', '"id":"s"'));
      assert.match(
        (await widgy('import', 'rules.json', '--id', 'new')).stderr,
        /the id "s" is used twice \[id-taken\]/,
      );
      const gone = await widgy('export', 'gone', '--json');
      assert.deepEqual([gone.status, codesOf(gone)], [1, ['error document-missing']]);
      const missing = await widgy('import', 'none.json');
      assert.equal(missing.status, 2);
      assert.match(missing.stderr, /none\.json cannot be read: ENOENT.*\[usage\]/);
      const nowhere = await widgy('export', 'doc', '--to', 'no/folder/doc.json');
      assert.equal(nowhere.status, 2);
      assert.match(nowhere.stderr, /cannot be written: ENOENT.*\[usage\]/);
    });

    it('keeps what the site is against with --force only, and says what it kept', async () => {
      const { folder, widgy } = await open();
      await widgy('migrate');
      const fields = { stars: 9, text: '<b>Hi</b><script>x</script>', to: 'widgy:page/2' };
      const bad = createTree(
        createWidget({
          id: 'page',
          type: 'page',
          children: [createWidget({ id: 'n', type: 'note', fields })],
        }),
      );
      const draft = hashTree(bad);
      const trees = new Map([[draft, bad]]);
      const file = formatDocumentFile({
        document: 'doc',
        owner: null,
        createdAt: 1,
        draft,
        commits: [],
        trees,
      });
      await writeFile(join(folder, 'bad.json'), file);
      const refused = await widgy('import', 'bad.json', '--json');
      assert.deepEqual([refused.status, codesOf(refused)], [1, ['error field-invalid', 'error rule-broken']]);
      const kept = await widgy('import', 'bad.json', '--force', '--json');
      assert.deepEqual(
        [kept.status, codesOf(kept)],
        [
          0,
          ['field-unsafe', 'field-invalid', 'rule-broken', 'link-dangling'].map((code) => `warning ${code}`),
        ],
      );
      assert.doesNotMatch((await widgy('export', 'doc')).stdout, /script/);
      const checked = await widgy('check', '--json');
      assert.deepEqual(codesOf(checked), [
        'error field-invalid',
        'error rule-broken',
        'error link-dangling',
        'note orphan',
      ]);
    });

    it('finds damage and repairs what it can', async () => {
      const { url, widgy } = await open();
      await widgy('migrate');
      await addDocument(url, 'doc');
      await withStore(url, async ({ database: { kysely } }) => {
        const link = { document: 'doc', widget: 'x', field: 'x', target_type: 'page', target_id: '1' };
        await kysely
          .insertInto('links')
          .values({ ...link, version: 0 })
          .execute();
        await kysely.insertInto('trees').values({ hash: 'x', content: '', created_at: 1 }).execute();
      });
      const found = await widgy('check', '--json');
      assert.deepEqual([found.status, codesOf(found)], [1, ['error links-stale', 'note trees-unused']]);
      const shown = await widgy('check');
      assert.match(
        shown.stderr,
        /^error document doc, draft: the links .* \[links-stale\]\n {4}Run widgy check --fix/,
      );
      const fixed = await widgy('check', '--fix');
      assert.equal(fixed.status, 0);
      assert.match(fixed.stdout, /0 errors, 0 warnings, 2 fixed\n$/);
      const { status, stdout } = await widgy('check', '--json');
      const { documents, versions, unusedTrees, diagnostics } = JSON.parse(stdout);
      assert.deepEqual([status, documents, versions, unusedTrees, diagnostics], [0, 1, 2, 0, []]);
    });
  });
}
