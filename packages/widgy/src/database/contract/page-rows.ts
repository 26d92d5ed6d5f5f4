import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Selectable, sql } from 'kysely';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import type { Queries } from '../database.ts';
import type { PagesTable, RedirectsTable } from '../tables.ts';
import { insertDocument, withCode } from './fixtures.ts';

const pageRow = (own: Partial<Selectable<PagesTable>> = {}): Selectable<PagesTable> => ({
  ...{ id: 'p', site: 'default', parent: null, position: 0, depth: 1, kind: 'page' },
  ...{ title: 'Über', title_key: 'uber', slug: 'über', path: 'über', target: null },
  ...{ template: null, document: null, mount: null },
  ...{ is_listed_in_sitemap: 1, needs_sign_in: 0, is_protected: 0, is_indexed: 1 },
  ...{ published_at: null, expires_at: null, meta_title: '', meta_description: '' },
  ...{ deleted_at: null, deleted_with: null, revision: 1, created_at: 1, updated_at: 2, author: null },
  ...own,
});

const redirectRow = (own: Partial<Selectable<RedirectsTable>> = {}): Selectable<RedirectsTable> => ({
  ...{ id: 'r', site: 'default', from_path: 'old', target_page: null, target: null, is_automatic: 0 },
  ...{ revision: 1, created_at: 1, author: null },
  ...own,
});

/** Tests of the rows of pages, menus, redirects and of what is searched. */
export function testPageRows({ createUrl, name }: TestDatabases): void {
  const open = async () => await openMigrated(await createUrl());
  const pages = (...own: readonly Partial<Selectable<PagesTable>>[]) => {
    return async (kysely: Queries) => {
      for (const one of own) await kysely.insertInto('pages').values(pageRow(one)).execute();
    };
  };
  const redirects = (...own: readonly Partial<Selectable<RedirectsTable>>[]) => {
    return async (kysely: Queries) => {
      await pages({})(kysely);
      for (const one of own) await kysely.insertInto('redirects').values(redirectRow(one)).execute();
    };
  };
  /** A row of texts; PostgreSQL has the words in it. */
  const insertText = async (kysely: Queries, version: number): Promise<void> => {
    await (name === 'PostgreSQL'
      ? sql`insert into page_texts (page, version, text, words) values ('p', ${version}, 'T', cast('t:1' as tsvector))`
      : sql`insert into page_texts (page, version, text) values ('p', ${version}, 'T')`
    ).execute(kysely);
  };

  describe('rows of pages', () => {
    it('give back every column as it was written, and go with their page', async () => {
      const { kysely } = await open();
      await insertDocument(kysely, { id: 'd' });
      const page = pageRow({ document: 'd', template: 'wide', mount: 'blog', author: 'ann' });
      const link = pageRow({
        ...{
          id: 'q',
          parent: 'p',
          position: 7,
          depth: 2,
          kind: 'link',
          slug: 'x',
          path: 'über/x',
          target: '/',
        },
        ...{ is_listed_in_sitemap: 0, needs_sign_in: 1, is_protected: 1, is_indexed: 0 },
        ...{ published_at: 3, expires_at: 1_790_000_000_123, meta_title: 'T', meta_description: 'D' },
        ...{ deleted_at: 4, deleted_with: 'q', revision: 5 },
      });
      await pages(page, link)(kysely);
      const menu = { page: 'q', menu: 'main' };
      await kysely.insertInto('page_menus').values(menu).execute();
      const toPage = redirectRow({ target_page: 'p', is_automatic: 1, author: 'ann' });
      const away = redirectRow({ id: 's', from_path: 'away', target: 'https://example.com/', revision: 2 });
      const gone = redirectRow({ id: 't', from_path: 'gone' });
      await kysely.insertInto('redirects').values([toPage, away, gone]).execute();
      await insertText(kysely, 3);
      const texts = kysely.selectFrom('page_texts').select(['page', 'version', 'text']);
      assert.deepEqual(await kysely.selectFrom('pages').selectAll().orderBy('id').execute(), [page, link]);
      assert.deepEqual(await kysely.selectFrom('page_menus').selectAll().execute(), [menu]);
      const all = await kysely.selectFrom('redirects').selectAll().orderBy('id').execute();
      assert.deepEqual(all, [toPage, away, gone]);
      assert.deepEqual(await texts.execute(), [{ page: 'p', version: 3, text: 'T' }]);

      await kysely.deleteFrom('documents').where('id', '=', 'd').execute();
      assert.deepEqual(await kysely.selectFrom('pages').select('document').where('id', '=', 'p').execute(), [
        { document: null },
      ]);
      await kysely.deleteFrom('pages').where('id', '=', 'p').execute();
      // What stood below it stays, and is at the top.
      assert.deepEqual(await kysely.selectFrom('pages').select(['id', 'parent']).execute(), [
        { id: 'q', parent: null },
      ]);
      assert.deepEqual(await texts.execute(), []);
      const left = await kysely.selectFrom('redirects').select('id').orderBy('id').execute();
      assert.deepEqual(left, [{ id: 's' }, { id: 't' }]);
      await kysely.deleteFrom('pages').execute();
      assert.deepEqual(await kysely.selectFrom('page_menus').selectAll().execute(), []);
    });

    it('let an address be that of one page, and of any number in the bin and of other sites', async () => {
      const { kysely } = await open();
      const inBin = { deleted_at: 1, deleted_with: 'b' };
      await pages({}, { id: 'b', ...inBin }, { id: 'c', ...inBin }, { id: 'd', site: 'other' })(kysely);
      await assert.rejects(pages({ id: 'e' })(kysely), withCode('database-constraint'));
      const back = kysely
        .updateTable('pages')
        .set({ deleted_at: null, deleted_with: null })
        .where('id', '=', 'b');
      await assert.rejects(back.execute(), withCode('database-constraint'));
    });

    const wrong: readonly [what: string, write: (kysely: Queries) => Promise<unknown>][] = [
      ['a page of no site', pages({ site: '' })],
      ['a page of another kind', pages({ kind: 'other' })],
      ['a page below one that is not there', pages({ parent: 'absent' })],
      ['a page below itself', pages({ parent: 'p' })],
      ['a page above the top', pages({ depth: 0 })],
      ['a link that leads nowhere', pages({ kind: 'link' })],
      ['a page that leads elsewhere', pages({ target: '/' })],
      ['a page with a document that is not there', pages({ document: 'absent' })],
      ['an address that is too long', pages({ path: 'x'.repeat(501) })],
      ['half a yes', pages({ needs_sign_in: 2 })],
      ['half a deletion', pages({ deleted_at: 1 })],
      ['a page that was never written', pages({ revision: 0 })],
      [
        'a menu without a page',
        (kysely) => kysely.insertInto('page_menus').values({ page: 'x', menu: 'm' }).execute(),
      ],
      ['a redirect to two places', redirects({ target: '/', target_page: 'p' })],
      ['a redirect to a page that is not there', redirects({ target_page: 'absent' })],
      ['two redirects from one address', redirects({}, { id: 's' })],
      ['a redirect from an address that is too long', redirects({ from_path: 'x'.repeat(501) })],
      [
        'two texts of one commit',
        async (kysely) => {
          await pages({})(kysely);
          await insertText(kysely, 1);
          await insertText(kysely, 1);
        },
      ],
    ];
    for (const [what, write] of wrong) {
      it(`refuse ${what}`, async () => {
        const { kysely } = await open();
        await assert.rejects(write(kysely), withCode('database-constraint'));
      });
    }
  });
}
