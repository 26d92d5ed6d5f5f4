import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../database/database.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { addressOfPath } from '../address.ts';
import { deletePage, restorePage } from '../bin.ts';
import { changePage, setHome } from '../change-page.ts';
import { clonePage } from '../clone-page.ts';
import { createLink, createPage } from '../create-page.ts';
import { movePage, reorderPages } from '../move-page.ts';
import { ann, openTestPages, publish, redirectsIn, type TestPages } from '../pages-fixture.ts';
import type { PageRow } from '../place.ts';
import { readPublicPage } from '../public-page.ts';
import { purgePage } from '../purge-page.ts';
import { createRedirect } from '../redirects.ts';
import type { RefusedPage } from '../refusal.ts';

/** What somebody wants to do to whatever pages there are: numbers that choose among them. */
interface Intent {
  readonly kind: (typeof KINDS)[number];
  readonly page: number;
  readonly other: number;
  readonly name: string;
}

const KINDS = [
  'create',
  'create',
  'create',
  'link',
  'rename',
  'rename',
  'move',
  'move',
  'reorder',
  'home',
  'delete',
  'restore',
  'purge',
  'clone',
  'redirect',
  'protect',
] as const;

const intent: fc.Arbitrary<Intent> = fc.record({
  kind: fc.constantFrom(...KINDS),
  page: fc.nat(30),
  other: fc.nat(30),
  name: fc.constantFrom('a', 'b', 'c', 'ä', '日本'),
});

/** The property test of pages: whatever is done to them, what is promised of their addresses and their order holds. */
export function testRandomPages(database: Database, runs: number): void {
  it('keep their addresses, their order and their redirects right, whatever is done to them', async () => {
    const property = fc.asyncProperty(fc.array(intent, { minLength: 30, maxLength: 50 }), async (intents) => {
      const pages = openTestPages(database);
      /** Whose address it was last. */
      const led = new Map<string, string>();
      for (const one of intents) {
        const answer = await act(pages, one);
        if (!answer.ok) assert.ok(EXPECTED.has(answer.refusal.code), JSON.stringify(answer.refusal));
        if (answer.ok && one.kind === 'redirect') led.delete(one.name);
        // What a page covered leads on again.
        if (answer.ok && one.kind === 'delete') {
          for (const { from_path: path, target_page: page } of await redirectsIn(pages)) {
            if (page === null) led.delete(path);
            else led.set(path, page);
          }
        }
        const rows = await rowsIn(pages);
        checkRows(rows);
        await checkRedirects(pages, rows);
        for (const row of there(rows)) if (await isPublished(pages, row)) led.set(row.path, row.id);
      }
      await checkAddresses(pages, led);
    });
    await fc.assert(property, { seed: SEED, numRuns: runs });
  });
}

/** What may be refused; anything else is a mistake. */
const EXPECTED: ReadonlySet<string> = new Set([
  'slug-taken',
  'page-cycle',
  'home-at-top',
  'home-not-shown',
  'page-deleted',
  'page-not-deleted',
  'page-missing',
  'too-deep',
  'address-taken',
  'redirect-exists',
]);

async function act(
  pages: TestPages,
  { kind, page, other, name }: Intent,
): Promise<{ readonly ok: true } | RefusedPage> {
  const { store } = pages;
  const rows = await rowsIn(pages);
  // Most is wanted of what it can be done to.
  const isOfBin = kind === 'restore' || kind === 'purge';
  const fitting = rows.filter((row) => (row.deleted_at !== null) === isOfBin || other % 10 === 9);
  const { id, revision: seen } = fitting[page % Math.max(fitting.length, 1)] ?? { id: 'none', revision: 1 };
  // One in four stands at the top.
  const parent = other % 4 === 0 ? null : (there(rows)[other % Math.max(there(rows).length, 1)]?.id ?? null);
  switch (kind) {
    case 'create': {
      const made = await createPage(store, { title: name, parent, isHome: other === 8 }, ann);
      if (made.ok) await publish(pages, made.page);
      return made;
    }
    case 'link':
      return await createLink(
        store,
        { title: name, parent, target: 'https://example.com/', publishedAt: 0 },
        ann,
      );
    case 'rename':
      return await changePage(store, id, { seen, title: name, slug: other % 2 === 0 ? name : '' }, ann);
    case 'move': {
      const siblings = there(rows).filter((row) => row.parent === parent);
      return await movePage(store, id, { seen, parent, before: siblings[page]?.id ?? null }, ann);
    }
    case 'reorder': {
      const order = there(rows)
        .filter((row) => row.parent === parent)
        .map((row) => row.id);
      return await reorderPages(store, { parent, seen: order, order: order.toReversed() });
    }
    case 'home':
      return await setHome(store, id, { seen }, ann);
    case 'delete':
      return await deletePage(store, id, { seen }, ann);
    case 'restore':
      return await restorePage(store, id, { seen }, ann);
    case 'purge':
      return await purgePage(store, id, { seen }, ann);
    case 'clone':
      return await clonePage(store, id, { seen, isWithBranch: other % 2 === 0 }, ann);
    case 'redirect':
      return await createRedirect(store, { from: `/${name}`, to: { kind: 'gone' } }, ann);
    case 'protect':
      return await changePage(store, id, { seen, needsSignIn: other % 2 === 0 }, ann);
  }
}

