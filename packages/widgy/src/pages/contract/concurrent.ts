import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Database } from '../../database/database.ts';
import { changePage } from '../change-page.ts';
import { createLink } from '../create-page.ts';
import { movePage } from '../move-page.ts';
import type { Page } from '../page.ts';
import { ann, done, draftPage, openTestPages, pathsIn, publicLink } from '../pages-fixture.ts';
import { createRedirect } from '../redirects.ts';
import type { RefusedPage } from '../refusal.ts';

const AT_ONCE = 6;

/** Tests of people who do things to pages at the same moment, on one kind of database. */
export function testConcurrent(database: Database): void {
  const atOnce = async <T>(act: (number: number) => Promise<T>): Promise<readonly T[]> =>
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => act(at)));
  /** How many were done; the others must have been refused for one of these reasons. */
  const countDone = (
    answers: readonly ({ readonly ok: true } | RefusedPage)[],
    ...codes: string[]
  ): number => {
    for (const answer of answers)
      if (!answer.ok) assert.ok(codes.includes(answer.refusal.code), answer.refusal.what);
    return answers.filter(({ ok }) => ok).length;
  };

  describe('at the same moment', () => {
    it('one page gets a slug that several want, and the others are told who has it', async () => {
      const pages = openTestPages(database);
      const made = await atOnce((at) =>
        createLink(pages.store, { title: `${at}`, slug: 'same', target: '/' }, ann),
      );
      assert.equal(countDone(made, 'slug-taken'), 1);
      const others: Page[] = [];
      for (let at = 0; at < AT_ONCE; at += 1) {
        others.push(await publicLink(pages, { title: `Other ${at}`, target: '/' }));
      }
      const renamed = await atOnce((at) =>
        changePage(pages.store, others[at]?.id ?? '', { seen: 1, slug: 'new' }, ann),
      );
      assert.equal(countDone(renamed, 'slug-taken'), 1);
    });

    it('each page gets a slug of its own where none was asked for', async () => {
      const pages = openTestPages(database);
      const made = await atOnce(() => createLink(pages.store, { title: 'Same', target: '/' }, ann));
      assert.equal(countDone(made), AT_ONCE);
      const slugs = made.map((answer) => done(answer).page.slug);
      assert.deepEqual(slugs.toSorted(), ['same', 'same-2', 'same-3', 'same-4', 'same-5', 'same-6']);
      const positions = new Set(made.map((answer) => done(answer).page.position));
      assert.equal(positions.size, AT_ONCE);
    });

    it('no two pages get below one another', async () => {
      const pages = openTestPages(database);
      for (let round = 0; round < 3; round += 1) {
        const [a, b] = [
          await draftPage(pages, { title: `A${round}` }),
          await draftPage(pages, { title: `B${round}` }),
        ];
        const moved = await Promise.all([
          movePage(pages.store, a.id, { seen: 1, parent: b.id, before: null }, ann),
          movePage(pages.store, b.id, { seen: 1, parent: a.id, before: null }, ann),
        ]);
        assert.equal(countDone(moved, 'page-cycle'), 1);
      }
      assert.equal((await pathsIn(pages)).length, 6);
    });

    it('no two redirects lead to one another', async () => {
      const { store } = openTestPages(database);
      const make = (from: string, url: string) =>
        createRedirect(store, { from, to: { kind: 'url', url } }, ann);
      const made = await Promise.all([make('/a', '/b'), make('/b', '/a')]);
      assert.equal(countDone(made, 'redirect-loop'), 1);
    });

    it('one change of a page is done, and the others have to look again', async () => {
      const pages = openTestPages(database);
      const { id } = await draftPage(pages, { title: 'A' });
      const changed = await atOnce((at) => changePage(pages.store, id, { seen: 1, title: `${at}` }, ann));
      assert.equal(countDone(changed, 'stale'), 1);
    });
  });
}
