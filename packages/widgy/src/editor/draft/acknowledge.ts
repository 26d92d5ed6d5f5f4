import { carryRest, isSameWork } from './carry-rest.ts';
import { type DraftCopy, lastKnown, withWaiting } from './draft-copy.ts';
import { type Acknowledgement, operationsOf } from './local-change.ts';
import { meet } from './meet.ts';
import { replay } from './replay.ts';

/**
 * Takes the answer that the server did the change that is under way. What the server did before it is applied first; where some of that was
 * not heard yet, the answer is put aside until it was. Then what was done counts and not what was asked for: places are carried, and
 * fields are sanitised. What was typed since is kept over that.
 *
 * An answer to anything but the change under way changes nothing: it was taken before.
 */
export function acknowledge(copy: DraftCopy, answer: Acknowledgement): DraftCopy {
  const isExpected = copy.isUnderWay && copy.waiting[0]?.key === answer.key;
  return isExpected ? finishAnswer({ ...copy, answer }) : copy;
}

/** Applies the answer that was put aside, if there is one and all that the server did before is known. */
export function finishAnswer(copy: DraftCopy): DraftCopy {
  const { answer, heard, base } = copy;
  const [first, ...rest] = copy.waiting;
  if (answer === undefined || first === undefined) return copy;
  // Where nothing was left to do, the number is that of somebody else's change.
  const isDone = answer.operations.length > 0;
  const upTo = isDone ? answer.sequence - 1 : answer.sequence;
  if (lastKnown(copy) < upTo) return copy;
  const settled = { ...copy, isUnderWay: false, answer: undefined, heard: [] };
  const later = heard.filter(({ sequence }) => sequence > answer.sequence);
  if (answer.sequence <= copy.sequence && isDone) {
    // The base has it already.
    return later.reduce(meet, withWaiting(settled, { waiting: rest, conflicts: [] }));
  }
  const before = heard.filter(({ sequence }) => sequence <= upTo);
  const sequence = Math.max(copy.sequence, answer.sequence);
  if (before.length === 0 && isSameWork(operationsOf(first), answer.operations)) {
    const end = rest.length === 0 ? copy.tree : replay(base, answer.operations);
    return later.reduce(meet, { ...settled, sequence, base: end, waiting: rest });
  }
  const end = replay(
    before.reduce((tree, { operations }) => replay(tree, operations), base),
    answer.operations,
  );
  const carried = carryRest(base, first, rest, { before, done: answer.operations, end });
  return later.reduce(meet, withWaiting({ ...settled, sequence, base: end }, carried));
}
