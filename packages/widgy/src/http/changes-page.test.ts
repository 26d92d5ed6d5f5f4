import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openMigrated, testDatabases } from '../testing/test-databases.ts';
import { expectStatus, makePage, testApi } from './api-fixture.ts';
import { listIn, objectIn } from './checked-fixture.ts';
import { MAX_CHANGES_PAGE_BYTES } from './limits.ts';

/** Bytes of each change, in characters of two bytes each; what is around them fits beside three of them into a page. */
const SIZES = [0.3, 0.3, 0.3, 0.3, 0.9, 0.2, 0.6].map((part) => part * MAX_CHANGES_PAGE_BYTES);

/** The changes of each page. The sixth and the seventh fit beside each other, and the fifth beside neither. */
const PAGES = [[1, 2, 3], [4], [5], [6, 7], [8], [9]];

describe('a page of changes', () => {
  for (const { name, createUrl } of testDatabases) {
    it(`is bounded by bytes, and has one change at least, with ${name}`, async () => {
      const api = await testApi({ database: await openMigrated(await createUrl()) });
      const page = await makePage(api, 'page');
      const change = async (after: number, operations: readonly unknown[]) =>
        expectStatus(await api.ask(`POST ${page}/changes`, { body: { after, operations } }), 200);
      // Beginning with the number, since what changes nothing is no change.
      const set = (id: string, bytes: number, after: number) => ({
        kind: 'set',
        id,
        fields: { a: `${after}${'é'.repeat(bytes / 2)}` },
      });
      for (const [after, bytes] of SIZES.entries()) await change(after, [set('one', bytes, after)]);
      const half = 0.6 * MAX_CHANGES_PAGE_BYTES;
      await change(7, [set('one', half, 7), set('box', half, 7)]);
      await change(8, [set('one', 2, 8)]);
      const statements: string[] = [];
      api.documents.database.onStatement(({ sql }) => statements.push(sql));
      const got: unknown[][] = [];
      for (let after = 0; after < 9; after = Number(got.at(-1)?.at(-1))) {
        const told = expectStatus(await api.ask(`GET ${page}/changes?after=${after}`), 200);
        assert.equal(told.sequence, 9);
        got.push(listIn(told.changes).map((each) => objectIn(each).sequence));
      }
      assert.deepEqual(got, PAGES);
      assert.equal(statements.length, 3 * PAGES.length);
      for (const sql of statements) assert.doesNotMatch(sql, /inverses|\*/);
    });
  }

  it('that is not kept any more costs no reading of what is kept', async () => {
    const api = await testApi({ documents: { keptChanges: 2 } });
    const page = await makePage(api, 'page');
    for (let after = 0; after < 300; after++) {
      const body = { after, operations: [{ kind: 'set', id: 'one', fields: { a: after } }] };
      expectStatus(await api.ask(`POST ${page}/changes`, { body }), 200);
    }
    const statements: string[] = [];
    api.documents.database.onStatement(({ sql }) => statements.push(sql));
    const gone = expectStatus(await api.ask(`GET ${page}/changes?after=0`), 409, 'log-gone');
    assert.ok(Number(gone.oldest) > 0 && gone.sequence === 300);
    for (const sql of statements) assert.doesNotMatch(sql, /inverses|\*|select .*"operations".* from/);
    expectStatus(await api.ask(`GET ${page}/changes?after=${gone.oldest}`), 200);
    expectStatus(await api.ask(`GET ${page}/changes?after=${Number(gone.oldest) - 1}`), 409, 'log-gone');
  });
});
