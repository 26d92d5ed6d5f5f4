import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Insertable } from 'kysely';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { appendChange } from '../changes.ts';
import type { Queries } from '../database.ts';
import { readGeneration } from '../generation.ts';
import type { CalloutsTable, MediaTable, PagesTable, RedirectsTable } from '../tables.ts';
import { saveTree } from '../trees.ts';
import { changeAfter, commit, emptyTree, insertDocument, statementsOfWork } from './fixtures.ts';

/** Tests of the numbers that say whether anything changed that visitors can see. */
export function testGeneration({ createUrl, isShared }: TestDatabases): void {
  const open = async () => await openMigrated(await createUrl());
  const both = async (queries: Queries) => [
    await readGeneration(queries, 'default'),
    await readGeneration(queries, 'other'),
  ];
  const setting = { site: 'default', name: 'a.b', value: '1', revision: 1, updated_at: 1, author: null };

  describe('the generation', () => {
    /** Each thing that is done, in order, and for which of the sites `default` and `other` it counts. */
    const steps: readonly [
      name: string,
      counts: readonly ('default' | 'other')[],
      step: (queries: Queries) => Promise<unknown>,
    ][] = [
      ['a new document', [], (queries) => insertDocument(queries, { id: 'd' })],
      [
        'a change of a draft',
        [],
        (queries) => queries.transaction().execute((own) => appendChange(own, changeAfter('d', 0))),
      ],
      ['a draft that is kept anew', [], (queries) => saveTree(queries, { hash: 'h', content: '1' }, 1)],
      [
        'a link of a draft',
        [],
        (queries) =>
          queries
            .insertInto('links')
            .values({ document: 'd', version: 0, widget: 'w', field: 'f', target_type: 'p', target_id: '1' })
            .execute(),
      ],
      [
        'a commit',
        ['default', 'other'],
        (queries) => queries.insertInto('commits').values(commit('d', 1)).execute(),
      ],
      [
        'the head of a document',
        [],
        (queries) => queries.updateTable('documents').set({ head: 1 }).execute(),
      ],
      [
        'an approval',
        ['default', 'other'],
        (queries) => queries.updateTable('commits').set({ approved_by: 'ann', approved_at: 1 }).execute(),
      ],
      [
        'another time of publishing',
        ['default', 'other'],
        (queries) => queries.updateTable('commits').set({ publish_at: 5 }).execute(),
      ],
      ['a setting', ['default'], (queries) => queries.insertInto('settings').values(setting).execute()],
      [
        'another value of a setting',
        ['default'],
        (queries) =>
          queries
            .insertInto('settings')
            .values({ ...setting, value: '2', revision: 2 })
            .onConflict((conflict) =>
              conflict.columns(['site', 'name']).doUpdateSet({ value: '2', revision: 2 }),
            )
            .execute(),
      ],
      [
        'settings of two sites',
        ['default', 'other'],
        (queries) =>
          queries
            .insertInto('settings')
            .values([
              { ...setting, name: 'c' },
              { ...setting, site: 'other' },
            ])
            .execute(),
      ],
      [
        'a setting that goes',
        ['other'],
        (queries) => queries.deleteFrom('settings').where('site', '=', 'other').execute(),
      ],
      [
        'a setting that is not there',
        [],
        (queries) => queries.deleteFrom('settings').where('site', '=', 'other').execute(),
      ],
      ['a page', ['other'], (queries) => queries.insertInto('pages').values(page).execute()],
      [
        'another title of a page',
        ['other'],
        (queries) => queries.updateTable('pages').set({ title: 'B' }).execute(),
      ],
      [
        'no page',
        [],
        (queries) => queries.updateTable('pages').set({ title: 'C' }).where('id', '=', 'none').execute(),
      ],
      [
        'an entry of a menu',
        ['default', 'other'],
        (queries) => queries.insertInto('page_menus').values({ page: 'p', menu: 'main' }).execute(),
      ],
      ['a redirect', ['other'], (queries) => queries.insertInto('redirects').values(redirect).execute()],
      ['a picture', ['other'], (queries) => queries.insertInto('media').values(picture).execute()],
      [
        'another text of a picture',
        ['other'],
        (queries) => queries.updateTable('media').set({ alt: 'B' }).execute(),
      ],
      ['a call-out', ['other'], (queries) => queries.insertInto('callouts').values(callout).execute()],
      ['a call-out that goes', ['other'], (queries) => queries.deleteFrom('callouts').execute()],
      ['a page that goes', ['default', 'other'], (queries) => queries.deleteFrom('pages').execute()],
      [
        'a document that goes with its commits',
        ['default', 'other'],
        (queries) => queries.deleteFrom('documents').execute(),
      ],
    ];
    it('grows with what visitors can see, and with nothing else', async (test) => {
      const { kysely } = await open();
      assert.deepEqual(await both(kysely), [0, 0]);
      for (const [name, counts, step] of steps) {
        await test.test(name, async () => {
          const before = await both(kysely);
          await step(kysely);
          const after = await both(kysely);
          const grown = ['default', 'other'].filter((_, site) => (after[site] ?? 0) > (before[site] ?? 0));
          assert.deepEqual(grown, counts);
        });
      }
    });

    it('is read with one statement', async () => {
      const database = await open();
      const statements = await statementsOfWork(database, () => readGeneration(database.kysely, 'default'));
      assert.equal(statements.length, 1);
    });

    it('stays where a transaction is taken back', async () => {
      const { kysely, transaction } = await open();
      const failing = transaction(async (own) => {
        await own.insertInto('settings').values(setting).execute();
        assert.equal(await readGeneration(own, 'default'), 1);
        throw new Error('no');
      });
      await assert.rejects(failing, /^Error: no$/);
      assert.equal(await readGeneration(kysely, 'default'), 0);
    });

    it('counts each of many who write at once', { skip: !isShared && 'one connection' }, async () => {
      const url = await createUrl();
      const databases = [await openMigrated(url), await openMigrated(url)];
      const [{ kysely } = assert.fail()] = databases;
      await saveTree(kysely, emptyTree, 1);
      const documents = await Promise.all(Array.from({ length: 10 }, () => insertDocument(kysely)));
      await Promise.all(
        documents.flatMap((document, index) =>
          (databases[index % 2] ?? assert.fail()).transaction((own) =>
            own.insertInto('commits').values(commit(document, 1)).execute(),
          ),
        ),
      );
      assert.equal(await readGeneration(kysely, 'default'), 10);
    });
  });
}

