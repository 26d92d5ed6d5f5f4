import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trustedAuthor } from '../documents/index.ts';
import {
  changePage,
  changeRedirect,
  createRedirect,
  listRedirects,
  type Redirect,
  readRedirect,
  type WantedTarget,
} from '../pages/index.ts';
import { testAdmin } from './admin-fixture.ts';
import type { AdminPage } from './person-fixture.ts';
import { newPage, publish } from './uses-fixture.ts';

const admin = await testAdmin({ pages: { hosts: ['www.harbour.example'] } });
const { widgy } = admin;
const ann = await admin.person('everything', 'Ann');
const bob = await admin.person(['redirects.manage'], 'Bob');
const carl = await admin.person(['pages.read', 'pages.edit', 'callouts.edit'], 'Carl');
const robot = trustedAuthor();

const about = await newPage(widgy, 'About <us>', 'about');

/** Makes a redirect behind the back of the administration. */
async function add(from: string, to: WantedTarget = { kind: 'url', url: '/elsewhere' }): Promise<Redirect> {
  const made = await createRedirect(widgy.pages, { from, to }, robot);
  assert.ok(made.ok, JSON.stringify(made));
  return made.redirect;
}

/** Where an address leads. */
async function targetFrom(path: string) {
  const { redirects } = await listRedirects(widgy.pages, { text: path });
  return redirects.find(({ from }) => from === path)?.to;
}

const MAKE = 'Make the redirect';
const SAVE = 'Save the redirect';

const shownIn = ({ forms }: AdminPage) =>
  new Map(forms.filter(({ action }) => action.includes('/redirects/')).flatMap(({ fields }) => fields));

describe('who may do what with redirects', () => {
  it('is decided by one permission', async () => {
    const redirect = await add('/guarded');
    for (const path of ['/redirects', '/redirects/new', `/redirects/${redirect.id}`]) {
      assert.equal((await bob.get(path)).status, 200, path);
      assert.equal((await carl.get(path)).status, 403, path);
    }
    const fields = { seen: '1', from: '/x', to: 'gone' };
    for (const path of ['new', redirect.id, `${redirect.id}/delete`])
      assert.equal((await carl.post(`/redirects/${path}`, fields)).status, 403, path);
    assert.deepEqual(await readRedirect(widgy.pages, redirect.id), redirect);
    assert.equal(await targetFrom('x'), undefined);
  });

  it('is no question where there is no such redirect', async () => {
    for (const id of ['nothing', '__proto__', '%00', '%3Cb%3E']) {
      assert.equal((await ann.get(`/redirects/${id}`)).status, 404, id);
      assert.equal((await ann.post(`/redirects/${id}/delete`, { seen: '1' })).status, 404, id);
    }
  });
});

