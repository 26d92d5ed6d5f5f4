import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { expectStatus, testApi } from '../api-fixture.ts';
import { listIn, objectIn } from '../checked-fixture.ts';
import { listen, request } from '../client-fixture.ts';

const CLIENTS = 20;

/** What each client does, one after the other: two thousand in all. */
const OPERATIONS = 100;

/** Tests of twenty clients who change one document at once. */
export function testManyOperations({ name, createUrl }: TestDatabases): void {
  describe(`twenty clients at once, with ${name}`, () => {
    it('have all their operations done, each once', async (t) => {
      const api = await testApi({ database: await openMigrated(await createUrl()) });
      const base = await listen(api.app);
      const ids = Array.from({ length: CLIENTS }, (_, at) => `c${at}`);
      const tree = { id: 'root', type: 'page', children: ids.map((id) => ({ id, type: 'box' })) };
      expectStatus(await request(base, 'POST /documents', { body: { id: 'd', start: { tree } } }), 201);
      const start = performance.now();
      const numbers = (await Promise.all(ids.map((id) => work(base, id)))).flat().toSorted((a, b) => a - b);
      t.diagnostic(`${CLIENTS * OPERATIONS} operations took ${Math.round(performance.now() - start)} ms`);

      assert.deepEqual(
        numbers,
        Array.from({ length: CLIENTS * OPERATIONS }, (_, at) => at + 1),
      );
      api.documents.drafts.clear();
      api.documents.trees.clear();
      const { json } = await request(base, 'GET /documents/d/versions/draft/tree');
      const boxes = listIn(json.children).map(objectIn);
      assert.equal(boxes.length, CLIENTS);
      for (const { id, fields, children } of boxes) {
        assert.equal(objectIn(fields).a, OPERATIONS - 2);
        const expected = Array.from({ length: OPERATIONS / 2 }, (_, at) => `${id}-${2 * at + 1}`);
        assert.deepEqual(
          listIn(children).map((widget) => objectIn(widget).id),
          expected,
        );
      }
    });
  });
}

/** Sets a field of a client's own box and adds widgets to it, by turns. Gives the numbers of the changes. */
async function work(base: string, id: string): Promise<readonly number[]> {
  const sequences: number[] = [];
  for (let at = 0; at < OPERATIONS; at++) {
    const operation =
      at % 2 === 0
        ? { kind: 'set', id, fields: { a: at } }
        : { kind: 'insert', widget: { id: `${id}-${at}`, type: 'text' }, at: { parent: id } };
    const body = { after: sequences.at(-1) ?? 0, operations: [operation] };
    const headers = { 'idempotency-key': `${id}.${at}` };
    const answer = await request(base, 'POST /documents/d/changes', { body, headers });
    sequences.push(Number(expectStatus(answer, 200).sequence));
  }
  return sequences;
}
