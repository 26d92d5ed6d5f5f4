import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { applyOperation } from '../../tree/apply.ts';
import { formatTree } from '../../tree/format.ts';
import type { Operation } from '../../tree/operation.ts';
import {
  counter,
  type Intent,
  operationFor,
  randomIntent,
  randomTree,
  SEED,
} from '../../tree/random-fixture.ts';
import { hashTree, type Tree } from '../../tree/tree.ts';
import { accepted, ann, createFrom, looseSite, openStore } from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { foldDraft } from '../drafts/fold-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { readLog } from '../drafts/read-log.ts';
import { replay } from '../drafts/replay.ts';
import { formatOperations } from '../drafts/stored.ts';
import { undoChange } from '../drafts/undo-change.ts';
import type { DocumentStore } from '../store.ts';

/** Something that one of several people does: look at the draft, change what they saw, or undo something. */
interface Step {
  readonly person: number;
  readonly what: 'look' | 'change' | 'change twice' | 'undo' | 'fold';
  readonly intents: readonly Intent[];
  readonly change: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  person: fc.nat(2),
  what: fc.constantFrom('look', 'change', 'change', 'change twice', 'change', 'undo', 'fold'),
  intents: fc.array(randomIntent, { minLength: 1, maxLength: 3 }),
  change: fc.nat(10),
});

/** Tests of people who work on one document, each knowing another state of it. */
export function testRandomClients({ createUrl, isShared }: TestDatabases): void {
  describe('people who work at once', () => {
    it('end with one tree, which has all that was acknowledged', async () => {
      const url = await createUrl();
      const one = await openStore(url, { site: looseSite });
      const stores = isShared ? [one, await openStore(url, { site: looseSite })] : [one];
      let count = 0;
      let accepts = 0;
      await fc.assert(
        fc.asyncProperty(randomTree(8), fc.array(step, { maxLength: 12 }), async (start, steps) => {
          count += 1;
          const document = await createFrom(one, JSON.parse(formatTree(start)), `d${count}`);
          const people = await Promise.all(
            [0, 1, 2].map((at) => knowing(stores[at % stores.length] ?? one, document)),
          );
          const newId = counter(`n${count}-`);
          let log: readonly Operation[] = [];
          let before: Tree | undefined;
          for (const { person, what, intents, change } of steps) {
            const who = people[person];
            assert.ok(who);
            before ??= who.tree;
            if (what === 'look') Object.assign(who, await knowing(who.store, document));
            else if (what === 'fold') {
              const read = await readDraft(who.store, document);
              assert.ok(read);
              await foldDraft(who.store, read.draft);
            } else if (what === 'undo') {
              const answer = await undoChange(who.store, document, { change }, ann);
              if (answer.ok) log = [...log, ...answer.operations];
            } else {
              const request = {
                after: who.sequence,
                operations: wishes(who.tree, intents, newId),
                key: `k${log.length}`,
              };
              const answer = await changeDraft(who.store, document, request, ann);
              if (answer.ok) {
                accepts += 1;
                log = [...log, ...answer.operations];
              }
              if (what === 'change twice' && answer.ok) {
                const again = accepted(await changeDraft(who.store, document, request, ann));
                if (answer.operations.length > 0) assert.equal(again.sequence, answer.sequence);
                assert.equal(formatOperations(again.operations), formatOperations(answer.operations));
              }
            }
          }
          // Whoever reads it, from whatever is known or from the database alone, gets what was acknowledged.
          const expected = hashTree(replay(before ?? start, log, 'the log'));
          for (const isForgotten of [false, true]) {
            for (const store of stores) {
              if (isForgotten) store.drafts.clear();
              const read = await readDraft(store, document);
              assert.equal(
                read && hashTree(read.draft.tree),
                before === undefined ? read?.state.hash : expected,
              );
              assert.equal(read?.state.hash, read && hashTree(read.draft.tree));
            }
          }
          const { sequence } = (await readDraft(one, document))?.draft ?? assert.fail();
          const kept = await readLog(one.database.kysely, { document, after: 0, upTo: sequence });
          assert.equal(formatOperations(kept.flatMap(({ operations }) => operations)), formatOperations(log));
        }),
        { seed: SEED, numRuns: 40 },
      );
      assert.ok(accepts > 60, `only ${accepts} changes`);
    });
  });
}

/** What somebody knows of a document. */
async function knowing(store: DocumentStore, document: string) {
  const read = await readDraft(store, document);
  assert.ok(read);
  const { sequence, tree } = read.draft;
  return { store, sequence, tree };
}

/** What somebody wants to do to the tree they know, one after the other; only what fits it. */
function wishes(tree: Tree, intents: readonly Intent[], newId: () => string): readonly Operation[] {
  let next = tree;
  return intents.flatMap((intent) => {
    const operation = operationFor(next, intent, newId);
    const applied = applyOperation(next, operation);
    if (!applied.ok) return [];
    next = applied.tree;
    return [operation];
  });
}