describe('making a redirect', () => {
  const targets: readonly [typed: Readonly<Record<string, string>>, to: unknown, says: RegExp][] = [
    [
      { to: 'page', page: about.id },
      { kind: 'page', page: { id: about.id, title: 'About <us>', path: 'about' } },
      /It leads from \/made-0 to the page “About <us>”\./,
    ],
    [
      { to: 'url', url: ' https://example.org/boats?a=1 ' },
      { kind: 'url', url: 'https://example.org/boats?a=1' },
      /It leads from \/made-1 to https:\/\/example\.org\/boats\?a=1\./,
    ],
    [{ to: 'gone' }, { kind: 'gone' }, /It says that \/made-2 is gone\./],
  ];
  for (const [at, [typed, to, says]] of targets.entries()) {
    it(`leads to ${typed.to}`, async () => {
      const form = await bob.get('/redirects/new');
      const page = await bob.press(form, MAKE, { from: `/made-${at}`, ...typed });
      assert.equal(page.url, '/admin/redirects');
      assert.match(page.text, says);
      assert.deepEqual(await targetFrom(`made-${at}`), to);
      const twice = await bob.press(form, MAKE, { from: `/made-${at}`, ...typed });
      assert.deepEqual([twice.status, twice.url], [200, '/admin/redirects']);
      assert.equal((await listRedirects(widgy.pages, { text: `made-${at}` })).total, 1);
    });
  }

  it('begins with an address that a link to it names', async () => {
    const page = await bob.get(`/redirects/new?${new URLSearchParams({ from: '/old/"><b>' })}`);
    assert.equal(shownIn(page).get('from'), '/old/"><b>');
  });

  it('explains what is refused, and keeps what was typed', async () => {
    const other = await add('/there-already', { kind: 'gone' });
    await add('/circle-b', { kind: 'url', url: '/circle-a' });
    const rows: readonly [typed: Readonly<Record<string, string>>, says: RegExp, link: string][] = [
      [{ from: '', to: 'gone' }, /Enter the address that it is to lead from\./, '#from'],
      [{ from: ' ', to: 'page' }, /Enter the address.*Choose a page\./, '#page'],
      [{ from: '/a?b=1', to: 'gone' }, /Leave out what follows a "\?"/, '#from'],
      [{ from: 'https://example.com/x', to: 'gone' }, /Enter a path of this site/, '#from'],
      [{ from: '/a', to: 'url', url: '' }, /Enter an address\./, '#url'],
      [{ from: '/a', to: 'url', url: 'javascript:alert(1)' }, /Enter a path that begins with "\/"/, '#url'],
      [{ from: '/a', to: 'url', url: '//example.org' }, /Enter a path that begins with "\/"/, '#url'],
      [{ from: '/a', to: 'page', page: '' }, /Choose a page\./, '#page'],
      [
        { from: '/a', to: 'page', page: 'nothing' },
        /This page is not there any more\. Choose another one\./,
        '#page',
      ],
      [{ from: '/a', to: 'page', page: '\0', find: '\0' }, /Choose a page\./, '#page'],
      [{ from: '/\0', to: 'gone' }, /Enter a path of this site/, '#from'],
      [{ from: '/a', to: 'nowhere' }, /Choose a page\./, '#page'],
      [
        { from: '/about', to: 'gone' },
        /The page "About <us>" has the address \/about\. A redirect from there would never/,
        '#from',
      ],
      [
        { from: '/there-already', to: 'url', url: '/x' },
        /There is a redirect from \/there-already already\..*Look at that redirect/,
        `/admin/redirects/${other.id}`,
      ],
      [
        { from: '/circle-a', to: 'url', url: '/circle-b' },
        /It would lead in a circle: \/circle-a → \/circle-b → \/circle-a\. Let it lead elsewhere\./,
        '#url',
      ],
      [
        // Another name of this site.
        { from: '/circle-a', to: 'url', url: 'https://www.harbour.example/circle-b' },
        /It would lead in a circle: \/circle-a → \/circle-b → \/circle-a\./,
        '#url',
      ],
    ];
    for (const [typed, says, link] of rows) {
      const before = (await listRedirects(widgy.pages)).total;
      const page = await bob.press(await bob.get('/redirects/new'), MAKE, typed);
      const what = JSON.stringify(typed);
      assert.equal(page.status, 422, what);
      assert.match(page.text, says, what);
      assert.ok(
        page.links.some(({ href }) => href === link),
        what,
      );
      assert.equal(shownIn(page).get('from'), typed.from, what);
      assert.equal(shownIn(page).get('url'), typed.url ?? '', what);
      assert.equal((await listRedirects(widgy.pages)).total, before, what);
    }
  });
});

describe('the list', () => {
  it('tells those that were made by themselves', async () => {
    const page = await newPage(widgy, 'Our ships');
    await publish(widgy, page.document);
    const changed = await changePage(widgy.pages, page.id, { slug: 'fleet', seen: page.revision }, robot);
    assert.ok(changed.ok);
    await add('/zz-by-hand', { kind: 'page', page: page.id });
    const list = await ann.get('/redirects?q=fleet');
    assert.match(list.text, /\/our-ships Automatic Our ships \/fleet/);
    assert.match(list.text, /\/zz-by-hand Our ships \/fleet/);
    assert.ok(
      list.links.some(({ text, href }) => text === 'Our ships' && href === `/admin/pages/${page.id}`),
    );
    assert.ok(
      !(await bob.get('/redirects?q=fleet')).links.some(({ href }) => href === `/admin/pages/${page.id}`),
    );
  });

  it('is searched and turned over', async () => {
    for (let at = 10; at < 62; at += 1) await add(`/turn/${at}`, { kind: 'url', url: `/to-"<${at}>` });
    const first = await ann.press(await ann.get('/redirects'), 'Search', { q: '/turn/' });
    assert.match(first.text, /\/turn\/10/);
    assert.doesNotMatch(first.text, /\/turn\/60/);
    const next = first.links.find(({ text }) => text === 'More redirects')?.href ?? assert.fail();
    assert.match((await ann.get(next)).text, /\/turn\/60.*\/turn\/61/);
    const none = await ann.get('/redirects?q=%25_%3Cscript%3E&from=NaN');
    assert.match(none.text, /No redirect has “%_<script>” in its addresses\./);
  });

  it('costs as many statements for one as for many', async () => {
    const ask = (query: string) => admin.statements(() => ann.get(`/redirects?q=${query}`));
    const first = await ask('turn/10');
    assert.equal(await ask('turn'), first);
    assert.ok(first > 1);
  });
});

