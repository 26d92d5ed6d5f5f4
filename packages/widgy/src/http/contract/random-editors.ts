import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readDraft } from '../../documents/drafts/read-draft.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { applyOperation } from '../../tree/apply.ts';
import { formatTree } from '../../tree/format.ts';
import { formatOperation, type Operation } from '../../tree/operation.ts';
import { parseTree } from '../../tree/parse.ts';
import { parseOperation } from '../../tree/parse-operation.ts';
import {
  counter,
  type Intent,
  operationFor,
  randomIntent,
  randomTree,
  SEED,
} from '../../tree/random-fixture.ts';
import { hashTree, type Tree } from '../../tree/tree.ts';
import { expectStatus, type TestApi, testApi } from '../api-fixture.ts';
import { listIn, objectIn } from '../checked-fixture.ts';
import { listen, openEvents, request } from '../client-fixture.ts';

const EDITORS = 6;

/** What each editor tries, one after the other. */
const STEPS = 25;

/** An editor's own copy of the document. */
interface Copy {
  sequence: number;
  tree: Tree;
}

/** What was acknowledged: the operations that were done, as their JSON. */
type Acknowledged = Map<number, string>;

/** Tests of editors with copies of their own, who ask two servers at once. */
export function testRandomEditors({ name, createUrl }: TestDatabases): void {
  describe(`editors at once, with ${name}`, () => {
    it('all end with the tree that the log gives, and nothing acknowledged is lost', async (t) => {
      const url = await createUrl();
      const servers: (TestApi & { readonly base: string })[] = [];
      for (const _ of [1, 2]) {
        const limits = { pollMs: 10 };
        const api = await testApi({ database: await openMigrated(url), api: { limits } });
        servers.push({ ...api, base: await listen(api.app) });
      }
      const [one] = servers;
      assert.ok(one);
      const [start] = fc.sample(randomTree(12), { seed: SEED, numRuns: 1 });
      assert.ok(start);
      const tree = JSON.parse(formatTree(start));
      expectStatus(await request(one.base, 'POST /documents', { body: { id: 'd', start: { tree } } }), 201);
      const first = await readCopy(one.base);
      const intents = fc.sample(randomIntent, { seed: SEED, numRuns: EDITORS * STEPS });
      const acknowledged: Acknowledged = new Map();
      const refused = new Map<string, number>();
      const finish = await Promise.all(
        Array.from({ length: EDITORS }, async (_, at) => {
          const base = servers[at % servers.length]?.base ?? assert.fail();
          const own = intents.slice(at * STEPS, (at + 1) * STEPS);
          return await edit({
            base,
            name: `e${at}`,
            isListening: at < EDITORS / 2,
            intents: own,
            acknowledged,
            refused,
          });
        }),
      );

      const last = await readCopy(one.base);
      const hash = hashTree(last.tree);
      for (const upTo of finish) assert.equal(hashTree((await upTo(last.sequence)).tree), hash);
      const log: string[] = [];
      const again: Copy = { ...first };
      for (const change of await readChanges(one.base, 0)) {
        log[change.sequence] = change.operations.map(formatOperation).join();
        follow(again, change);
      }
      assert.equal(hashTree(again.tree), hash);
      assert.equal(again.sequence, last.sequence);
      for (const { documents } of servers) {
        documents.drafts.clear();
        documents.trees.clear();
        const read = await readDraft(documents, 'd');
        assert.equal(read && hashTree(read.draft.tree), hash);
      }
      for (const [sequence, operations] of acknowledged) assert.equal(log[sequence], operations);
      assert.equal(acknowledged.size, last.sequence);
      t.diagnostic(`${acknowledged.size} were done, refused were ${JSON.stringify([...refused])}`);
      assert.ok(acknowledged.size > EDITORS * STEPS * 0.3, `only ${acknowledged.size} were done`);
    });
  });
}

/** What one editor needs. */
interface Editor {
  readonly base: string;
  readonly name: string;
  /** Whether it listens to events; if not, it reads the changes before some of its own. */
  readonly isListening: boolean;
  readonly intents: readonly Intent[];
  readonly acknowledged: Acknowledged;
  readonly refused: Map<string, number>;
}

