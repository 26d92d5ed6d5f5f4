import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Database } from '../../database/database.ts';

import { deletePage, restorePage } from '../bin.ts';
import { changePage, setHome } from '../change-page.ts';
import { clonePage } from '../clone-page.ts';
import { createPage } from '../create-page.ts';
import { movePage } from '../move-page.ts';
import { readPage } from '../page-tree.ts';
import {
  ann,
  answerAt,
  done,
  draftPage,
  openTestPages,
  pathsIn,
  publicPage,
  publish,
  redirectsIn,
  refused,
  type TestPages,
  withdraw,
} from '../pages-fixture.ts';

/** Tests of changing pages, and of the home page, on one kind of database. */
export function testChanging(database: Database): void {
  const open = () => openTestPages(database);

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
}
