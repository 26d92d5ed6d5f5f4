import assert from 'node:assert/strict';
import { findWidget, formatOperation, type Operation, parentOf, type Tree } from 'widgy/tree';
import { parseStoredOperations } from '../../packages/widgy/src/documents/drafts/stored.ts';
import type { LocalConflict } from '../../packages/widgy/src/editor/draft/index.ts';
import { operationsOf } from '../../packages/widgy/src/editor/draft/local-change.ts';
import { replay } from '../../packages/widgy/src/editor/draft/replay.ts';
import type { EditorSite } from './editor-fixture.ts';
import type { Witness } from './witness.ts';

/** What the database says was done to a draft. */
export interface DoneLog {
  readonly changes: readonly DoneInLog[];
  /** The draft after each sequence number, from 0 on. */
  readonly trees: readonly Tree[];
}

interface DoneInLog {
  readonly sequence: number;
  readonly key: string | null;
  readonly operations: readonly Operation[];
}

/** Reads the log of a draft that has had no change before `first`, and replays it. */
export async function readDone({ site }: EditorSite, document: string, first: Tree): Promise<DoneLog> {
  const rows = await site.widgy.database.kysely
    .selectFrom('operations')
    .select(['sequence', 'request_key', 'operations'])
    .where('document', '=', document)
    .orderBy('sequence')
    .execute();
  const changes = rows.map(({ sequence, request_key: key, operations }) => ({
    ...{ sequence, key },
    operations: parseStoredOperations(operations, `change ${sequence}`),
  }));
  const trees = [first];
  for (const [at, { sequence, operations }] of changes.entries()) {
    assert.equal(sequence, at + 1, 'the log has no gaps');
    trees.push(replay(trees[at] ?? first, operations));
  }
  const keys = changes.flatMap(({ key }) => key ?? []);
  assert.equal(new Set(keys).size, keys.length, 'nothing is done twice');
  return { changes, trees };
}

/** How many changes of one person became what. */
export interface Fates {
  readonly done: number;
  readonly conflicts: number;
  readonly takenBack: number;
  readonly undoRefused: number;
  readonly nothingLeft: number;
}

/**
 * Checks that what one page was promised is so, and that whatever it did is done, or was shown as not done, or was nothing.
 *
 * @param decisions how many conflicts somebody has decided: no others are gone
 */
export function assertPromises(name: string, seen: Witness, log: DoneLog, decisions: number): Fates {
  const open = new Set(seen.last().conflicts.map(({ key }) => key));
  const gone = new Set(conflictsEver(seen).flatMap(({ key }) => (open.has(key) ? [] : [key])));
  assert.ok(gone.size <= decisions, `${name} decided ${decisions} conflicts, and not ${[...gone].join()}`);
  for (const { key, done } of seen.answers) {
    if (done === undefined || done.operations.length === 0) continue;
    const logged = log.changes[done.sequence - 1];
    assert.equal(logged?.key, key, `${name}: ${key} was acknowledged as ${done.sequence}`);
    assert.equal(textOf(logged.operations), textOf(done.operations), `${name}: what ${key} did`);
  }
  const counts = { done: 0, conflicts: 0, takenBack: 0, undoRefused: 0, nothingLeft: 0 };
  for (const key of keysOf(seen)) counts[fateOf(name, key, seen, log)] += 1;
  return counts;
}

function conflictsEver({ kept }: Witness): readonly LocalConflict[] {
  return kept.flatMap(({ conflicts }) => conflicts);
}

function keysOf({ kept, sent }: Witness): ReadonlySet<string> {
  const keys = [...kept.flatMap(({ waiting }) => waiting), ...sent].map(({ key }) => key);
  // What brings back what somebody else took away waits for nothing, and is told when it cannot be.
  return new Set(keys.filter((key) => !key.startsWith('back-')));
}

function fateOf(name: string, key: string, seen: Witness, log: DoneLog): keyof Fates {
  const at = seen.kept.findLastIndex(({ waiting }) => waiting.some((change) => change.key === key));
  const before = seen.kept[at] ?? assert.fail(`${name} sent ${key} before it kept it`);
  const change = before.waiting.find((each) => each.key === key);
  assert.ok(change);
  const told = `${name}: ${JSON.stringify(change)}`;
  const isShown = conflictsEver(seen).some(({ changes }) => changes.some((each) => each.key === key));
  const logged = log.changes.find((each) => each.key === key);
  if (logged !== undefined) {
    assert.ok(!isShown, `${told} was done, and is shown as not done`);
    const sent = seen.sent.find((each) => each.key === key);
    const after = log.trees[logged.sequence];
    assert.ok(sent !== undefined && after !== undefined);
    for (const operation of sent.operations)
      assert.ok(isSo(after, operation), `${told} was acknowledged, and is not in the draft after it`);
    return 'done';
  }
  if (isShown) return change.kind === 'undo' ? 'undoRefused' : 'conflicts';
  const answer = seen.answers.find((each) => each.key === key);
  const later = seen.kept.slice(at);
  assert.ok(answer === undefined || answer.done !== undefined, `${told} was refused, and is not shown`);
  if (change.kind === 'undo') {
    if (answer !== undefined) return 'nothingLeft';
    const isBack = later.some(({ steps }) =>
      [...steps.done, ...steps.undone].some(({ changes }) =>
        changes.some((each) => each.kind === 'done' && each.sequence === change.undoes),
      ),
    );
    assert.ok(isBack, `${told} is gone`);
    return 'takenBack';
  }
  const isBack = later.some(({ steps }) =>
    [...steps.done, ...steps.undone].some(
      ({ number, changes }) => number === change.step && changes.some(({ kind }) => kind === 'taken-back'),
    ),
  );
  if (isBack && answer === undefined) return 'takenBack';
  // Somebody else has done the same before.
  const trees = log.trees.slice(before.sequence);
  const isNothing = operationsOf(change).every((operation) => trees.some((tree) => isSo(tree, operation)));
  assert.ok(
    isNothing,
    `${told} is neither done nor shown, after ${before.sequence}: ${JSON.stringify(answer)}`,
  );
  return 'nothingLeft';
}

/** Whether a tree is as somebody wanted it who did an operation. */
function isSo(tree: Tree, operation: Operation): boolean {
  switch (operation.kind) {
    case 'set': {
      const fields = findWidget(tree, operation.id)?.fields;
      return (
        fields !== undefined &&
        Object.entries(operation.fields).every(([name, value]) => wordsIn(fields[name]) === wordsIn(value))
      );
    }
    case 'remove':
      return findWidget(tree, operation.id) === undefined;
    case 'move':
      return parentOf(tree, operation.id)?.id === operation.to.parent;
    case 'insert':
      return findWidget(tree, operation.widget.id) !== undefined;
    case 'duplicate':
      return operation.ids.every(([, copy]) => findWidget(tree, copy) !== undefined);
    case 'wrap':
      return findWidget(tree, operation.widget.id) !== undefined;
    case 'unwrap':
      return findWidget(tree, operation.id) === undefined;
  }
}

/** What a value says: markup is cleaned by the server. */
function wordsIn(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/<[^>]*>/g, '') : JSON.stringify(value);
}

function textOf(operations: readonly Operation[]): string {
  return operations.map(formatOperation).join();
}