/** Does what an editor wants to; gives a function that waits until its copy is at a sequence number. */
async function edit({ base, name, isListening, intents, acknowledged, refused }: Editor) {
  const copy = await readCopy(base);
  const upTo = isListening ? await listenTo(base, copy) : (sequence: number) => catchUp(base, copy, sequence);
  const newId = counter(`${name}-`);
  for (const [at, intent] of intents.entries()) {
    const { sequence: after, tree } = copy;
    const operation = operationFor(tree, intent, newId);
    if (!applyOperation(tree, operation).ok) continue;
    const sent = {
      body: { after, operations: [JSON.parse(formatOperation(operation))] },
      headers: { 'idempotency-key': `${name}.${at}` },
    };
    const answer = await request(base, 'POST /documents/d/changes', sent);
    if (answer.status === 200) {
      if (at % 5 === 0) await assertRepeated(base, sent, answer.text);
      const operations = operationsIn(answer.json.operations);
      if (operations.length > 0) {
        assert.ok(!acknowledged.has(Number(answer.json.sequence)));
        acknowledged.set(Number(answer.json.sequence), operations.map(formatOperation).join());
      }
    } else {
      // What was made for another tree than there is now may be a conflict, or against what others did.
      expectStatus(answer, 409);
      const code = String(answer.json.code);
      assert.ok(code === 'conflict' || code === 'operation-refused', code);
      refused.set(code, (refused.get(code) ?? 0) + 1);
    }
    if (!isListening && at % 3 === 0) await catchUp(base, copy, 0);
  }
  return upTo;
}

/** Where something was done, the same request is answered by the same bytes. */
async function assertRepeated(
  base: string,
  sent: Parameters<typeof request>[2],
  text: string,
): Promise<void> {
  const again = await request(base, 'POST /documents/d/changes', sent);
  assert.equal(again.status, 200, again.text);
  const { operations } = objectIn(JSON.parse(text));
  if (listIn(operations).length > 0) assert.equal(again.text, text);
}

async function readCopy(base: string): Promise<Copy> {
  const { headers, json } = await request(base, 'GET /documents/d/versions/draft/tree');
  const parsed = parseTree(json);
  assert.ok(parsed.ok);
  return { sequence: Number(headers['widgy-sequence']), tree: parsed.value };
}

/** A change as an editor is told of it. */
interface ToldChange {
  readonly sequence: number;
  readonly operations: readonly Operation[];
}

async function readChanges(base: string, after: number): Promise<readonly ToldChange[]> {
  const all: ToldChange[] = [];
  for (;;) {
    const from = all.at(-1)?.sequence ?? after;
    const { json } = await request(base, `GET /documents/d/changes?after=${from}`);
    const page = listIn(json.changes).map(changeIn);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

async function catchUp(base: string, copy: Copy, atLeast: number): Promise<Copy> {
  for (const change of await readChanges(base, copy.sequence)) follow(copy, change);
  assert.ok(copy.sequence >= atLeast);
  return copy;
}

/** Follows the events of a document; gives a function that waits for a sequence number. */
async function listenTo(base: string, copy: Copy) {
  const events = await openEvents(base, `/documents/d/events?after=${copy.sequence}`);
  const waiting = new Set<() => void>();
  const done = (async () => {
    for (let event = await events.next(); event !== undefined; event = await events.next()) {
      if (event.name === 'change') follow(copy, changeIn(event.data));
      for (const wake of waiting) wake();
    }
  })();
  return async (sequence: number): Promise<Copy> => {
    while (copy.sequence < sequence) await new Promise<void>((resolve) => waiting.add(resolve));
    events.close();
    await done;
    return copy;
  };
}

/** Every change comes once, and in order. */
function follow(copy: Copy, { sequence, operations }: ToldChange): void {
  assert.equal(sequence, copy.sequence + 1);
  let { tree } = copy;
  for (const operation of operations) {
    const applied = applyOperation(tree, operation);
    assert.ok(applied.ok);
    tree = applied.tree;
  }
  Object.assign(copy, { sequence, tree });
}

function changeIn(value: unknown): ToldChange {
  const { sequence, operations } = objectIn(value);
  return { sequence: Number(sequence), operations: operationsIn(operations) };
}

function operationsIn(value: unknown): readonly Operation[] {
  return listIn(value).map((each) => {
    const parsed = parseOperation(each);
    assert.ok(parsed.ok);
    return parsed.value;
  });
}
