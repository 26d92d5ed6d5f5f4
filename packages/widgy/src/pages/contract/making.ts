import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Database } from '../../database/database.ts';
import { findByOwner } from '../../documents/owners.ts';

import { changePage } from '../change-page.ts';
import { createLink, createPage } from '../create-page.ts';
import { MAX_PAGE_DEPTH } from '../limits.ts';
import { listChildren, readPage } from '../page-tree.ts';
import {
  ann,
  answerAt,
  done,
  draftPage,
  openTestPages,
  pathsIn,
  refused,
  type TestPages,
} from '../pages-fixture.ts';

/** Tests of making pages, on one kind of database. */
export function testMaking(database: Database): void {
  const open = () => openTestPages(database);
  const titles = async ({ store }: TestPages, parent: string | null = null) =>
    (await listChildren(store, parent)).pages.map(({ page }) => page.title);

  describe('making a page', () => {
    it('makes its document with it, and nobody sees it', async () => {
      const pages = open();
      const { page, draft } = done(await createPage(pages.store, { title: ' Über uns ' }, ann));
      assert.equal(page.path, 'über-uns');
      assert.equal(page.title, 'Über uns');
      assert.equal(draft.tree.root.type, 'layout');
      const owned = await findByOwner(pages.documents, { type: 'page', id: page.id, field: 'body' });
      assert.ok(page.kind === 'page');
      assert.equal(owned?.document, page.document);
      assert.equal(await answerAt(pages, '/über-uns'), 'missing');
    });

    it('numbers slugs that are made, and refuses those that are given', async () => {
      const pages = open();
      for (const _ of [1, 2, 3]) await draftPage(pages, { title: 'News' });
      await draftPage(pages, { title: 'Admin' });
      const parent = await draftPage(pages, { title: 'Admin', slug: 'office' });
      await draftPage(pages, { title: 'News', parent: parent.id });
      await draftPage(pages, { title: '…', parent: parent.id });
      assert.deepEqual(await pathsIn(pages), [
        '/admin-2 Admin',
        '/news News',
        '/news-2 News',
        '/news-3 News',
        '/office Admin',
        '/office/news News',
        '/office/page …',
      ]);
      const taken = refused(
        await createPage(pages.store, { title: 'Other', slug: 'NEWS' }, ann),
        'slug-taken',
      );
      assert.equal(taken.page.path, 'news');
      refused(await createPage(pages.store, { title: 'x', slug: 'media' }, ann), 'slug-reserved');
      // It is refused at the top only.
      await draftPage(pages, { title: 'Media', slug: 'media', parent: parent.id });
    });

    it('tells everything that is wrong', async () => {
      const { store } = open();
      const request = {
        title: 'x'.repeat(201),
        slug: '///',
        template: 'narrow',
        mount: 'shop',
        menus: ['main', 'side'],
        expiresAt: 1.5,
        metaTitle: '\0',
        metaDescription: 'x'.repeat(501),
      };
      const { errors } = refused(await createPage(store, request, ann), 'fields-invalid');
      assert.deepEqual(
        errors.map(({ field }) => field),
        ['title', 'slug', 'template', 'mount', 'menus', 'metaTitle', 'metaDescription', 'expiresAt'],
      );
      for (const target of [
        'javascript:alert(1)',
        ' jav\nascript:x',
        'boats',
        '',
        'data:,x',
        'widgy:page/',
      ]) {
        const answer = await createLink(store, { title: 'x', target }, ann);
        assert.deepEqual(
          refused(answer, 'fields-invalid').errors.map(({ field }) => field),
          ['target'],
          target,
        );
      }
      const start = { tree: { id: 'c', type: 'callout' } };
      assert.equal(
        refused(await createPage(store, { title: 'x', start }, ann), 'root-refused').type,
        'callout',
      );
      const nothing = await createPage(store, { title: 'x', start: { type: 'gone' } }, ann);
      assert.equal(refused(nothing, 'document-refused').refusal.code, 'tree-invalid');
      refused(await createPage(store, { title: 'x', parent: 'absent' }, ann), 'page-missing');
      const { total } = await listChildren(store, null);
      assert.equal(total, 0);
    });

    it('is done once where somebody asks twice, and with an id that can be referred to', async () => {
      const pages = open();
      const request = { id: `${pages.store.site}-own`, title: 'A' };
      done(await createPage(pages.store, request, ann));
      refused(await createPage(pages.store, request, ann), 'page-exists');
      refused(await createLink(pages.store, { ...request, target: '/' }, ann), 'page-exists');
      assert.deepEqual(await pathsIn(pages), ['/a A']);
      for (const id of ['', 'a b', '../a', "a'", 'x'.repeat(101), '__proto__']) {
        const answer = await createPage(pages.store, { id, title: 'A' }, ann);
        assert.deepEqual(
          refused(answer, 'fields-invalid').errors.map(({ field }) => field),
          ['id'],
          id,
        );
      }
    });

    it('puts it in its place', async () => {
      const pages = open();
      const [a, b] = [await draftPage(pages, { title: 'A' }), await draftPage(pages, { title: 'B' })];
      await draftPage(pages, { title: 'C', before: b.id });
      await draftPage(pages, { title: 'D', before: a.id });
      assert.deepEqual(await titles(pages), ['D', 'A', 'C', 'B']);
      refused(await createPage(pages.store, { title: 'E', parent: a.id, before: b.id }, ann), 'page-missing');
    });

    it('keeps pages of sites apart', async () => {
      const pages = open();
      const page = await draftPage(pages, { title: 'A' });
      const other = { ...pages.store, site: 'other' };
      const twin = done(await createPage(other, { title: 'A' }, ann)).page;
      assert.equal(twin.path, 'a');
      assert.equal((await listChildren(other, null)).total, 1);
      refused(await changePage(other, page.id, { seen: 1, title: 'x' }, ann), 'page-missing');
      refused(await createPage(other, { title: 'x', parent: page.id }, ann), 'page-missing');
      assert.equal(await readPage(other, page.id), undefined);
    });

    it('goes no deeper and gets no longer than pages may', async () => {
      const pages = open();
      let parent: string | null = null;
      for (let depth = 1; depth <= MAX_PAGE_DEPTH; depth += 1) {
        parent = (await draftPage(pages, { title: 'x', parent })).id;
      }
      refused(await createPage(pages.store, { title: 'x', parent }, ann), 'too-deep');
      parent = null;
      for (let part = 1; part <= 4; part += 1) {
        parent = (await draftPage(pages, { title: 'ö'.repeat(100), parent })).id;
      }
      refused(await createPage(pages.store, { title: 'y'.repeat(100), parent }, ann), 'path-too-long');
    });
  });
}
