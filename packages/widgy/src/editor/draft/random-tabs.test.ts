import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatOperation } from '../../tree/operation.ts';
import {
  assertIndexed,
  counter,
  operationFor,
  randomIntent,
  randomTree,
  SEED,
} from '../../tree/random-fixture.ts';
import { catalogueOf } from '../../tree/rules/rules-fixture.ts';
import { ANY } from '../../tree/rules/type-rules.ts';
import { hashTree, type Tree } from '../../tree/tree.ts';
import { operationsOf } from './local-change.ts';
import { replay } from './replay.ts';
import { ServerModel } from './server-fixture.ts';
import { type Fates, Tab } from './tab-fixture.ts';

/** A box has room for few, so that the server refuses what a tab could still do. */
const slots = ['left', 'right'].map((name) => ({ name, accept: [ANY], max: 3 }));
const CATALOGUE = catalogueOf([
  { type: 'page', label: 'Page', isRootChoice: true, children: { accept: [ANY], slots } },
  { type: 'box', label: 'Box', children: { accept: [ANY], slots } },
  { type: 'text', label: 'Text', children: { accept: [ANY], slots } },
  { type: 'image', label: 'Image', children: { accept: ['text'], max: 1 } },
]);

/** What happens next: in which tab, and how much of it. */
const act = fc.record({
  tab: fc.nat(2),
  kind: fc.constantFrom(
    ...(['edit', 'edit', 'edit', 'edit', 'burst', 'burst', 'undo', 'redo'] as const),
    ...(['send', 'send', 'send', 'arrive', 'arrive', 'arrive', 'take', 'take', 'take'] as const),
    ...(['hear', 'hear', 'hear', 'cut', 'keep', 'kill', 'settle'] as const),
  ),
  intents: fc.array(randomIntent, { minLength: 1, maxLength: 3 }),
  count: fc.integer({ min: 1, max: 4 }),
});

function noFates(): Fates {
  return {
    made: new Set(),
    acknowledged: new Map(),
    conflicted: new Set(),
    takenBack: new Set(),
    lostUnkept: new Set(),
    voided: new Set(),
  };
}

/** What a tab shows is what the server has with what waits. */
function assertShown({ copy }: Tab): void {
  const shown = replay(copy.base, copy.waiting.flatMap(operationsOf));
  assert.equal(hashTree(copy.tree), hashTree(shown));
}

/** Everything that is on the way gets there. */
function deliver(tabs: readonly Tab[]): void {
  let isQuiet = false;
  while (!isQuiet) {
    isQuiet = true;
    for (const tab of tabs) {
      if (tab.copy.waiting.length > 0) isQuiet = false;
      tab.send();
      tab.arrive();
      tab.take();
      tab.hear(Number.POSITIVE_INFINITY);
    }
  }
}

