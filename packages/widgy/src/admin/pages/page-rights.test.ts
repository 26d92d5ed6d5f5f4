import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { commitDraft, trustedAuthor } from '../../documents/index.ts';
import {
  createLink,
  createPage,
  deletePage,
  type ListedPage,
  listBin,
  readPage,
  setHome,
} from '../../pages/index.ts';
import { testAdmin } from '../admin-fixture.ts';
import { type AdminPage, formsWith, type Person, type Typed } from '../person-fixture.ts';
import { PAGE_FIELDS, type PageField } from './page-rights.ts';

const admin = await testAdmin({
  pages: {
    menus: { main: { label: 'Main menu', depth: 1 } },
    templates: { page: 'Page', landing: 'Landing page' },
    mounts: { blog: 'Blog' },
  },
});
const { widgy } = admin;
const { pages } = widgy;
const trusted = trustedAuthor();

/** The permissions that are given and taken away. */
const PERMISSIONS = [
  'pages.read',
  'pages.edit',
  'pages.create',
  'pages.move',
  'pages.publish',
  'pages.delete',
] as const;

type Permission = (typeof PERMISSIONS)[number];

const people = new Map<string, Person>();

/** Somebody with just these permissions of pages; the same one each time. */
async function personWith(held: readonly Permission[]): Promise<Person> {
  const key = held.toSorted().join(' ');
  const known = people.get(key) ?? (await admin.person([...held, '*:add', '*:delete'], 'Somebody'));
  people.set(key, known);
  return known;
}

/** Who may do what needs some permissions, and who may not: those who have no other, and those who have all others. */
async function peopleFor(needs: readonly Permission[]) {
  const enough = { person: await personWith([...new Set([...needs, 'pages.read' as const])]), lacked: '' };
  const everybody: (typeof enough)[] = [];
  for (const lacked of needs) {
    const person = await personWith(PERMISSIONS.filter((name) => name !== lacked));
    everybody.push({ person, lacked });
  }
  return [...everybody, enough];
}

const tokens = new Map<Person, string>();

/** Sends a form that no page need have shown. */
async function send(person: Person, path: string, typed: Typed): Promise<AdminPage> {
  const shown = await (tokens.has(person) ? undefined : person.get('/pages/bin'));
  const token = tokens.get(person) ?? shown?.forms[0]?.fields.find(([name]) => name === '_csrf')?.[1] ?? '';
  tokens.set(person, token);
  const button = { text: 'Send', name: '', value: '', isDisabled: false };
  const form = { method: 'POST', action: path, fields: [['_csrf', token]], buttons: [button] } as const;
  return await person.press({ ...EMPTY, forms: [form] }, 'Send', typed);
}

const EMPTY = { status: 200, url: '', headers: {}, html: '', text: '', links: [] } as const;

let made = 0;
async function newPage({ parent = null, isPublic = false }: { parent?: string | null; isPublic?: boolean }) {
  made += 1;
  const page = await createPage(pages, { title: `Page ${made}`, parent }, trusted);
  assert.ok(page.ok);
  if (isPublic)
    assert.ok((await commitDraft(widgy.documents, page.draft.document, { after: 0 }, trusted)).ok);
  return page.page.id;
}

async function newLink(publishedAt: number | null) {
  made += 1;
  const link = await createLink(pages, { title: `Link ${made}`, target: '/', publishedAt }, trusted);
  assert.ok(link.ok);
  return link.page.id;
}

// The first page of a site is its home page.
assert.ok((await createPage(pages, { title: 'Home', isHome: true }, trusted)).ok);

/** How a page can stand, and how one comes to be so. */
const STANDINGS = {
  draft: () => newPage({}),
  public: () => newPage({ isPublic: true }),
  'a draft above a public page': async () => {
    const page = await newPage({});
    await newPage({ parent: page, isPublic: true });
    return page;
  },
  scheduled: async () => {
    const page = await newPage({});
    const listed = await readPage(pages, page);
    assert.ok(listed?.page.kind === 'page' && listed.page.document !== null);
    const publishAt = widgy.now() + 1e9;
    assert.ok(
      (await commitDraft(widgy.documents, listed.page.document, { after: 0, publishAt }, trusted)).ok,
    );
    return page;
  },
  'a hidden link': () => newLink(null),
  'a link that is shown': () => newLink(1),
} as const;

type Standing = keyof typeof STANDINGS;

const STANDING_NAMES = [
  'draft',
  'public',
  'a draft above a public page',
  'scheduled',
  'a hidden link',
  'a link that is shown',
] as const satisfies readonly Standing[];

