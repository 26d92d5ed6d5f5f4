import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Database } from '../../database/database.ts';
import { readLive } from '../../documents/commits/live.ts';

import { deletePage, listBin, restorePage } from '../bin.ts';
import { changePage } from '../change-page.ts';
import { clonePage } from '../clone-page.ts';
import { createPage } from '../create-page.ts';
import { listChildren, readPage } from '../page-tree.ts';
import {
  ann,
  answerAt,
  done,
  draftPage,
  openTestPages,
  pathsIn,
  publicLink,
  publicPage,
  redirectsIn,
  refused,
  type TestPages,
  textOf,
} from '../pages-fixture.ts';
import { purgePage } from '../purge-page.ts';

/** Tests of the bin and of clones, on one kind of database. */
export function testBin(database: Database): void {
  const open = () => openTestPages(database);
  const titles = async ({ store }: TestPages, parent: string | null = null) =>
    (await listChildren(store, parent)).pages.map(({ page }) => page.title);

  describe('the bin', () => {
    it('takes a page with all below it, and gives it back as it was', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'A', menus: ['main'] });
      const b = await publicPage(pages, { title: 'B', parent: a.id });
      const c = await publicPage(pages, { title: 'C', parent: b.id });
      done(await deletePage(pages.store, c.id, { seen: 1 }, ann));
      assert.equal(done(await deletePage(pages.store, a.id, { seen: 1 }, ann)).pages, 2);
      assert.equal(await answerAt(pages, '/a/b'), 'missing');
      refused(await changePage(pages.store, b.id, { seen: 1, title: 'x' }, ann), 'page-deleted');
      refused(await createPage(pages.store, { title: 'x', parent: b.id }, ann), 'page-deleted');
      const bin = await listBin(pages.store);
      assert.deepEqual(bin.pages.map(({ page, pages: count }) => `${page.title} ${count}`).sort(), [
        'A 2',
        'C 1',
      ]);
      assert.equal(bin.total, 2);
      const { page: back, ...what } = done(await restorePage(pages.store, a.id, { seen: 2 }, ann));
      assert.deepEqual(what, { ok: true, pages: 2, formerPath: 'a', isMovedToTop: false, isRenamed: false });
      assert.equal(back.deletedAt, null);
      assert.equal(await answerAt(pages, '/a/b'), 'B');
      assert.equal(await answerAt(pages, '/a/b/c'), 'missing');
      refused(await restorePage(pages.store, a.id, { seen: back.revision }, ann), 'page-not-deleted');
      done(await restorePage(pages.store, c.id, { seen: 2 }, ann));
      assert.equal(await answerAt(pages, '/a/b/c'), 'C');
    });

    it('says what is not as it was, and old addresses lead there', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'A' });
      const b = await publicPage(pages, { title: 'B', parent: a.id });
      await publicPage(pages, { title: 'C', parent: b.id });
      done(await deletePage(pages.store, b.id, { seen: 1 }, ann));
      done(await deletePage(pages.store, a.id, { seen: 1 }, ann));
      await publicPage(pages, { title: 'B' });
      const { page, ...what } = done(await restorePage(pages.store, b.id, { seen: 2 }, ann));
      assert.deepEqual(what, { ok: true, pages: 2, formerPath: 'a/b', isMovedToTop: true, isRenamed: true });
      assert.equal(page.path, 'b-2');
      assert.equal(await answerAt(pages, '/a/b/c'), '/b-2/c');
      const twin = await publicPage(pages, { title: 'A' });
      const restored = done(await restorePage(pages.store, a.id, { seen: 2 }, ann));
      assert.deepEqual([restored.page.path, restored.isRenamed], ['a-2', true]);
      assert.equal(await answerAt(pages, '/a'), 'A');
      assert.notEqual(twin.id, a.id);
      const from = (await redirectsIn(pages)).map((row) => row.from_path);
      assert.deepEqual(from, ['a', 'a/b', 'a/b/c']);
    });

    it('gives the home page back, or another address to it', async () => {
      const pages = open();
      const home = await publicPage(pages, { title: 'Home', isHome: true });
      done(await deletePage(pages.store, home.id, { seen: 1 }, ann));
      assert.equal(await answerAt(pages, '/'), 'missing');
      assert.equal(done(await restorePage(pages.store, home.id, { seen: 2 }, ann)).page.path, '');
      done(await deletePage(pages.store, home.id, { seen: 3 }, ann));
      await publicPage(pages, { title: 'New home', isHome: true });
      const { page } = done(await restorePage(pages.store, home.id, { seen: 4 }, ann));
      assert.equal(page.path, 'home');
    });

    it('is emptied for good, but not of what is linked to', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'A' });
      const b = await publicPage(pages, { title: 'B', parent: a.id });
      const kept = await publicPage(pages, { title: 'Kept', parent: b.id });
      done(await changePage(pages.store, b.id, { seen: 1, slug: 'c' }, ann));
      const linking = await draftPage(pages, {
        title: 'Linking',
        start: textOf('', { to: `widgy:page/${b.id}` }),
      });
      const link = await publicLink(pages, { title: 'Link', target: `widgy:page/${a.id}` });
      // What goes too holds nothing back.
      await draftPage(pages, { title: 'In', parent: a.id, start: textOf('', { to: `widgy:page/${a.id}` }) });
      refused(await purgePage(pages.store, a.id, { seen: 1 }, ann), 'page-not-deleted');
      done(await deletePage(pages.store, kept.id, { seen: 1 }, ann));
      done(await deletePage(pages.store, a.id, { seen: 1 }, ann));
      const first = refused(await purgePage(pages.store, a.id, { seen: 2 }, ann), 'linked');
      assert.deepEqual([first.documents.length, first.pages.map(({ title }) => title)], [0, ['Link']]);
      done(await deletePage(pages.store, link.id, { seen: 1 }, ann));
      done(await purgePage(pages.store, link.id, { seen: 2 }, ann));
      const second = refused(await purgePage(pages.store, a.id, { seen: 2 }, ann), 'linked');
      assert.deepEqual(
        second.documents.map(({ owner }) => owner?.id),
        [linking.id],
      );
      done(await deletePage(pages.store, linking.id, { seen: 1 }, ann));
      done(await purgePage(pages.store, linking.id, { seen: 2 }, ann));
      assert.equal(done(await purgePage(pages.store, a.id, { seen: 2 }, ann)).pages, 3);
      const documents = await pages.database.kysely
        .selectFrom('documents')
        .select('owner_id')
        .where('owner_id', 'like', `${pages.store.site}%`)
        .execute();
      assert.deepEqual(documents, [{ owner_id: kept.id }]);
      assert.deepEqual(await redirectsIn(pages), [{ from_path: 'a/b/kept', target_page: kept.id }]);
      const restored = done(await restorePage(pages.store, kept.id, { seen: 2 }, ann));
      assert.deepEqual([restored.page.path, restored.isMovedToTop], ['kept', true]);
    });
  });

  describe('a clone', () => {
    it('is a draft behind the page, with all below it if wanted', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'A', menus: ['main'], start: textOf('<p>Hello</p>') });
      await publicPage(pages, { title: 'Z' });
      const b = await publicPage(pages, { title: 'B', parent: a.id });
      await publicLink(pages, { title: 'L', target: '/z', parent: b.id });
      const alone = done(await clonePage(pages.store, a.id, { seen: 1, title: 'Copy' }, ann));
      assert.deepEqual([alone.page.path, alone.pages], ['copy', 1]);
      const all = done(await clonePage(pages.store, a.id, { seen: 1, isWithBranch: true }, ann));
      assert.equal(all.pages, 3);
      assert.deepEqual(await titles(pages), ['A', 'A', 'Copy', 'Z']);
      assert.deepEqual(
        (await pathsIn(pages)).filter((path) => path.startsWith('/a-2')),
        ['/a-2 A', '/a-2/b B', '/a-2/b/l L'],
      );
      for (const path of ['/a-2', '/a-2/b', '/a-2/b/l']) assert.equal(await answerAt(pages, path), 'missing');
      assert.equal((await readPage(pages.store, all.page.id))?.state, 'draft');
      assert.deepEqual((await readPage(pages.store, all.page.id))?.menus, ['main']);
      assert.ok(all.page.kind === 'page' && a.kind === 'page' && all.page.document !== null);
      assert.notEqual(all.page.document, a.document);
      assert.equal(await readLive(pages.documents, all.page.document), undefined);
    });
  });
}
