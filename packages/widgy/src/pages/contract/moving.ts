import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';

import { deletePage, restorePage } from '../bin.ts';
import { changePage } from '../change-page.ts';
import { MAX_PAGE_DEPTH, MAX_REORDERED } from '../limits.ts';
import { movePage, reorderPages } from '../move-page.ts';
import { listChildren } from '../page-tree.ts';
import {
  ann,
  answerAt,
  done,
  draftPage,
  growBranch,
  openTestPages,
  pathsIn,
  publicPage,
  redirectsIn,
  refused,
  type TestPages,
} from '../pages-fixture.ts';

/** Tests of moving pages, and of what is done to whole branches, on one kind of database. */
export function testMoving(database: Database): void {
  const open = () => openTestPages(database);
  const titles = async ({ store }: TestPages, parent: string | null = null) =>
    (await listChildren(store, parent)).pages.map(({ page }) => page.title);

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