/** What a field needs, as the manual has it. */
function needed(field: PageField, standing: Standing): readonly Permission[] {
  if (field === 'isPublished') return ['pages.edit', 'pages.publish'];
  const isPublic = standing === 'public' || standing === 'scheduled' || standing === 'a link that is shown';
  const isFollowed = ['title', 'slug', 'menus', 'needsSignIn'].includes(field);
  if (!isPublic && !(standing === 'a draft above a public page' && isFollowed)) return ['pages.edit'];
  return ['pages.edit', 'pages.publish', ...(field === 'slug' ? (['pages.move'] as const) : [])];
}

/** Another value for a field, as a form sends it. */
function another(field: PageField, { page, menus }: ListedPage): string | readonly string[] {
  made += 1;
  const flag = (isOn: boolean) => (isOn ? [''] : ['', 'on']);
  switch (field) {
    case 'title':
    case 'metaTitle':
    case 'metaDescription':
      return `Other ${made}`;
    case 'slug':
      return `other-${made}`;
    case 'target':
      return `https://example.org/${made}`;
    case 'isPublished':
      return flag(page.kind === 'link' && page.publishedAt !== null);
    case 'menus':
      return menus.length === 0 ? ['', 'main'] : [''];
    case 'template':
      return 'landing';
    case 'mount':
      return 'blog';
    case 'isIndexed':
      return flag(page.isIndexed);
    case 'isListedInSitemap':
      return flag(page.isListedInSitemap);
    case 'needsSignIn':
      return flag(page.needsSignIn);
    case 'expiresAt':
      return '2001-01-01T00:00';
  }
}

const OF_LINKS: readonly PageField[] = ['target', 'isPublished'];
const OF_PAGES: readonly PageField[] = PAGE_FIELDS.filter(
  (field) => !['title', 'slug', 'menus', 'needsSignIn', 'expiresAt', ...OF_LINKS].includes(field),
);

async function listedPage(id: string): Promise<ListedPage> {
  const listed = await readPage(pages, id);
  assert.ok(listed);
  return listed;
}

