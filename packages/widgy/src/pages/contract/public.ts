import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';
import { changePage } from '../change-page.ts';
import { breadcrumbs } from '../crumbs.ts';
import { MAX_MENU_ENTRIES, MAX_SITEMAP_ADDRESSES } from '../limits.ts';
import type { MenuEntry } from '../menu-entries.ts';
import { readMenu, readMenus } from '../menus.ts';
import { nextChangeAt } from '../next-change.ts';
import { findPages, listChildren, readPage, wayToPage } from '../page-tree.ts';
import {
  ann,
  done,
  draftPage,
  growBranch,
  openTestPages,
  publicLink,
  publicPage,
  type TestPages,
  textOf,
  withdraw,
} from '../pages-fixture.ts';
import { readPublicPage } from '../public-page.ts';
import { createRedirect } from '../redirects.ts';
import { countSitemapParts, printSitemap, printSitemapIndex, readSitemap } from '../sitemap.ts';

/** Tests of what visitors get, and of what those who keep the site see, on one kind of database. */
export function testPublic(database: Database): void {
  const open = (options: Parameters<typeof openTestPages>[1] = {}) => openTestPages(database, options);
  const answerAt = async ({ store }: TestPages, path: string, isSignedIn = false) => {
    const answer = await readPublicPage(store, { path, isSignedIn });
    switch (answer.kind) {
      case 'page':
        return `${answer.page.title}${answer.rest && ` + ${answer.rest}`}`;
      case 'redirect':
        return `${answer.status} ${answer.to}`;
      default:
        return answer.kind;
    }
  };

  describe('a visitor', () => {
    it('sees what is published and not expired, and nothing else', async () => {
      const pages = open();
      await draftPage(pages, { title: 'Draft' });
      await publicPage(pages, { title: 'Later' }, 2000);
      await publicPage(pages, { title: 'Expiring', expiresAt: 1500 });
      await withdraw(pages, await publicPage(pages, { title: 'Withdrawn' }));
      await publicLink(pages, { title: 'Soon', target: '/x', publishedAt: 1500 });
      await publicLink(pages, { title: 'Draft link', target: '/x', publishedAt: null });
      const paths = ['draft', 'later', 'expiring', 'withdrawn', 'soon', 'draft-link'];
      const all = async () => await Promise.all(paths.map((path) => answerAt(pages, `/${path}`)));
      assert.deepEqual(await all(), ['missing', 'missing', 'Expiring', 'missing', 'missing', 'missing']);
      pages.clock.now = 1500;
      assert.deepEqual(await all(), ['missing', 'missing', 'missing', 'missing', '302 /x', 'missing']);
      pages.clock.now = 2000;
      assert.deepEqual(await all(), ['missing', 'Later', 'missing', 'missing', '302 /x', 'missing']);
    });

    it('sees only what is approved, where that counts', async () => {
      const pages = open({ isReviewed: true });
      const page = await publicPage(pages, { title: 'A' });
      assert.equal(await answerAt(pages, '/a'), 'missing');
      assert.ok(page.kind === 'page' && page.document !== null);
      await database.kysely
        .updateTable('commits')
        .set({ approved_by: 'bob', approved_at: 1 })
        .where('document', '=', page.document)
        .execute();
      assert.equal(await answerAt(pages, '/a'), 'A');
    });

    it('must be signed in for what needs it, and for what is below', async () => {
      const pages = open();
      const members = await publicPage(pages, { title: 'Members', needsSignIn: true, menus: ['main'] });
      const below = await publicPage(pages, { title: 'Below', parent: members.id, menus: ['main'] });
      await draftPage(pages, { title: 'Draft', parent: members.id });
      assert.equal(await answerAt(pages, '/members/below'), 'sign-in');
      assert.equal(await answerAt(pages, '/members/draft'), 'missing');
      assert.equal(await answerAt(pages, '/members/below', true), 'Below');
      assert.deepEqual(await readMenu(pages.store, 'main', { isSignedIn: false }), []);
      assert.equal((await readMenu(pages.store, 'main', { isSignedIn: true })).length, 1);
      assert.deepEqual(await readSitemap(pages.store), []);
      done(await changePage(pages.store, members.id, { seen: 1, needsSignIn: false }, ann));
      assert.equal(await answerAt(pages, '/members/below'), 'Below');
      assert.equal(below.isProtected, true);
    });

    it('is not told where a page is that needs signing in, whatever leads to it', async () => {
      const pages = open();
      const old = await publicPage(pages, { title: 'Old' });
      const { id } = done(
        await changePage(pages.store, old.id, { seen: 1, slug: 'secret', needsSignIn: true }, ann),
      ).page;
      const from = { from: '/by-hand', to: { kind: 'page', page: id } } as const;
      done(await createRedirect(pages.store, from, ann));
      await publicLink(pages, { title: 'Link', target: `widgy:page/${id}`, menus: ['main'] });
      for (const path of ['/old', '/by-hand', '/link']) {
        assert.equal(await answerAt(pages, path), 'sign-in', path);
        assert.match(await answerAt(pages, path, true), /^30\d \/secret$/, path);
      }
      const menuFor = async (isSignedIn: boolean) =>
        (await readMenu(pages.store, 'main', { isSignedIn })).map(({ url }) => url);
      assert.deepEqual(await menuFor(false), []);
      assert.deepEqual(await menuFor(true), ['/secret']);
    });

    it('finds a page by each way to write its address, and by no other', async () => {
      const pages = open();
      const cafe = await publicPage(pages, { title: 'Café' });
      await publicPage(pages, { title: 'Menü 日本', parent: cafe.id });
      const cases: readonly [path: string, answer: string][] = [
        ['/café', 'Café'],
        ['/caf%C3%A9/', 'Café'],
        ['/cafe%CC%81', 'Café'],
        ['/caf%C3%A9/men%C3%BC-%E6%97%A5%E6%9C%AC', 'Menü 日本'],
        ['/CAFÉ', 'missing'],
        ['/café//menü-日本', 'missing'],
        ['/caf%C3%A9%2Fmen%C3%BC-%E6%97%A5%E6%9C%AC', 'missing'],
        ['/caf%', 'missing'],
        ['/caf%00', 'missing'],
        ['/caf\ud800', 'missing'],
        ['/../café', 'missing'],
        [`/${'x/'.repeat(999)}`, 'missing'],
        [`/${'x'.repeat(3000)}`, 'missing'],
        ["/' or 1=1 --", 'missing'],
      ];
      for (const [path, answer] of cases) assert.equal(await answerAt(pages, path), answer, path);
    });

    it('is shown the way to a page', async () => {
      const pages = open();
      await publicPage(pages, { title: 'Home', isHome: true });
      const a = await publicPage(pages, { title: 'A' });
      const b = await draftPage(pages, { title: 'B', parent: a.id });
      await publicPage(pages, { title: 'C', parent: b.id });
      const answer = await readPublicPage(pages.store, { path: '/a/b/c', isSignedIn: false });
      assert.ok(answer.kind === 'page');
      assert.deepEqual(
        breadcrumbs(answer.ancestors, answer.page).map(({ title, url, isCurrent }) => [
          title,
          url,
          isCurrent,
        ]),
        [
          ['Home', '/', false],
          ['A', '/a', false],
          ['B', undefined, false],
          ['C', '/a/b/c', true],
        ],
      );
      const home = await readPublicPage(pages.store, { path: '/', isSignedIn: false });
      assert.deepEqual(home.kind === 'page' && home.ancestors, []);
    });

    it('gets what is mounted on a page for addresses below it', async () => {
      const pages = open();
      const blog = await publicPage(pages, { title: 'Blog', mount: 'blog' });
      await publicPage(pages, { title: 'About', parent: blog.id });
      const draft = await draftPage(pages, { title: 'Draft', parent: blog.id });
      await draftPage(pages, { title: 'Mounted draft', parent: blog.id, mount: 'blog' });
      done(await createRedirect(pages.store, { from: '/blog/old', to: { kind: 'gone' } }, ann));
      const toDraft = { from: '/blog/to-draft', to: { kind: 'page', page: draft.id } } as const;
      done(await createRedirect(pages.store, toDraft, ann));
      const cases: readonly [path: string, answer: string][] = [
        ['/blog', 'Blog'],
        ['/blog/2026/x.html', 'Blog + 2026/x.html'],
        [`/blog/${'x/'.repeat(100)}y`, `Blog + ${'x/'.repeat(100)}y`],
        ['/blog/about', 'About'],
        ['/blog/about/x', 'Blog + about/x'],
        // What visitors do not see changes nothing for them.
        ['/blog/draft', 'Blog + draft'],
        ['/blog/mounted-draft/x', 'Blog + mounted-draft/x'],
        ['/blog/to-draft', 'Blog + to-draft'],
        ['/blog/old', 'gone'],
        ['/blogs/x', 'missing'],
      ];
      for (const [path, answer] of cases) assert.equal(await answerAt(pages, path), answer, path);
    });

    it('is led on by link pages, and never in a circle', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'A' });
      const draft = await draftPage(pages, { title: 'Draft' });
      const toA = await publicLink(pages, { title: 'To A', target: `widgy:page/${a.id}` });
      await publicLink(pages, { title: 'To draft', target: `widgy:page/${draft.id}` });
      await publicLink(pages, { title: 'To link', target: `widgy:page/${toA.id}` });
      await publicLink(pages, { title: 'Away', target: 'https://example.com/ä b' });
      await publicLink(pages, { title: 'Gone', target: 'widgy:boat/7' });
      const itself = await publicLink(pages, { title: 'Other', target: '/a' });
      const cases: readonly [path: string, answer: string][] = [
        ['/to-a', '302 /a'],
        ['/to-draft', 'missing'],
        ['/to-link', 'missing'],
        ['/away', '302 https://example.com/%C3%A4%20b'],
        ['/gone', 'missing'],
      ];
      for (const [path, answer] of cases) assert.equal(await answerAt(pages, path), answer, path);
      const circle = await changePage(pages.store, itself.id, { seen: 1, target: '/other#x' }, ann);
      assert.ok(!circle.ok && circle.refusal.code === 'redirect-loop');
    });
  });

  it('something appears or goes by itself next when a commit, a link page or the end of a page says so', async () => {
    const pages = open();
    // Commits are of no site: others of these tests have none that is so late.
    pages.clock.now = 1_000_000;
    assert.equal(await nextChangeAt(pages.store), undefined);
    await publicPage(pages, { title: 'Expiring', expiresAt: 4_000_000 });
    await publicLink(pages, { title: 'Link', target: '/', publishedAt: 3_000_000 });
    const times: (number | undefined)[] = [];
    for (const now of [1_000_000, 3_000_000, 4_000_000]) {
      pages.clock.now = now;
      times.push(await nextChangeAt(pages.store));
    }
    assert.deepEqual(times, [3_000_000, 4_000_000, undefined]);
    await publicPage(pages, { title: 'Later' }, 5_000_000);
    const statements = await statementsOfWork(database, async () => {
      assert.equal(await nextChangeAt(pages.store), 5_000_000);
    });
    assert.equal(statements.length, 1);
    // So that the commit is none to come for other tests.
    await database.kysely
      .updateTable('commits')
      .set({ publish_at: 0 })
      .where('publish_at', '=', 5_000_000)
      .execute();
  });

  it('a page takes as many statements in a site of 1,000 pages as in an empty one, and few', async () => {
    const counts = async (size: number) => {
      const pages = open();
      await publicPage(pages, { title: 'Home', isHome: true });
      const a = await publicPage(pages, { title: 'A', menus: ['main'], start: textOf('<p>Hi</p>') });
      await growBranch(pages, a, size);
      done(await createRedirect(pages.store, { from: '/old', to: { kind: 'page', page: a.id } }, ann));
      const deepest = (
        await database.kysely
          .selectFrom('pages')
          .select('path')
          .where('site', '=', pages.store.site)
          .orderBy('depth', 'desc')
          .limit(1)
          .executeTakeFirstOrThrow()
      ).path;
      const count = async (work: () => Promise<unknown>) => (await statementsOfWork(database, work)).length;
      const read = (path: string) => readPublicPage(pages.store, { path, isSignedIn: false });
      pages.documents.trees.clear();
      return {
        cold: await count(() => read(`/${deepest}`)),
        warm: await count(() => read(`/${deepest}`)),
        redirect: await count(() => read('/old')),
        missing: await count(() => read('/absent/absent')),
        menus: await count(() => readMenus(pages.store, ['main', 'footer'], { isSignedIn: false })),
        sitemap: await count(() => readSitemap(pages.store)),
        children: await count(() => listChildren(pages.store, a.id)),
        find: await count(() => findPages(pages.store, { text: 'g' })),
        page: await count(() => readPage(pages.store, a.id)),
        way: await count(() => wayToPage(pages.store, a.id)),
      };
    };
    const expected = {
      cold: 2,
      warm: 1,
      redirect: 1,
      missing: 1,
      menus: 1,
      sitemap: 1,
      children: 1,
      find: 1,
      page: 1,
      way: 1,
    };
    assert.deepEqual(await counts(1), expected);
    assert.deepEqual(await counts(1000), expected);
  });

  describe('a menu', () => {
    const shape = (entries: readonly MenuEntry[]): readonly unknown[] =>
      entries.map(({ title, url, entries: below }) => [title, url, ...shape(below)]);

    it('has the pages that are in it and published, one below the other', async () => {
      const pages = open();
      const menus = ['main'];
      await publicPage(pages, { title: 'Home', isHome: true, menus });
      const a = await publicPage(pages, { title: 'A', menus });
      const between = await publicPage(pages, { title: 'Between', parent: a.id });
      const c = await publicPage(pages, { title: 'C', parent: between.id, menus: ['main', 'footer'] });
      await publicPage(pages, { title: 'Too deep', parent: c.id, menus });
      const draft = await draftPage(pages, { title: 'Draft', menus });
      await publicPage(pages, { title: 'Below draft', parent: draft.id, menus });
      await publicLink(pages, {
        title: 'Away',
        target: 'https://example.com/',
        parent: a.id,
        before: between.id,
        menus,
      });
      await publicLink(pages, { title: 'To C', target: `widgy:page/${c.id}`, menus });
      await publicLink(pages, { title: 'To draft', target: `widgy:page/${draft.id}`, menus });
      const found = await readMenus(pages.store, ['main', 'footer'], { isSignedIn: false });
      assert.deepEqual(shape(found.get('main') ?? []), [
        ['Home', '/'],
        ['A', '/a', ['Away', 'https://example.com/'], ['C', '/a/between/c']],
        ['To C', '/a/between/c'],
      ]);
      assert.deepEqual(shape(found.get('footer') ?? []), [['C', '/a/between/c']]);
      await assert.rejects(readMenu(pages.store, 'mian', { isSignedIn: false }), withCode('name-unknown'));
      await assert.rejects(
        readMenu(pages.store, 'constructor', { isSignedIn: false }),
        withCode('name-unknown'),
      );
    });

    it('has a bounded number of entries', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'A' });
      await growBranch(pages, a, MAX_MENU_ENTRIES + 100);
      const ids = await database.kysely
        .selectFrom('pages')
        .select('id')
        .where('site', '=', pages.store.site)
        .execute();
      await database.kysely
        .insertInto('page_menus')
        .values(ids.map(({ id }) => ({ page: id, menu: 'main' })))
        .execute();
      const count = (entries: readonly MenuEntry[]): number =>
        entries.reduce((sum, entry) => sum + 1 + count(entry.entries), 0);
      const deep = { ...pages.store, menus: new Map([['main', { label: 'Main', depth: 20 }]]) };
      assert.equal(count(await readMenu(deep, 'main', { isSignedIn: false })), MAX_MENU_ENTRIES);
    });
  });

  describe('a sitemap', () => {
    it('has what everybody may see and is to be listed', async () => {
      const pages = open();
      await publicPage(pages, { title: 'Home', isHome: true });
      await publicPage(pages, { title: 'Ä & B' });
      await publicPage(pages, { title: 'Later' }, 5000);
      await draftPage(pages, { title: 'Draft' });
      await publicPage(pages, { title: 'Unlisted', isListedInSitemap: false });
      await publicPage(pages, { title: 'Not indexed', isIndexed: false });
      await publicPage(pages, { title: 'Members', needsSignIn: true });
      await publicLink(pages, { title: 'Link', target: '/' });
      pages.clock.now = 5000;
      const entries = await readSitemap(pages.store);
      assert.deepEqual(
        entries,
        [
          { url: '/', changedAt: 1000 },
          { url: '/later', changedAt: 5000 },
          { url: '/%C3%A4-b', changedAt: 1000 },
        ].sort(
          (one, other) =>
            entries.findIndex(({ url }) => url === one.url) -
            entries.findIndex(({ url }) => url === other.url),
        ),
      );
      assert.match(
        printSitemap(entries, 'https://example.org'),
        /<url><loc>https:\/\/example\.org\/%C3%A4-b<\/loc><lastmod>1970-01-01T00:00:01\.000Z<\/lastmod><\/url>/,
      );
      assert.equal(await countSitemapParts(pages.store), 1);
    });

    it('has several files where one would be too large', async () => {
      const pages = open();
      const a = await publicPage(pages, { title: 'A' });
      const row = await database.kysely
        .selectFrom('pages')
        .selectAll()
        .where('id', '=', a.id)
        .executeTakeFirstOrThrow();
      const rows = Array.from({ length: MAX_SITEMAP_ADDRESSES + 9 }, (_, at) => {
        return { ...row, id: `${a.id}-${at}`, slug: `x${at}`, path: `x${at}` };
      });
      for (let start = 0; start < rows.length; start += 900) {
        await database.kysely
          .insertInto('pages')
          .values(rows.slice(start, start + 900))
          .execute();
      }
      assert.equal(await countSitemapParts(pages.store), 2);
      const [first, second] = [await readSitemap(pages.store, 1), await readSitemap(pages.store, 2)];
      assert.deepEqual([first.length, second.length], [MAX_SITEMAP_ADDRESSES, 10]);
      assert.equal(new Set([...first, ...second].map(({ url }) => url)).size, rows.length + 1);
      assert.deepEqual(await readSitemap(pages.store, 3), []);
      const index = printSitemapIndex(['https://example.org/sitemap-1.xml?a&b']);
      assert.match(index, /<sitemap><loc>https:\/\/example\.org\/sitemap-1\.xml\?a&amp;b<\/loc><\/sitemap>/);
    });
  });
}
