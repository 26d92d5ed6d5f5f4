import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';
import { findByOwner } from '../../documents/owners.ts';

import { deletePage, restorePage } from '../bin.ts';
import { changePage, setHome } from '../change-page.ts';
import { clonePage } from '../clone-page.ts';
import { createLink, createPage } from '../create-page.ts';
import { MAX_PAGE_DEPTH, MAX_REORDERED } from '../limits.ts';
import { movePage, reorderPages } from '../move-page.ts';
import { listChildren, readPage } from '../page-tree.ts';
import {
  ann,
  answerAt,
  done,
  draftPage,
  growBranch,
  openTestPages,
  pathsIn,
  publicPage,
  publish,
  redirectsIn,
  refused,
  type TestPages,
  withdraw,
} from '../pages-fixture.ts';

/** Tests of making pages and of what is done to them, on one kind of database. */
export function testEditing(database: Database): void {
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

  describe('changing a page', () => {
    it('is refused where somebody else did so meanwhile', async () => {
      const { store, ...pages } = open();
      const { id } = await draftPage({ store, ...pages }, { title: 'A' });
      done(await changePage(store, id, { seen: 1, title: 'B' }, ann));
      const { page } = {
        page: null,
        ...refused(await changePage(store, id, { seen: 1, title: 'C' }, ann), 'stale'),
      };
      assert.equal(page?.title, 'B');
      refused(await movePage(store, id, { seen: 1, parent: null, before: null }, ann), 'stale');
      refused(await deletePage(store, id, { seen: 1 }, ann), 'stale');
      refused(await clonePage(store, id, { seen: 1 }, ann), 'stale');
      refused(await setHome(store, id, { seen: 1 }, ann), 'stale');
    });

    it('changes what is given and nothing else', async () => {
      const pages = open();
      const { id } = await draftPage(pages, { title: 'A', menus: ['main'], metaTitle: 'Meta' });
      const change = {
        title: 'B',
        template: 'wide',
        mount: 'blog',
        menus: ['footer', 'main', 'footer'],
        isListedInSitemap: false,
        needsSignIn: true,
        isIndexed: false,
        expiresAt: 9000,
        metaDescription: ' About B ',
      };
      const { page } = done(await changePage(pages.store, id, { seen: 1, ...change }, ann));
      const { menus, metaDescription, ...plain } = change;
      assert.deepEqual({ ...page, ...plain, metaDescription: 'About B' }, page);
      assert.deepEqual([page.slug, page.metaTitle, page.isProtected, page.revision], ['a', 'Meta', true, 2]);
      assert.deepEqual((await readPage(pages.store, id))?.menus, ['footer', 'main']);
      const back = await changePage(
        pages.store,
        id,
        { seen: 2, slug: '', needsSignIn: false, template: null },
        ann,
      );
      assert.deepEqual([done(back).page.slug, done(back).page.isProtected], ['b', false]);
    });

    it('changes the addresses of all below it, and the old ones lead there', async () => {
      const pages = open();
      const top = await publicPage(pages, { title: 'Boats' });
      const child = await publicPage(pages, { title: 'Rana', parent: top.id });
      await publicPage(pages, { title: 'Sails', parent: child.id });
      await draftPage(pages, { title: 'Secret', parent: top.id });
      done(await changePage(pages.store, top.id, { seen: 1, slug: 'ships' }, ann));
      assert.deepEqual(await pathsIn(pages), [
        '/ships Boats',
        '/ships/rana Rana',
        '/ships/rana/sails Sails',
        '/ships/secret Secret',
      ]);
      assert.equal(await answerAt(pages, '/boats/rana/sails'), '/ships/rana/sails');
      assert.equal(await answerAt(pages, '/boats/secret'), 'missing');
      // Nobody ever saw the draft, so no address leads to it.
      const from = (await redirectsIn(pages)).map((row) => row.from_path);
      assert.deepEqual(from, ['boats', 'boats/rana', 'boats/rana/sails']);
      done(await changePage(pages.store, child.id, { seen: 1, slug: 'færing' }, ann));
      assert.equal(await answerAt(pages, '/boats/rana/sails'), '/ships/f%C3%A6ring/sails');
      assert.equal(await answerAt(pages, '/ships/rana'), '/ships/f%C3%A6ring');
      // Back again: no address leads to itself.
      done(await changePage(pages.store, top.id, { seen: 2, slug: 'boats' }, ann));
      const addresses = new Set(
        await pathsIn(pages).then((paths) => paths.map((path) => path.split(' ')[0])),
      );
      for (const row of await redirectsIn(pages))
        assert.ok(!addresses.has(`/${row.from_path}`), row.from_path);
      assert.equal(await answerAt(pages, '/boats'), 'Boats');
      assert.equal(await answerAt(pages, '/ships/rana'), '/boats/f%C3%A6ring');
    });

    it('gives an address to the page that takes it, in whatever way', async (test) => {
      const ways: readonly [way: string, take: (pages: TestPages) => Promise<unknown>][] = [
        ['a new page', (pages) => publicPage(pages, { title: 'News' })],
        [
          'another slug',
          async (pages) => {
            const { id } = await publicPage(pages, { title: 'Other' });
            done(await changePage(pages.store, id, { seen: 1, slug: 'news', title: 'News' }, ann));
          },
        ],
        [
          'another parent',
          async (pages) => {
            const parent = await draftPage(pages, { title: 'Parent' });
            const { id } = await publicPage(pages, { title: 'News', parent: parent.id });
            done(await movePage(pages.store, id, { seen: 1, parent: null, before: null }, ann));
          },
        ],
        [
          'a clone',
          async (pages) => {
            const { id } = await publicPage(pages, { title: 'Other' });
            const { page } = done(await clonePage(pages.store, id, { seen: 1, title: 'News' }, ann));
            await publish(pages, page);
          },
        ],
        [
          'what was the home page',
          async (pages) => {
            await publicPage(pages, { title: 'News', isHome: true });
            const { id } = await publicPage(pages, { title: 'Home' });
            done(await setHome(pages.store, id, { seen: 1 }, ann));
          },
        ],
      ];
      for (const [way, take] of ways) {
        await test.test(way, async () => {
          const pages = open();
          const page = await publicPage(pages, { title: 'News' });
          done(await changePage(pages.store, page.id, { seen: 1, slug: 'archive' }, ann));
          assert.equal(await answerAt(pages, '/news'), '/archive');
          await take(pages);
          assert.equal(await answerAt(pages, '/news'), 'News');
        });
      }
    });

    it('lets an address lead where it led, until visitors see the page that takes it, and again when they do not', async () => {
      const pages = open();
      const page = await publicPage(pages, { title: 'News' });
      done(await changePage(pages.store, page.id, { seen: 1, slug: 'archive' }, ann));
      const draft = await draftPage(pages, { title: 'News' });
      const renamed = await draftPage(pages, { title: 'Other' });
      assert.equal(await answerAt(pages, '/news'), '/archive');
      done(await changePage(pages.store, draft.id, { seen: 1, slug: 'gone' }, ann));
      done(await changePage(pages.store, renamed.id, { seen: 1, slug: 'news' }, ann));
      assert.equal(await answerAt(pages, '/news'), '/archive');
      await publish(pages, renamed);
      assert.equal(await answerAt(pages, '/news'), 'Other');
      done(await deletePage(pages.store, renamed.id, { seen: 2 }, ann));
      assert.equal(await answerAt(pages, '/news'), '/archive');
      done(await restorePage(pages.store, renamed.id, { seen: 3 }, ann));
      // Visitors saw this page there last, so it is the one that they are led to.
      done(await changePage(pages.store, renamed.id, { seen: 4, slug: 'elsewhere' }, ann));
      assert.equal(await answerAt(pages, '/news'), '/elsewhere');
    });

    it('leads nobody from the address of a page that was taken off the site, where something else leads on', async () => {
      const pages = open();
      const page = await publicPage(pages, { title: 'News' });
      done(await changePage(pages.store, page.id, { seen: 1, slug: 'archive' }, ann));
      const other = await publicPage(pages, { title: 'News' });
      await withdraw(pages, other);
      assert.equal(await answerAt(pages, '/news'), '/archive');
      done(await changePage(pages.store, other.id, { seen: 1, slug: 'other' }, ann));
      assert.equal(await answerAt(pages, '/news'), '/archive');
    });

    it('gives an address back to the page that comes out of the bin', async () => {
      const pages = open();
      const news = await publicPage(pages, { title: 'News' });
      done(await deletePage(pages.store, news.id, { seen: 1 }, ann));
      const other = await publicPage(pages, { title: 'Other', slug: 'news' });
      done(await changePage(pages.store, other.id, { seen: 1, slug: 'other' }, ann));
      assert.equal(await answerAt(pages, '/news'), '/other');
      done(await restorePage(pages.store, news.id, { seen: 2 }, ann));
      assert.equal(await answerAt(pages, '/news'), 'News');
    });
  });

  describe('moving a page', () => {
    it('takes all below it along', async () => {
      const pages = open();
      const [a, b] = [
        await publicPage(pages, { title: 'A' }),
        await draftPage(pages, { title: 'B', needsSignIn: true }),
      ];
      const c = await publicPage(pages, { title: 'C', parent: a.id });
      await publicPage(pages, { title: 'D', parent: c.id });
      const moved = done(await movePage(pages.store, c.id, { seen: 1, parent: b.id, before: null }, ann));
      assert.deepEqual(
        [moved.page.path, moved.page.isProtected, moved.page.needsSignIn],
        ['b/c', true, false],
      );
      // Where it is now is not told to strangers.
      assert.equal(await answerAt(pages, '/a/c/d'), 'sign-in');
      assert.equal(await answerAt(pages, '/b/c/d'), 'sign-in');
      done(await movePage(pages.store, c.id, { seen: 2, parent: null, before: b.id }, ann));
      assert.deepEqual(await titles(pages), ['A', 'C', 'B']);
      assert.equal(await answerAt(pages, '/a/c/d'), '/c/d');
      assert.equal(await answerAt(pages, '/c/d'), 'D');
    });

    it('changes no address within its parent', async () => {
      const pages = open();
      const [a, b, c] = [
        await publicPage(pages, { title: 'A' }),
        await publicPage(pages, { title: 'B' }),
        await publicPage(pages, { title: 'C' }),
      ];
      done(await movePage(pages.store, c.id, { seen: 1, parent: null, before: a.id }, ann));
      done(await movePage(pages.store, a.id, { seen: 1, parent: null, before: null }, ann));
      done(await movePage(pages.store, b.id, { seen: 1, parent: null, before: b.id }, ann));
      assert.deepEqual(await titles(pages), ['C', 'B', 'A']);
      assert.deepEqual(await redirectsIn(pages), []);
    });

    it('is refused where it would stand below itself, with the pages on the way', async () => {
      const pages = open();
      const a = await draftPage(pages, { title: 'A' });
      const b = await draftPage(pages, { title: 'B', parent: a.id });
      const c = await draftPage(pages, { title: 'C', parent: b.id });
      for (const [parent, names] of [
        [a.id, 'AA'],
        [b.id, 'ABA'],
        [c.id, 'ABCA'],
      ] as const) {
        const refusal = refused(
          await movePage(pages.store, a.id, { seen: 1, parent, before: null }, ann),
          'page-cycle',
        );
        assert.equal(refusal.cycle.map(({ title }) => title).join(''), names);
      }
    });

    it('is refused where its slug is taken or reserved, and where it would be too deep', async () => {
      const pages = open();
      const a = await draftPage(pages, { title: 'A' });
      const inside = await draftPage(pages, { title: 'X', parent: a.id });
      const media = await draftPage(pages, { title: 'Media', slug: 'media', parent: a.id });
      const x = await draftPage(pages, { title: 'X' });
      const place = { seen: 1, parent: null, before: null };
      assert.equal(refused(await movePage(pages.store, inside.id, place, ann), 'slug-taken').page.id, x.id);
      refused(await movePage(pages.store, media.id, place, ann), 'slug-reserved');
      let { id: parent } = a;
      for (let depth = 2; depth <= MAX_PAGE_DEPTH; depth += 1) {
        parent = (await draftPage(pages, { title: 'deep', parent })).id;
      }
      refused(await movePage(pages.store, x.id, { ...place, parent }, ann), 'too-deep');
    });
  });

  describe('an order', () => {
    it('holds for all children, if they are those that somebody saw', async () => {
      const pages = open();
      const ids: string[] = [];
      for (const title of ['A', 'B', 'C']) ids.push((await draftPage(pages, { title })).id);
      const order = ids.toReversed();
      done(await reorderPages(pages.store, { parent: null, seen: ids, order }));
      assert.deepEqual(await titles(pages), ['C', 'B', 'A']);
      const stale = refused(await reorderPages(pages.store, { parent: null, seen: ids, order }), 'stale');
      assert.deepEqual('order' in stale ? stale.order : undefined, order);
      for (const wrong of [ids.slice(1), [...ids, 'x'], [ids[0] ?? '', ids[0] ?? '', ids[1] ?? '']]) {
        refused(
          await reorderPages(pages.store, { parent: null, seen: order, order: wrong }),
          'fields-invalid',
        );
      }
      const many = Array.from({ length: MAX_REORDERED + 1 }, (_, at) => `${at}`);
      refused(await reorderPages(pages.store, { parent: null, seen: many, order: many }), 'pages-too-many');
    });
  });

  describe('the home page', () => {
    it('is one page at the top, with nothing below it', async () => {
      const pages = open();
      const home = await publicPage(pages, { title: 'Home', isHome: true });
      assert.equal(home.path, '');
      assert.equal(await answerAt(pages, '/'), 'Home');
      refused(await createPage(pages.store, { title: 'Other', isHome: true }, ann), 'slug-taken');
      refused(await createPage(pages.store, { title: 'Below', parent: home.id }, ann), 'home-at-top');
      const a = await publicPage(pages, { title: 'A' });
      refused(
        await movePage(pages.store, home.id, { seen: 1, parent: a.id, before: null }, ann),
        'home-at-top',
      );
      refused(
        await movePage(pages.store, a.id, { seen: 1, parent: home.id, before: null }, ann),
        'home-at-top',
      );
      const below = await publicPage(pages, { title: 'Below', parent: a.id });
      refused(await setHome(pages.store, a.id, { seen: 1 }, ann), 'home-at-top');
      refused(await setHome(pages.store, below.id, { seen: 1 }, ann), 'home-at-top');
      // A form that shows the home page leaves its slug blank.
      assert.equal(
        done(await changePage(pages.store, home.id, { seen: 1, slug: '', title: 'Start' }, ann)).page.path,
        '',
      );

      const b = await publicPage(pages, { title: 'B' });
      assert.equal(done(await setHome(pages.store, b.id, { seen: 1 }, ann)).page.path, '');
      assert.equal(await answerAt(pages, '/'), 'B');
      assert.equal(await answerAt(pages, '/b'), '/');
      assert.equal(await answerAt(pages, '/start'), 'Start');
      done(await changePage(pages.store, b.id, { seen: 2, slug: 'b' }, ann));
      assert.equal(await answerAt(pages, '/'), '/b');
    });
  });

  it('takes as many statements for a branch of 1,000 pages as for one of 10', async () => {
    const acts = async (size: number) => {
      const pages = open();
      const { store } = pages;
      const [a, b] = [await publicPage(pages, { title: 'A' }), await draftPage(pages, { title: 'B' })];
      assert.ok(a.kind === 'page' && a.document !== null);
      await growBranch(pages, a, size);
      const count = async (work: () => Promise<{ readonly ok: boolean }>) =>
        (
          await statementsOfWork(database, async () => {
            const answer = await work();
            assert.ok(answer.ok, JSON.stringify(answer));
          })
        ).length;
      return {
        rename: await count(() => changePage(store, a.id, { seen: 1, slug: 'renamed' }, ann)),
        move: await count(() => movePage(store, a.id, { seen: 2, parent: b.id, before: null }, ann)),
        protect: await count(() => changePage(store, a.id, { seen: 3, needsSignIn: true }, ann)),
        delete: await count(() => deletePage(store, a.id, { seen: 4 }, ann)),
        restore: await count(() => restorePage(store, a.id, { seen: 5 }, ann)),
        pages: (await pathsIn(pages)).filter((path) => path.startsWith('/b/renamed/')).length,
        redirects: (await redirectsIn(pages)).length,
      };
    };
    const { pages: few, redirects: fewRedirects, ...counts } = await acts(10);
    const { pages: many, redirects: manyRedirects, ...same } = await acts(1000);
    assert.deepEqual(same, counts);
    assert.deepEqual([few, many], [10, 1000]);
    // One from each of the two addresses that each page had before.
    assert.deepEqual([fewRedirects, manyRedirects], [22, 2002]);
    assert.ok(counts.rename <= 12 && counts.move <= 14, JSON.stringify(counts));
  });
}
