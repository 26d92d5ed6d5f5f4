import type { Tree } from '../../tree/tree.ts';
import type { LocalConflict } from './conflict.ts';
import { fitWaiting } from './fit-waiting.ts';
import type { Acknowledgement, HeardChange, LocalChange } from './local-change.ts';
import type { RebasedWaiting } from './rebase-waiting.ts';

/** What one tab has of a draft: a value, and each function over it gives another. */
export interface DraftCopy {
  /** The number of the last change that `base` has. */
  readonly sequence: number;
  /** The draft as the server had it then. */
  readonly base: Tree;
  /** What was done here and is not acknowledged, oldest first. */
  readonly waiting: readonly LocalChange[];
  /** What is shown: the base with all that waits. */
  readonly tree: Tree;
  /** Whether the first of what waits was sent: the server may have done it. Until that is known neither it nor the base changes. */
  readonly isUnderWay: boolean;
  /** The answer to the first of what waits, where it came before all that the server did before. */
  readonly answer: Acknowledgement | undefined;
  /** What others did since, or this tab, put aside while a change is under way; without gaps from the sequence number on. */
  readonly heard: readonly HeardChange[];
  /** What could not be done, until somebody has decided. */
  readonly conflicts: readonly LocalConflict[];
}

/** The copy of a draft in which nothing was done yet. */
export function openCopy(sequence: number, base: Tree): DraftCopy {
  return {
    sequence,
    base,
    waiting: [],
    tree: base,
    isUnderWay: false,
    answer: undefined,
    heard: [],
    conflicts: [],
  };
}

/**
 * The copy with its oldest change under way; the same one if nothing waits. What the device keeps must say so before the request leaves: a
 * tab that comes back asks for what may have been done with the same key and the same words.
 */
export function startSending(copy: DraftCopy): DraftCopy {
  return copy.isUnderWay || copy.waiting.length === 0 ? copy : { ...copy, isUnderWay: true };
}

/** The change that is to be sent, first or again; undefined where there is none, or its answer is known. */
export function changeToSend({ waiting, answer }: DraftCopy): LocalChange | undefined {
  return answer === undefined ? waiting[0] : undefined;
}

/** Whether a change may have been done by the server already. */
export function isUnderWay(copy: DraftCopy, key: string): boolean {
  return copy.isUnderWay && copy.waiting[0]?.key === key;
}

/** The number of the last change that is known, applied or put aside: the next one that can be heard is the one after it. */
export function lastKnown({ heard, sequence }: DraftCopy): number {
  return heard.at(-1)?.sequence ?? sequence;
}

/** The copy with other changes that wait, and with more conflicts. */
export function withWaiting(copy: DraftCopy, { waiting, conflicts }: RebasedWaiting): DraftCopy {
  const fitted = fitWaiting(copy.base, waiting);
  return {
    ...copy,
    waiting: fitted.waiting,
    tree: fitted.tree,
    conflicts: [...copy.conflicts, ...conflicts, ...fitted.conflicts],
  };
}