describe('tabs of one draft', () => {
  it("end with the server's tree, and nothing is lost or done twice", (t) => {
    const counts = { done: 0, conflicts: 0, void: 0, taken: 0 };
    fc.assert(
      fc.property(randomTree(8), fc.array(act, { maxLength: 80, size: 'max' }), (tree, acts) => {
        const { server, tabs, fates } = run(tree, acts);
        deliver(tabs);
        assertSettled(server, tabs, fates);
        counts.done += server.log.length;
        counts.conflicts += fates.conflicted.size;
        counts.void += fates.voided.size;
        counts.taken += fates.takenBack.size;
      }),
      { seed: SEED, numRuns: 150 },
    );
    t.diagnostic(JSON.stringify(counts));
    assert.ok(counts.done > 300 && counts.conflicts > 50 && counts.taken > 30 && counts.void > 0);
  });

  it('of one person alone: undoing all gives the first tree, and redoing all the last', () => {
    const mine = fc.array(
      act.map((each) => ({ ...each, tab: 0 })).filter(({ kind }) => kind !== 'kill'),
      {
        maxLength: 40,
        size: 'max',
      },
    );
    let undone = 0;
    fc.assert(
      fc.property(randomTree(8), mine, fc.boolean(), (tree, acts, isSent) => {
        const { server, tabs } = run(tree, acts);
        const [tab] = tabs;
        assert.ok(tab);
        const settle = () => deliver([tab]);
        const turnAll = (turn: 'undo' | 'redo'): void => {
          for (let turned = tab[turn](); turned !== 'nothing'; turned = tab[turn]()) {
            if (turned === 'under-way' || isSent) settle();
            else assert.equal(turned, 'done');
            undone += 1;
          }
          settle();
        };
        while (tab.redo() !== 'nothing') settle();
        settle();
        const last = hashTree(server.tree);
        // What was edited while its undoing was under way is in conflict with that: it was shown until then.
        const { conflicts } = tab.copy;
        turnAll('undo');
        assert.equal(hashTree(tab.copy.tree), hashTree(tree));
        turnAll('redo');
        assert.equal(hashTree(tab.copy.tree), last);
        assert.deepEqual(tab.copy.conflicts, conflicts);
      }),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(undone > 300, `${undone}`);
  });
});

interface Run {
  readonly server: ServerModel;
  readonly tabs: readonly Tab[];
  readonly fates: Fates;
}

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function run(tree: Tree, acts: readonly Act[]): Run {
  const server = new ServerModel(tree, CATALOGUE);
  const fates = noFates();
  const tabs = ['a', 'b', 'c'].map((name) => new Tab(name, server, CATALOGUE, fates));
  const newId = counter('n');
  for (const { tab: at, kind, intents, count } of acts) {
    const tab = tabs[at];
    assert.ok(tab);
    switch (kind) {
      case 'edit':
      case 'burst': {
        let shown = tab.copy.tree;
        const operations = intents.slice(0, kind === 'burst' ? 1 : undefined).flatMap((intent) => {
          const wanted = kind === 'burst' ? ({ ...intent, kind: 'set', gap: 2 } as const) : intent;
          const operation = operationFor(shown, wanted, newId);
          try {
            shown = replay(shown, [operation]);
            return [operation];
          } catch {
            // An operation that does not fit is not done: a random one may be one.
            return [];
          }
        });
        tab.edit(operations, kind === 'burst');
        break;
      }
      case 'hear':
        tab.hear(count);
        break;
      default:
        tab[kind]();
    }
    assertShown(tab);
  }
  return { server, tabs, fates };
}

function assertSettled(server: ServerModel, tabs: readonly Tab[], fates: Fates): void {
  const hash = hashTree(server.tree);
  for (const { copy, name } of tabs) {
    assert.equal(hashTree(copy.tree), hash, `tab ${name} shows what the server has`);
    assert.equal(hashTree(copy.base), hash);
    assert.equal(copy.sequence, server.log.length);
    assert.deepEqual([copy.waiting, copy.heard, copy.isUnderWay], [[], [], false]);
    assertIndexed(copy.tree);
  }
  const keys = server.log.map(({ key }) => key ?? '');
  assert.equal(new Set(keys).size, keys.length, 'nothing is done twice');
  for (const [key, { sequence, operations }] of fates.acknowledged) {
    if (operations.length === 0) continue;
    const logged = server.log[sequence - 1];
    assert.equal(logged?.key, key, 'what was acknowledged is in the log');
    assert.equal(logged.operations.map(formatOperation).join(), operations.map(formatOperation).join());
  }
  for (const key of fates.made) {
    const isDone = fates.acknowledged.has(key);
    const isTold = fates.conflicted.has(key) || fates.takenBack.has(key) || fates.lostUnkept.has(key);
    assert.ok(isDone || isTold || fates.voided.has(key), `${key} has become something`);
    assert.equal(isDone && isTold, false, `${key} is not both done and shown as not done`);
    assert.equal(keys.includes(key) && isTold, false, `${key} is not done and shown as not done`);
  }
}
