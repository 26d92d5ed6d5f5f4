import type { CommitStatus } from '../../documents/commits/history.ts';
import type { HeadCommit } from '../../documents/drafts/draft.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';

/** A commit of the document, as the API tells it. Times are milliseconds since 1970. */
export interface ToldCommit {
  readonly number: number;
  /** The content hash of its tree. */
  readonly hash: string;
  /** Whether it is recorded who made it. */
  readonly hasAuthor: boolean;
  /** Null where nobody is known by that name any more. */
  readonly authorName: string | null;
  readonly message: string;
  /** From when on it may be shown; null for one that is only kept. */
  readonly publishAt: number | null;
  /** Whether it takes the document off the site. */
  readonly isWithdrawal: boolean;
  readonly at: number;
  readonly status: CommitStatus;
}

/** Commits, newest first. */
export interface CommitPage {
  readonly commits: readonly ToldCommit[];
  /** What `commitsBefore` goes on from; null where there are no more. */
  readonly next: number | null;
}

/** What the document is at, as the API tells it. */
export interface ToldState {
  readonly sequence: number;
  /** The content hash of the draft. */
  readonly hash: string;
  /** Null before the first commit. */
  readonly head: HeadCommit | null;
  /** Whether the draft is not what the newest commit has. */
  readonly hasChanges: boolean;
}

const STATUSES: readonly CommitStatus[] = ['live', 'withdrawal', 'scheduled', 'kept', 'waiting', 'past'];

/** Reads commits; undefined if they are none. */
export function readCommits({ commits, next }: PlainObject): CommitPage | undefined {
  if (!Array.isArray(commits)) return undefined;
  const read = commits.map(readCommit);
  return read.every((each) => each !== undefined)
    ? { commits: read, next: typeof next === 'number' ? next : null }
    : undefined;
}

function readCommit(value: unknown): ToldCommit | undefined {
  if (!isPlainObject(value)) return undefined;
  const { number, hash, author, authorName, message, publishAt, isWithdrawal, at } = value;
  const status = STATUSES.find((each) => each === value.status);
  if (typeof number !== 'number' || typeof hash !== 'string' || typeof message !== 'string') return undefined;
  if (typeof isWithdrawal !== 'boolean' || typeof at !== 'number' || status === undefined) return undefined;
  return {
    ...{ number, hash, message, isWithdrawal, at, status },
    hasAuthor: typeof author === 'string',
    authorName: typeof authorName === 'string' ? authorName : null,
    publishAt: typeof publishAt === 'number' ? publishAt : null,
  };
}

/** Reads what a document is at; undefined if it is nothing of that kind. */
export function readState({ sequence, hash, head, hasChanges }: PlainObject): ToldState | undefined {
  if (typeof sequence !== 'number' || typeof hash !== 'string' || typeof hasChanges !== 'boolean')
    return undefined;
  if (!isPlainObject(head)) return head === null ? { sequence, hash, head, hasChanges } : undefined;
  const { number, hash: headHash, isWithdrawal } = head;
  return typeof number === 'number' && typeof headHash === 'string' && typeof isWithdrawal === 'boolean'
    ? { sequence, hash, head: { number, hash: headHash, isWithdrawal }, hasChanges }
    : undefined;
}