describe('changing a redirect', () => {
  it('keeps what was typed, and makes it one that was made by hand', async () => {
    const redirect = await add('/before');
    const form = await bob.get(`/redirects/${redirect.id}`);
    const typed = { from: '/after', to: 'gone' };
    assert.match(
      (await bob.press(form, SAVE, typed)).text,
      /The redirect was saved\. It says that \/after is gone\./,
    );
    const twice = await bob.press(form, SAVE, typed);
    assert.deepEqual([twice.status, twice.url], [200, '/admin/redirects']);
    assert.deepEqual(await readRedirect(widgy.pages, redirect.id), {
      ...redirect,
      ...{ from: 'after', to: { kind: 'gone' }, revision: 2 },
    });
  });

  it('never overwrites what somebody else has changed', async () => {
    const redirect = await add('/contested');
    const form = await bob.get(`/redirects/${redirect.id}`);
    const theirs = { from: '/contested', to: { kind: 'url', url: '/by-ann' }, seen: 1 } as const;
    await changeRedirect(widgy.pages, redirect.id, theirs, robot);
    const refused = await bob.press(form, SAVE, { url: '/by-bob' });
    assert.equal(refused.status, 422);
    assert.match(
      refused.text,
      /Somebody changed it meanwhile\. It leads from \/contested to \/by-ann\. Save again to replace that\./,
    );
    assert.equal(shownIn(refused).get('url'), '/by-bob');
    assert.deepEqual(await targetFrom('contested'), { kind: 'url', url: '/by-ann' });
    await bob.press(refused, SAVE);
    assert.deepEqual(await targetFrom('contested'), { kind: 'url', url: '/by-bob' });
  });
});

describe('deleting a redirect', () => {
  const kinds: readonly [name: string, to: WantedTarget][] = [
    ['page', { kind: 'page', page: about.id }],
    ['url', { kind: 'url', url: 'https://example.org/?a=1&b="2"' }],
    ['gone', { kind: 'gone' }],
  ];
  for (const [name, to] of kinds) {
    it(`is undone: ${name}`, async () => {
      const path = `deleted-${name}`;
      await add(`/${path}`, to);
      const before = await targetFrom(path);
      const button = `Delete the redirect from /${path}`;
      const gone = await bob.press(await bob.get(`/redirects?q=${path}`), button);
      assert.match(gone.text, new RegExp(`The redirect from /${path} was deleted\\.`));
      assert.equal(await targetFrom(path), undefined);
      await bob.press(gone, 'Undo');
      assert.deepEqual(await targetFrom(path), before);
      assert.equal((await bob.press(gone, 'Undo')).status, 200);
      assert.equal((await listRedirects(widgy.pages, { text: path })).total, 1);
    });
  }

  it('is not done to what somebody has changed since', async () => {
    const redirect = await add('/moving');
    const form = await bob.get(`/redirects/${redirect.id}`);
    const theirs = { from: '/moving', to: { kind: 'gone' }, seen: 1 } as const;
    await changeRedirect(widgy.pages, redirect.id, theirs, robot);
    const page = await bob.press(form, 'Delete the redirect');
    assert.match(page.text, /The redirect was not deleted\. Somebody changed the redirect meanwhile/);
    assert.deepEqual(await targetFrom('moving'), { kind: 'gone' });
  });
});

describe('choosing a page', () => {
  it('is done among those that a search finds, and nothing is kept by searching', async () => {
    for (let at = 0; at < 101; at += 1) await newPage(widgy, `Boat ${at}`);
    const form = await bob.get('/redirects/new');
    assert.match(form.text, /more are not shown\. Search for them by title\./);
    const before = (await listRedirects(widgy.pages)).total;
    const typed = { from: '/typed', to: 'page', url: '/typed-too', find: ' boat 100 ' };
    const found = await bob.press(form, 'Search', typed);
    assert.equal(found.status, 200);
    assert.match(found.text, /Boat 100 \(\/boat-100\)/);
    assert.doesNotMatch(found.text, /Boat 10 /);
    const shown = shownIn(found);
    assert.deepEqual(
      [shown.get('from'), shown.get('to'), shown.get('url')],
      ['/typed', 'page', '/typed-too'],
    );
    const { redirects } = await listRedirects(widgy.pages);
    assert.equal(redirects.length, before);
    // The only page that was found is chosen.
    await bob.press(found, MAKE);
    assert.match(JSON.stringify(await targetFrom('typed')), /"title":"Boat 100"/);
  });

  it('is done with Enter, which keeps nothing while something else is searched for', async () => {
    const form = await bob.get('/redirects/new');
    const found = await bob.press(form, '', { from: '/entered', to: 'page', find: 'About' });
    assert.equal(found.status, 200);
    assert.match(found.text, /These are the pages with “About” in their titles\./);
    assert.equal(await targetFrom('entered'), undefined);
    const made = await bob.press(found, '');
    assert.equal(made.url, '/admin/redirects');
    assert.match(JSON.stringify(await targetFrom('entered')), /"title":"About <us>"/);
  });

  it('does not lose the one that is chosen', async () => {
    const form = await bob.get('/redirects/new');
    const found = await bob.press(form, 'Search', {
      from: '/kept',
      to: 'page',
      page: about.id,
      find: 'Boat 1',
    });
    assert.equal(shownIn(found).get('page'), about.id);
    assert.match(
      (await bob.press(form, 'Search', { find: '<zebra>' })).text,
      /No page has “<zebra>” in its title\./,
    );
  });
});
