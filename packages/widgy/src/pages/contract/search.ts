import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';
import { commitDraft } from '../../documents/commits/commit-draft.ts';
import { scheduleCommit } from '../../documents/commits/schedule-commit.ts';
import { withdrawDocument } from '../../documents/commits/withdraw-document.ts';
import { changeDraft } from '../../documents/drafts/change-draft.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { deletePage } from '../bin.ts';
import { changePage } from '../change-page.ts';
import { MAX_COUNTED_HITS } from '../limits.ts';
import type { Page } from '../page.ts';
import {
  ann,
  done,
  draftPage,
  growBranch,
  openTestPages,
  publicPage,
  type TestPages,
  textOf,
} from '../pages-fixture.ts';
import { reindexPages } from '../search/reindex.ts';
import { searchPages } from '../search/search-pages.ts';

/** Tests of searching pages, on one kind of database. */
export function testSearch(database: Database): void {
  const open = (options: Parameters<typeof openTestPages>[1] = {}) => openTestPages(database, options);
  const search = async ({ store }: TestPages, text: string, isSignedIn = false) =>
    (await searchPages(store, { text, isSignedIn })).hits.map(({ title }) => title);
  /** Gives a page another text, and commits it. */
  const rewrite = async (
    { documents }: TestPages,
    page: Page,
    { rich, after, at }: { readonly rich: string; readonly after: number; readonly at: number | null },
  ) => {
    assert.ok(page.kind === 'page' && page.document !== null);
    const { document } = page;
    const operation = { kind: 'set', id: 't', fields: { rich }, unset: [] } as const;
    const changed = await changeDraft(documents, document, { after, operations: [operation] }, ann);
    assert.ok(changed.ok, JSON.stringify(changed));
    const committed = await commitDraft(documents, document, { after: after + 1, publishAt: at }, ann);
    assert.ok(committed.ok, JSON.stringify(committed));
    return { document, commit: committed.commit };
  };

  describe('a search', () => {
    it('finds words, phrases and beginnings, and leaves out what is not wanted', async () => {
      const pages = open();
      await publicPage(pages, {
        title: 'Wooden boats',
        start: textOf('<p>Built of <b>o</b>ak in Ålesund.</p><p>By hand &amp; heart</p>', {
          markdown: '# Sails\n\nred *or* white <script>',
        }),
      });
      await publicPage(pages, { title: 'Boat shop', start: textOf('<p>Oars, and white paint.</p>') });
      await publicPage(pages, { title: '日本の船', start: textOf('<p>木の船です</p>') });
      const cases: readonly [text: string, titles: readonly string[]][] = [
        ['boats', ['Wooden boats']],
        ['boat', ['Boat shop', 'Wooden boats']],
        ['boat ', ['Boat shop']],
        ['OAK ', ['Wooden boats']],
        ['alesund', ['Wooden boats']],
        ['Ålesund', ['Wooden boats']],
        ['white', ['Boat shop', 'Wooden boats']],
        ['white -sails', ['Boat shop']],
        ['white -"and white"', ['Wooden boats']],
        ['"built of oak"', ['Wooden boats']],
        ['"oak of built"', []],
        ['"built oak"', []],
        // No phrase goes from one part into the next.
        ['"boats built"', []],
        ['"hand & heart"', ['Wooden boats']],
        ['hand-heart ', ['Wooden boats']],
        ['boats paint', []],
        ['script', ['Wooden boats']],
        ['船', ['日本の船']],
        ['日本', ['日本の船']],
        ['本日', []],
        ['-white', []],
        ['', []],
        ['"', []],
        ['- " -"" ""', []],
        ['white NOT sails', []],
        ['white OR zzz', []],
        ['title:boats', []],
        ['boat*', ['Boat shop']],
        ["white' | 'oak ", ['Wooden boats']],
        ['white & !paint', ['Boat shop']],
        ['(white', ['Boat shop', 'Wooden boats']],
        ['white\0 \ud800', ['Boat shop', 'Wooden boats']],
      ];
      for (const [text, titles] of cases) {
        assert.deepEqual((await search(pages, text)).toSorted(), titles, JSON.stringify(text));
      }
    });

    it('never fails, whatever is typed', async () => {
      const pages = open();
      await publicPage(pages, { title: 'A', start: textOf('<p>a b c</p>') });
      const syntax = fc.constantFrom(
        '"',
        '-',
        '*',
        '(',
        ')',
        ':',
        '&',
        '|',
        '!',
        "'",
        '\\',
        'NEAR(a b)',
        '<->',
        '^',
        '{',
        ' ',
        'a',
        'OR',
      );
      const typed = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(syntax).map((parts) => parts.join('')),
      );
      await fc.assert(
        fc.asyncProperty(typed, async (text) => {
          const { hits } = await searchPages(pages.store, { text, isSignedIn: false });
          assert.ok(hits.length <= 1);
        }),
        { seed: SEED, numRuns: 100 },
      );
    });

    it('puts titles before descriptions, and descriptions before texts', async () => {
      const pages = open();
      await publicPage(pages, { title: 'One', start: textOf('<p>rope</p>') });
      await publicPage(pages, { title: 'Two', metaDescription: 'rope', start: textOf('<p>x</p>') });
      await publicPage(pages, { title: 'Rope', start: textOf('<p>x</p>') });
      assert.deepEqual(await search(pages, 'rope'), ['Rope', 'Two', 'One']);
    });

    it('shows where it was found, as text and not as markup', async () => {
      const pages = open();
      const filler = 'lorem ipsum '.repeat(50);
      await publicPage(pages, {
        title: 'A',
        start: textOf(`<p>${filler}the &lt;b&gt;Old rope&lt;/b&gt; ${filler}</p>`),
      });
      const { hits } = await searchPages(pages.store, { text: '"old rope"', isSignedIn: false });
      const [hit] = hits;
      assert.equal(hit?.url, '/a');
      const [before, found, behind, ...more] = hit?.snippet ?? [];
      assert.deepEqual([found, more], [{ text: 'Old rope', isHit: true }, []]);
      assert.match(before?.text ?? '', /^…(?:lorem|ipsum).*the <b>$/);
      assert.match(behind?.text ?? '', /^<\/b> lorem.*…$/);
      assert.ok((hit?.snippet ?? []).reduce((sum, { text }) => sum + text.length, 0) <= 210);
    });

    it('finds what visitors see, from the moment from which they do', async () => {
      const pages = open();
      const page = await publicPage(pages, { title: 'A', expiresAt: 9000, start: textOf('<p>first</p>') });
      const draft = await draftPage(pages, { title: 'Draft', start: textOf('<p>secret</p>') });
      const { document, commit } = await rewrite(pages, page, { rich: '<p>second</p>', after: 0, at: 5000 });
      await rewrite(pages, draft, { rich: '<p>kept</p>', after: 0, at: null });
      const found = async () => {
        const words = ['first', 'second', 'third', 'secret', 'kept'];
        const hits = await Promise.all(words.map((word) => search(pages, word)));
        return words.filter((_, at) => (hits[at] ?? []).length > 0);
      };
      assert.deepEqual(await found(), ['first']);
      pages.clock.now = 4999;
      assert.deepEqual(await found(), ['first']);
      pages.clock.now = 5000;
      assert.deepEqual(await found(), ['second']);
      pages.clock.now = 4000;
      const rescheduled = await scheduleCommit(
        pages.documents,
        document,
        { commit, seen: 5000, publishAt: 'now' },
        ann,
      );
      assert.ok(rescheduled.ok);
      assert.deepEqual(await found(), ['second']);
      assert.ok(draft.kind === 'page' && draft.document !== null);
      const published = await scheduleCommit(
        pages.documents,
        draft.document,
        { commit: 1, seen: null, publishAt: 'now' },
        ann,
      );
      assert.ok(published.ok);
      assert.deepEqual(await found(), ['second', 'kept']);
      await rewrite(pages, page, { rich: '<p>third</p>', after: 1, at: 6000 });
      const withdrawn = await withdrawDocument(pages.documents, document, { head: 3, at: 7000 }, ann);
      assert.ok(withdrawn.ok);
      pages.clock.now = 6000;
      assert.deepEqual(await found(), ['third', 'kept']);
      pages.clock.now = 7000;
      assert.deepEqual(await found(), ['kept']);
      done(await deletePage(pages.store, draft.id, { seen: 1 }, ann));
      assert.deepEqual(await found(), []);
      const rows = await database.kysely
        .selectFrom('page_texts')
        .select('version')
        .where('page', '=', page.id)
        .execute();
      assert.ok(rows.length <= 3, 'what is never shown again is not kept');
    });

    it('finds nothing of expired pages, and what needs signing in for those who are', async () => {
      const pages = open();
      await publicPage(pages, { title: 'Expired rope', expiresAt: 1000 });
      const members = await publicPage(pages, { title: 'Rope of members', needsSignIn: true });
      await publicPage(pages, { title: 'Rope below', parent: members.id });
      assert.deepEqual(await search(pages, 'rope'), []);
      assert.deepEqual((await search(pages, 'rope', true)).toSorted(), ['Rope below', 'Rope of members']);
      assert.deepEqual(
        await search({ ...pages, store: { ...pages.store, site: 'other' } }, 'rope', true),
        [],
      );
    });

    it('knows a title and a description as soon as they are changed', async () => {
      const pages = open();
      const page = await publicPage(pages, { title: 'Rope' });
      done(await changePage(pages.store, page.id, { seen: 1, title: 'Twine', metaDescription: 'hemp' }, ann));
      assert.deepEqual([await search(pages, 'rope'), await search(pages, 'twine hemp')], [[], ['Twine']]);
    });

    it('counts up to a limit, in one statement, and gives parts', async () => {
      const pages = open();
      const page = await publicPage(pages, { title: 'Rope' });
      await growBranch(pages, page, MAX_COUNTED_HITS + 50);
      await database.kysely
        .updateTable('pages')
        .set({ title: 'Rope' })
        .where('site', '=', pages.store.site)
        .execute();
      const before = await searchPages(pages.store, { text: 'rope', isSignedIn: false });
      assert.deepEqual([before.total, before.isMore], [1, false]);
      // They share one document: when it is indexed anew, all of them are.
      done(await changePage(pages.store, page.id, { seen: 1, metaDescription: 'rope' }, ann));
      const statements = await statementsOfWork(database, async () => {
        const found = await searchPages(pages.store, {
          text: 'rope',
          isSignedIn: false,
          offset: 990,
          limit: 20,
        });
        assert.deepEqual([found.total, found.isMore, found.hits.length], [MAX_COUNTED_HITS, true, 10]);
      });
      assert.equal(statements.length, 1);
      assert.deepEqual(
        await statementsOfWork(database, () => searchPages(pages.store, { text: ' ', isSignedIn: false })),
        [],
      );
    });

    it('can be made ready anew', async () => {
      const pages = open();
      await publicPage(pages, { title: 'Rope', start: textOf('<p>hemp</p>') });
      await draftPage(pages, { title: 'Draft' });
      await database.kysely.deleteFrom('page_texts').where('page', 'like', `${pages.store.site}%`).execute();
      assert.deepEqual(await search(pages, 'hemp'), []);
      assert.equal(await reindexPages(pages.store), 2);
      assert.deepEqual(await search(pages, 'hemp'), ['Rope']);
      assert.equal(await reindexPages(pages.store), 2);
      assert.deepEqual(await search(pages, 'hemp rope'), ['Rope']);
    });
  });
}
