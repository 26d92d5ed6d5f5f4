import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Database } from '../../database/database.ts';
import { deletePage } from '../bin.ts';
import { changePage } from '../change-page.ts';
import { createLink } from '../create-page.ts';
import {
  ann,
  done,
  draftPage,
  openTestPages,
  publicPage,
  refused,
  type TestPages,
} from '../pages-fixture.ts';
import { readPublicPage } from '../public-page.ts';
import {
  changeRedirect,
  createRedirect,
  deleteRedirect,
  listRedirects,
  type WantedTarget,
} from '../redirects.ts';
import { named } from '../refusal.ts';

const url = (to: string): WantedTarget => ({ kind: 'url', url: to });
const GONE: WantedTarget = { kind: 'gone' };

/** Tests of redirects that somebody makes, on one kind of database. */
export function testRedirects(database: Database): void {
  const open = () => openTestPages(database);
  const answerAt = async ({ store }: TestPages, path: string) => {
    const answer = await readPublicPage(store, { path, isSignedIn: false });
    return answer.kind === 'redirect' ? `${answer.status} ${answer.to}` : answer.kind;
  };

  describe('redirects', () => {
    it('lead to a page, to an address, or say that something is gone', async () => {
      const pages = open();
      const page = await publicPage(pages, { title: 'A' });
      const cases: readonly [from: string, to: WantedTarget, path: string, answer: string][] = [
        ['/old.html', { kind: 'page', page: page.id }, '/old.html', '301 /a'],
        ['https://example.org/old/ä/', url('/neu/ö?q=ü#x'), '/old/%C3%A4', '301 /neu/%C3%B6?q=%C3%BC#x'],
        ['away', url('https://example.com/x'), '/away', '301 https://example.com/x'],
        ['/gone', GONE, '/gone', 'gone'],
        ['/', url('/a'), '/', '301 /a'],
      ];
      for (const [from, to, path, answer] of cases) {
        done(await createRedirect(pages.store, { from, to }, ann));
        assert.equal(await answerAt(pages, path), answer, from);
      }
      done(await changePage(pages.store, page.id, { seen: 1, slug: 'b' }, ann));
      assert.equal(await answerAt(pages, '/old.html'), '301 /b');
      done(await deletePage(pages.store, page.id, { seen: 2 }, ann));
      assert.equal(await answerAt(pages, '/old.html'), 'missing');
    });

    it('have addresses that are safe', async () => {
      const { store } = open();
      const targets = [
        'javascript:alert(1)',
        'data:text/html,x',
        'mailto:ann@example.org',
        '//example.com/x',
        '/\\example.com',
        '\\\\example.com',
        'boats',
        '',
        '/a\r\nset-cookie: x=1',
        '/a b',
        'https://',
        `/${'x'.repeat(2001)}`,
      ];
      for (const target of targets) {
        const answer = await createRedirect(store, { from: '/x', to: url(target) }, ann);
        assert.deepEqual(
          refused(answer, 'fields-invalid').errors.map(({ field }) => field),
          ['to'],
          target,
        );
      }
      for (const from of [
        '/a?b',
        '/a#b',
        '/a//b',
        '/%',
        '/a%2Fb',
        '/a%00',
        'https://example.com/a',
        `/${'x'.repeat(501)}`,
      ]) {
        const answer = await createRedirect(store, { from, to: GONE }, ann);
        assert.deepEqual(
          refused(answer, 'fields-invalid').errors.map(({ field }) => field),
          ['from'],
          from,
        );
      }
      const nowhere = await createRedirect(store, { from: '/x', to: { kind: 'page', page: 'absent' } }, ann);
      refused(nowhere, 'page-missing');
    });

    it('give way to pages, and to one another', async () => {
      const pages = open();
      const page = await draftPage(pages, { title: 'A' });
      const taken = refused(
        await createRedirect(pages.store, { from: '/a', to: GONE }, ann),
        'address-taken',
      );
      assert.equal(taken.page.id, page.id);
      const { redirect } = done(await createRedirect(pages.store, { from: '/b', to: GONE }, ann));
      const exists = refused(
        await createRedirect(pages.store, { from: '/b/', to: url('/c') }, ann),
        'redirect-exists',
      );
      assert.deepEqual(exists.redirect, redirect);
      const cover = await publicPage(pages, { title: 'B' });
      assert.equal(await answerAt(pages, '/b'), 'page');
      const [covered] = (await listRedirects(pages.store)).redirects;
      assert.deepEqual(covered, { ...redirect, coveredBy: named(cover) });
      // It can be changed where it is, and nowhere else where a page is.
      const change = { seen: 1, from: '/b', to: url('/c') };
      const changed = done(await changeRedirect(pages.store, redirect.id, change, ann)).redirect;
      assert.deepEqual(changed.coveredBy, named(cover));
      const elsewhere = { seen: 2, from: '/a', to: url('/c') };
      refused(await changeRedirect(pages.store, redirect.id, elsewhere, ann), 'address-taken');
      done(await deletePage(pages.store, cover.id, { seen: 1 }, ann));
      assert.equal(await answerAt(pages, '/b'), '301 /c');
    });

    it('lead in no circle', async () => {
      const pages = open();
      const { store } = pages;
      const make = async (from: string, to: WantedTarget) => await createRedirect(store, { from, to }, ann);
      const loop = async (from: string, to: string, ...addresses: string[]) =>
        assert.deepEqual(refused(await make(from, url(to)), 'redirect-loop').addresses, addresses);
      await loop('/a', '/a/?x', '/a', '/a');
      done(await make('/a', url('/b?x=1')));
      await loop('/b', 'https://example.org/a', '/b', '/a', '/b');
      const b = done(await make('/b', url('https://EXAMPLE.org/ä#x'))).redirect;
      await loop('/ä', '/a', '/ä', '/a', '/b', '/ä');
      done(await make('/c', url('https://example.com/a')));
      done(await make('/ä', url('https://example.com/a')));
      const changed = await changeRedirect(store, b.id, { seen: 1, from: '/b', to: url('/a') }, ann);
      assert.deepEqual(refused(changed, 'redirect-loop').addresses, ['/b', '/a', '/b']);
      // Over one that a page covers, and over a link page that nobody sees yet.
      done(await make('/under', url('/over')));
      const cover = await publicPage(pages, { title: 'Under' });
      await loop('/over', '/under', '/over', '/under', '/over');
      done(await createLink(store, { title: 'Hidden', target: '/shown' }, ann));
      await loop('/shown', '/hidden', '/shown', '/hidden', '/shown');
      done(await deletePage(store, cover.id, { seen: 1 }, ann));
      // A page that has its address again is no circle.
      const back = await publicPage(pages, { title: 'Back' });
      done(await changePage(store, back.id, { seen: 1, slug: 'away' }, ann));
      done(await changePage(store, back.id, { seen: 2, slug: 'back' }, ann));
      done(await make('/to-back', url('/back')));
      // Over a page that got another address.
      const page = await publicPage(pages, { title: 'P' });
      done(await make('/q', { kind: 'page', page: page.id }));
      done(await changePage(store, page.id, { seen: 1, slug: 'p2' }, ann));
      assert.equal(await answerAt(pages, '/p'), '301 /p2');
    });

    it('are changed and deleted by those who saw them', async () => {
      const { store } = open();
      const { redirect } = done(await createRedirect(store, { from: '/a', to: GONE }, ann));
      const change = { seen: 1, from: '/b', to: url('/c') };
      const changed = done(await changeRedirect(store, redirect.id, change, ann)).redirect;
      assert.deepEqual(changed, { ...redirect, from: 'b', to: url('/c'), revision: 2 });
      refused(await changeRedirect(store, redirect.id, change, ann), 'stale');
      refused(await deleteRedirect(store, redirect.id, { seen: 1 }), 'stale');
      refused(
        await deleteRedirect({ ...store, site: 'other' }, redirect.id, { seen: 2 }),
        'redirect-missing',
      );
      done(await deleteRedirect(store, redirect.id, { seen: 2 }));
      refused(await deleteRedirect(store, redirect.id, { seen: 2 }), 'redirect-missing');
    });

    it('are listed in parts, and found by a part of their addresses', async () => {
      const { store } = open();
      for (const [from, to] of [
        ['a', '/X'],
        ['b%c', '/y'],
        ['d', '/a_b'],
      ] as const) {
        done(await createRedirect(store, { from: `/${encodeURIComponent(from)}`, to: url(to) }, ann));
      }
      const find = async (text: string, part = {}) => {
        const { redirects, total } = await listRedirects(store, { text, ...part });
        return [...redirects.map(({ from }) => from), total];
      };
      assert.deepEqual(await find(''), ['a', 'b%c', 'd', 3]);
      assert.deepEqual(await find('', { offset: 1, limit: 1 }), ['b%c', 3]);
      assert.deepEqual(await find('/x'), ['a', 1]);
      assert.deepEqual(await find('%'), ['b%c', 1]);
      assert.deepEqual(await find('A_'), ['d', 1]);
      assert.deepEqual(await find("'"), [0]);
    });
  });
}
