import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Database } from '../../database/database.ts';
import { resolveReferences } from '../../links/resolve.ts';
import { changePage } from '../change-page.ts';
import { findPages, listChildren, listRecentPages, readPage, wayToPage } from '../page-tree.ts';
import {
  ann,
  done,
  draftPage,
  openTestPages,
  publicLink,
  publicPage,
  publish,
  withdraw,
} from '../pages-fixture.ts';

/** Tests of what those who keep the site see, on one kind of database. */
export function testKeeping(database: Database): void {
  const open = (options: Parameters<typeof openTestPages>[1] = {}) => openTestPages(database, options);

  describe('those who keep the site', () => {
    it('see what each page is', async () => {
      const pages = open();
      const published = await publicPage(pages, { title: 'Published' });
      await draftPage(pages, { title: 'Draft', parent: published.id });
      await draftPage(pages, { title: 'Draft' });
      await publicPage(pages, { title: 'Scheduled' }, 2000);
      const expired = await publicPage(pages, { title: 'Expired', expiresAt: 1000 });
      await withdraw(pages, await publicPage(pages, { title: 'Withdrawn' }));
      await publicLink(pages, { title: 'Link', target: '/' });
      await publicLink(pages, { title: 'Link later', target: '/', publishedAt: 3000 });
      await publicLink(pages, { title: 'Link draft', target: '/', publishedAt: null });
      const changed = await publicPage(pages, { title: 'Changed' });
      assert.ok(changed.kind === 'page' && changed.document !== null);
      await database.kysely
        .updateTable('documents')
        .set({ draft_hash: 'other' })
        .where('id', '=', changed.document)
        .execute();
      const { pages: listed, total } = await listChildren(pages.store, null);
      assert.deepEqual(
        listed.map(({ page, state, nextAt, children }) => [page.title, state, nextAt, children]),
        [
          ['Published', 'published', null, 1],
          ['Draft', 'draft', null, 0],
          ['Scheduled', 'scheduled', 2000, 0],
          ['Expired', 'expired', null, 0],
          ['Withdrawn', 'draft', null, 0],
          ['Link', 'published', null, 0],
          ['Link later', 'scheduled', 3000, 0],
          ['Link draft', 'draft', null, 0],
          ['Changed', 'changed', null, 0],
        ],
      );
      assert.equal(total, 9);
      assert.equal((await readPage(pages.store, expired.id))?.state, 'expired');
      assert.equal(await readPage(pages.store, 'absent'), undefined);
    });

    it('see them in parts, and find them by their titles', async () => {
      const pages = open();
      for (const title of ['Über uns', 'Kontakt', 'Wer uns uberzeugt', '100 % Wolle', 'A_B'])
        await draftPage(pages, { title });
      const second = await listChildren(pages.store, null, { offset: 3, limit: 1 });
      assert.deepEqual([second.pages.map(({ page }) => page.title), second.total], [['100 % Wolle'], 5]);
      assert.deepEqual(await listChildren(pages.store, null, { offset: 9 }), { pages: [], total: 5 });
      const find = async (text: string) =>
        (await findPages(pages.store, { text })).pages.map(({ page }) => page.title);
      assert.deepEqual(await find('UBER'), ['Über uns', 'Wer uns uberzeugt']);
      assert.deepEqual(await find('100 %'), ['100 % Wolle']);
      assert.deepEqual(await find('zzz'), []);
      assert.equal((await find('%')).length, 5);
    });

    it('see what was changed last', async () => {
      const pages = open();
      const a = await draftPage(pages, { title: 'A' });
      await draftPage(pages, { title: 'B' });
      pages.clock.now = 2000;
      done(await changePage(pages.store, a.id, { seen: 1, metaTitle: 'x' }, ann));
      const { pages: listed, total } = await listRecentPages(pages.store, { limit: 1 });
      assert.deepEqual([listed.map(({ page }) => page.title), total], [['A'], 2]);
    });

    it('see the way to a page', async () => {
      const pages = open();
      const a = await draftPage(pages, { title: 'A' });
      const b = await draftPage(pages, { title: 'B', parent: a.id });
      const way = await wayToPage(pages.store, b.id);
      assert.deepEqual(
        way.map(({ path }) => path),
        ['a', 'a/b'],
      );
    });

    it('link to pages, which go where the pages go', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'Über' });
      const draft = await draftPage(pages, { title: 'Überall' });
      const { linkables } = pages.documents;
      const references = [a, draft, { id: 'absent' }].map(({ id }) => ({ type: 'page', id }));
      const resolved = await resolveReferences(database.kysely, linkables, references);
      assert.deepEqual(
        [...resolved.values()].sort((one, other) => one.label.length - other.label.length),
        [
          { id: a.id, label: 'Über', url: '/%C3%BCber' },
          { id: draft.id, label: 'Überall', url: undefined },
        ],
      );
      const found = await linkables.get('page')?.search(database.kysely, { text: 'uber', limit: 1 });
      assert.deepEqual(
        found?.map(({ label }) => label),
        ['Über'],
      );
      await publish(pages, draft);
      const later = await resolveReferences(database.kysely, linkables, references);
      assert.equal(later.get(`widgy:page/${draft.id}`)?.url, '/%C3%BCberall');
    });
  });
}