describe('what somebody may do to pages', () => {
  for (const standing of STANDING_NAMES) {
    const make = STANDINGS[standing];
    const isLink = standing.includes('link');
    it(`asks of each field of ${standing} what it needs, and no more`, async () => {
      let id = await make();
      for (const field of PAGE_FIELDS.filter((name) => !(isLink ? OF_PAGES : OF_LINKS).includes(name))) {
        for (const { person, lacked } of await peopleFor(needed(field, standing))) {
          const before = await listedPage(id);
          const value = another(field, before);
          const typed = { seen: String(before.page.revision), [`fields.${field}`]: value };
          const answer = await send(person, `/pages/${id}`, typed);
          const after = await listedPage(id);
          const about = `${field} without ${lacked || 'anything else'}: ${answer.text}`;
          assert.equal(answer.status, lacked === '' ? 200 : 403, about);
          if (lacked === '') assert.notDeepEqual(after, before, about);
          else assert.deepEqual(after, before, about);
          if (lacked === '') id = await make();
        }
      }
    });
  }

  /** What is done to a page as a whole, and what it needs. */
  interface WholeAct {
    readonly name: string;
    readonly make: () => Promise<string>;
    readonly needs: readonly Permission[];
    readonly path: (page: string) => string;
  }
  const isOpen = (standing: Standing) => standing === 'draft' || standing === 'a hidden link';
  const acts: readonly WholeAct[] = STANDING_NAMES.flatMap((standing) =>
    (['move', 'delete'] as const).map(
      (act): WholeAct => ({
        name: `${act} ${standing}`,
        make: STANDINGS[standing],
        needs: [`pages.${act}`, ...(isOpen(standing) ? [] : (['pages.publish'] as const))],
        path: (page) => `/pages/${page}/${act}`,
      }),
    ),
  );
  const binned = (make: () => Promise<string>) => async () => {
    const id = await make();
    const { page } = await listedPage(id);
    assert.ok((await deletePage(pages, id, { seen: page.revision }, trusted)).ok);
    return id;
  };
  const all: readonly WholeAct[] = [
    ...acts,
    ...(['draft', 'public', 'a draft above a public page'] as const).map((standing) => ({
      name: `restore ${standing}`,
      make: binned(STANDINGS[standing]),
      needs: ['pages.delete' as const, ...(standing === 'draft' ? [] : ['pages.publish' as const])],
      path: (page: string) => `/pages/bin/${page}/restore`,
    })),
    {
      name: 'purge what was public',
      make: binned(STANDINGS.public),
      needs: ['pages.delete'],
      path: (page) => `/pages/bin/${page}/purge`,
    },
    {
      name: 'make a public page the home page',
      make: STANDINGS.public,
      needs: ['pages.move', 'pages.publish'],
      path: (page) => `/pages/${page}/home`,
    },
    {
      name: 'clone a public page',
      make: STANDINGS.public,
      needs: ['pages.create', 'pages.read'],
      path: (page) => `/pages/${page}/clone`,
    },
  ];

  const rows = async () => {
    const { kysely } = widgy.database;
    const all = [
      await kysely.selectFrom('pages').selectAll().orderBy('id').execute(),
      await kysely.selectFrom('page_menus').selectAll().execute(),
      await kysely.selectFrom('redirects').selectAll().execute(),
    ];
    return createHash('sha256').update(JSON.stringify(all)).digest('hex');
  };

  it('asks for what needs to be done to one as a whole', async () => {
    for (const { name, make, needs, path } of all) {
      for (const { person, lacked } of await peopleFor(needs)) {
        const id = await make();
        const { revision } = (await listedPage(id)).page;
        const before = await rows();
        const answer = await send(person, path(id), { parent: '', seen: String(revision) });
        const about = `${name} without ${lacked || 'anything else'}: ${answer.text}`;
        assert.equal((await rows()) === before, lacked !== '', about);
        assert.equal(answer.status, lacked === '' ? 200 : 403, about);
      }
    }
  });

  it('is to make links, and to show them at once only with the permission to publish', async () => {
    for (const isPublished of [false, true]) {
      const needs: readonly Permission[] = [
        'pages.create',
        ...(isPublished ? (['pages.publish'] as const) : []),
      ];
      for (const { person, lacked } of await peopleFor(needs)) {
        made += 1;
        const before = await rows();
        const answer = await send(person, '/pages/new', {
          ...{ kind: 'link', id: `made-${made}`, parent: '' },
          ...{ 'fields.title': `Link ${made}`, 'fields.target': 'https://evil.example' },
          ...{ 'fields.menus': ['', 'main'], 'fields.isPublished': isPublished ? ['', 'on'] : [''] },
        });
        assert.equal((await rows()) === before, lacked !== '', `${lacked}: ${answer.text}`);
        assert.equal(answer.status, lacked === '' ? 200 : 403);
      }
    }
  });

  it('is what its forms offer: what is locked is shown, and not sent', async () => {
    const author = await personWith(PERMISSIONS.filter((name) => name !== 'pages.publish'));
    const [draft, shown] = [await STANDINGS.draft(), await STANDINGS.public()];
    const open = await author.get(`/pages/${draft}`);
    assert.equal(formsWith(open, 'Save').length, 1);
    assert.doesNotMatch(open.text, /You may not/);
    const locked = await author.get(`/pages/${shown}`);
    assert.match(locked.text, /It is on the site. You may not change what visitors see/);
    for (const button of ['Save', 'Move to the bin', 'Make it the home page'])
      assert.equal(formsWith(locked, button).length, 0, button);
    assert.equal(locked.links.filter(({ text }) => text === 'Move').length, 0);
    assert.equal(formsWith(locked, 'Clone').length, 1);
    const link = await author.get('/pages/new?kind=link');
    assert.doesNotMatch(link.html, /isPublished/);
    // Who may publish and not move can change all but the address.
    const publisher = await personWith(PERMISSIONS.filter((name) => name !== 'pages.move'));
    const page = await publisher.get(`/pages/${shown}`);
    const saved = await publisher.press(page, 'Save', {
      'fields.title': 'Renamed',
      'fields.slug': undefined,
    });
    assert.match(saved.text, /“Renamed” was saved/);
    // What is in the bin and was public is put back by those alone who may publish.
    const { page: now } = await listedPage(shown);
    assert.ok((await deletePage(pages, shown, { seen: now.revision }, trusted)).ok);
    assert.ok((await listBin(pages)).pages.some(({ isPublic }) => isPublic));
    const bin = await author.get('/pages/bin');
    assert.equal(formsWith(bin, 'Put back: Renamed').length, 0);
    assert.equal(formsWith(bin, 'Delete for good: Renamed').length, 1);
  });

  it('is told to whoever had a form open when the page was published', async () => {
    const author = await personWith(PERMISSIONS.filter((name) => name !== 'pages.publish'));
    const id = await newPage({});
    const form = await author.get(`/pages/${id}`);
    const { page } = await listedPage(id);
    assert.ok(page.kind === 'page' && page.document !== null);
    assert.ok((await commitDraft(widgy.documents, page.document, { after: 0 }, trusted)).ok);
    const answer = await author.press(form, 'Save', { 'fields.title': 'Mine' });
    assert.equal(answer.status, 403);
    assert.match(answer.text, /Nothing was saved. You may not change what visitors see/);
    assert.equal((await listedPage(id)).page.title, page.title);
  });

  it('does not make a page the home page that visitors do not see in the place of one that they see', async () => {
    const [shown, draft] = [await STANDINGS.public(), await STANDINGS.draft()];
    const seen = async (id: string) => ({ seen: (await listedPage(id)).page.revision });
    assert.ok((await setHome(pages, shown, await seen(shown), trusted)).ok);
    const refused = await setHome(pages, draft, await seen(draft), trusted);
    assert.ok(!refused.ok && refused.refusal.code === 'home-not-shown');
    assert.equal((await listedPage(shown)).page.path, '');
  });
});