const page: Insertable<PagesTable> = {
  ...{
    id: 'p',
    site: 'other',
    parent: null,
    position: 0,
    depth: 1,
    kind: 'page',
    title: 'A',
    title_key: 'a',
  },
  ...{ slug: 'a', path: 'a', target: null, template: null, document: null, mount: null },
  ...{ is_listed_in_sitemap: 1, needs_sign_in: 0, is_protected: 0, is_indexed: 1 },
  ...{ published_at: null, expires_at: null, meta_title: '', meta_description: '' },
  ...{ deleted_at: null, deleted_with: null, revision: 1, created_at: 1, updated_at: 1, author: null },
};

const redirect: Insertable<RedirectsTable> = {
  ...{ id: 'r', site: 'other', from_path: 'old', target_page: null, target: null },
  ...{ is_automatic: 0, revision: 1, created_at: 1, author: null },
};

const picture: Insertable<MediaTable> = {
  ...{ id: 'm', site: 'other', name: 'A', alt: '', search: '', kind: 'image', type: 'image/png' },
  ...{ hash: 'a'.repeat(64), file: 'original.png', width: 1, height: 1, bytes: 1, renditions: '[]' },
  ...{ focal_x: null, focal_y: null, deleted_at: null, revision: 1, created_at: 1, author: null },
  ...{ changed_at: 1, changed_by: null },
};

const callout: Insertable<CalloutsTable> = {
  ...{ id: 'c', site: 'other', name: 'A', name_key: 'a', document: null, deleted_at: null },
  ...{ revision: 1, created_at: 1, updated_at: 1, author: null },
};