/** All rows of a site, in the order in which pages stand. */
async function rowsIn({ store, database }: TestPages): Promise<readonly PageRow[]> {
  return await database.kysely
    .selectFrom('pages')
    .selectAll()
    .where('site', '=', store.site)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** Those that are not in the bin. */
function there(rows: readonly PageRow[]): readonly PageRow[] {
  return rows.filter((row) => row.deleted_at === null);
}

function checkRows(rows: readonly PageRow[]): void {
  const pages = new Map(there(rows).map((row) => [row.id, row]));
  for (const row of pages.values()) {
    const parent =
      row.parent === null ? undefined : (pages.get(row.parent) ?? assert.fail('its parent is not there'));
    assert.equal(row.path, parent === undefined ? row.slug : `${parent.path}/${row.slug}`);
    // The depth grows with each parent, so there is no cycle.
    assert.equal(row.depth, (parent?.depth ?? 0) + 1);
    assert.equal(row.is_protected, Math.max(row.needs_sign_in, parent?.is_protected ?? 0));
    assert.ok(row.slug !== '' || row.path === '', 'only the home page has no slug');
    assert.notEqual(parent?.path, '');
  }
  const paths = [...pages.values()].map(({ path }) => path);
  assert.equal(new Set(paths).size, paths.length);
  const places = [...pages.values()].map(({ parent, position }) => `${parent} ${position}`);
  assert.equal(new Set(places).size, places.length);
}

/** No page leads to itself. */
async function checkRedirects(pages: TestPages, rows: readonly PageRow[]): Promise<void> {
  const addresses = new Map(there(rows).map(({ id, path }) => [id, path]));
  const circles = (await redirectsIn(pages)).filter(
    ({ from_path: path, target_page: page }) => page !== null && addresses.get(page) === path,
  );
  assert.deepEqual(circles, []);
}

/** Every address at which visitors ever saw a page that is still there leads to it, or to the page that they saw there later. */
async function checkAddresses(pages: TestPages, led: ReadonlyMap<string, string>): Promise<void> {
  const rows = new Map(there(await rowsIn(pages)).map((row) => [row.id, row]));
  for (const [path, id] of led) {
    const row = rows.get(id);
    if (row === undefined || !(await isPublished(pages, row))) continue;
    const answer = await readPublicPage(pages.store, { path: addressOfPath(path), isSignedIn: true });
    const where = `/${path}, which was that of /${row.path}: ${JSON.stringify(answer)}`;
    if (row.path !== path)
      assert.deepEqual(answer, { kind: 'redirect', to: addressOfPath(row.path), status: 301 }, where);
    else if (row.kind === 'page') assert.ok(answer.kind === 'page' && answer.page.id === id, where);
    else assert.deepEqual(answer, { kind: 'redirect', to: 'https://example.com/', status: 302 }, where);
  }
}

async function isPublished({ database }: TestPages, row: PageRow): Promise<boolean> {
  if (row.kind === 'link') return row.published_at !== null;
  const commit = await database.kysely
    .selectFrom('commits')
    .select('number')
    .where('document', '=', row.document)
    .executeTakeFirst();
  return commit !== undefined;
}
