import type { Owner } from '../../database/owner.ts';
import type { Operation } from '../../tree/operation.ts';
import type { Tree } from '../../tree/tree.ts';

/** What a document is at, without its trees. */
export interface DocumentState {
  readonly document: string;
  /** Null for a document that nothing owns. */
  readonly owner: Owner | null;
  /** The number of the last change of its draft, 0 before the first. It only grows. */
  readonly sequence: number;
  /** The content hash of its draft. */
  readonly hash: string;
  /** Its newest commit; null before the first. */
  readonly head: HeadCommit | null;
  /** Whether the draft is not what the newest commit has. */
  readonly hasChanges: boolean;
}

/** The newest commit of a document. */
export interface HeadCommit {
  readonly number: number;
  /** The content hash of its tree. */
  readonly hash: string;
  /** Whether it takes the document off the site. */
  readonly isWithdrawal: boolean;
}

/** What a change came from. */
export const CHANGE_KINDS = ['edit', 'undo', 'reset', 'revert', 'restore'] as const;

/** One of {@link CHANGE_KINDS}. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A change of a draft: operations that were done together and are undone together. */
export interface Change {
  readonly sequence: number;
  /** As they were done, which may be otherwise than they were asked for: see `rebaseOperation`. */
  readonly operations: readonly Operation[];
  /** What undoes them, in the order in which it is to be done. */
  readonly inverses: readonly Operation[];
  readonly kind: ChangeKind;
  /** For an undo: the sequence number of what it undoes. */
  readonly undoes: number | null;
  readonly author: string | null;
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Characters of its operations and inverses as JSON: what it weighs in the log and in memory. */
  readonly size: number;
}

/** A draft at one sequence number. A document has one tree at each number, whoever looks. */
export interface Draft {
  readonly document: string;
  readonly sequence: number;
  readonly tree: Tree;
  /** The newest changes that led to it, oldest first, each with the tree that it was done to. May be empty. */
  readonly recent: readonly RecentChange[];
  /** The hash of the tree that is kept for its changes to start from, where no commit is known to have it: after the next commit nobody needs it. */
  readonly looseBase: string | null;
  /** The changes since that tree: what whoever reads the draft anew has to read and to do again. */
  readonly unfolded: Unfolded;
}

/** How much some changes are. */
export interface Unfolded {
  readonly operations: number;
  /** The sum of their sizes. */
  readonly size: number;
}

/** None. */
export const NOTHING_UNFOLDED: Unfolded = { operations: 0, size: 0 };

/** Those and some more. */
export function unfoldedWith({ operations, size }: Unfolded, more: readonly Change[]): Unfolded {
  return {
    operations: more.reduce((sum, change) => sum + change.operations.length, operations),
    size: more.reduce((sum, change) => sum + change.size, size),
  };
}

/** The newest of some changes. */
export function newest<T>(changes: readonly T[], count: number): readonly T[] {
  return count === 0 ? [] : changes.slice(-count);
}

/** A change with the tree before it. */
export interface RecentChange extends Change {
  readonly before: Tree;
}
