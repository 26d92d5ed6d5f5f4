import { z } from 'zod';
import { CHANGE_KINDS } from '../../documents/drafts/draft.ts';
import { MAX_MESSAGE_LENGTH, MAX_OPERATIONS } from '../../documents/limits.ts';
import { COUNT, ID } from '../input.ts';
import { Operation } from './trees.ts';

/** Whom a document belongs to. */
export const Owner = z.strictObject({ type: z.string(), id: z.string(), field: z.string() });

const owner = Owner.nullable();

/** A content hash. */
const hash = z.string();

/** Who did something; null where nobody is known. */
const author = z.string().nullable();

/** What a document is at. */
export const DocumentState = z.strictObject({
  document: z.string(),
  owner,
  sequence: COUNT,
  hash,
  head: z.strictObject({ number: COUNT, hash, isWithdrawal: z.boolean() }).nullable(),
  hasChanges: z.boolean(),
});

/** Some documents, and the id to go on from where there may be more. */
export const DocumentList = z.strictObject({
  documents: z.array(DocumentState),
  next: z.string().nullable(),
});

/** A value of the request that is read by hand, since it may be of any depth and size; `is` names its schema. */
const readByHand = (is: string) => z.unknown().meta({ is });

/** A document that is to be made. */
export const NewDocument = z.strictObject({
  id: ID.optional(),
  owner: owner.optional(),
  start: z.union([z.strictObject({ type: z.string() }), z.strictObject({ tree: readByHand('Widget') })]),
});

/** A document that was made. */
export const CreatedDocument = z.strictObject({ document: z.string(), sequence: COUNT, hash });

/** A document that is to be made like another one. */
export const NewClone = z.strictObject({
  id: ID.optional(),
  owner: owner.optional(),
  withHistory: z.boolean().optional(),
});

/** The owner that a document is to have, and the one that it was seen with; null makes it an orphan. */
export const NewOwner = z.strictObject({ owner, seen: owner });

/** A change that is to be made to a draft. */
export const NewChange = z.strictObject({
  after: COUNT,
  operations: z.array(readByHand('AskedOperation')).min(1).max(MAX_OPERATIONS),
});

/** What was done to a draft. */
export const Changed = z.strictObject({ sequence: COUNT, operations: z.array(Operation) });

/** A change of a draft. */
export const Change = z.strictObject({
  sequence: COUNT,
  operations: z.array(Operation),
  kind: z.enum(CHANGE_KINDS),
  undoes: COUNT.nullable(),
  author,
  at: z.int(),
});

/** Changes of a draft in their order. There are more where the last of them is not at `sequence`. */
export const Changes = z.strictObject({ sequence: COUNT, changes: z.array(Change) });

/** The change that is to be undone. */
export const Undo = z.strictObject({ change: COUNT });

/** The draft that is to become what the newest commit has, and the number of that commit. */
export const Reset = z.strictObject({ after: COUNT, head: COUNT.min(1) });

/** The commit from which a widget is to be brought back. */
export const Restore = z.strictObject({ commit: COUNT.min(1) });

const publishAt = z.union([z.literal('now'), COUNT]).nullable();
const message = z.string().max(MAX_MESSAGE_LENGTH);

/** A commit that is to be made of a draft. */
export const NewCommit = z.strictObject({
  after: COUNT,
  head: COUNT.min(1).nullable().optional(),
  message: message.optional(),
  publishAt: publishAt.optional(),
});

/** A commit that is to bring back an older one. */
export const Revert = NewCommit.extend({ isDraftReplaced: z.boolean().optional() });

/** When a commit is to be shown, and the time that it was seen with. */
export const Schedule = z.strictObject({ publishAt, seen: COUNT.nullable() });

/** From when on nothing of a document is to be shown, and the number of its newest commit. */
export const Withdrawal = z.strictObject({
  head: COUNT.min(1),
  at: z.union([z.literal('now'), COUNT]).optional(),
  message: message.optional(),
});

/** The number of a commit that was made. */
export const Committed = z.strictObject({ commit: COUNT });

/** A commit of a document. */
export const Commit = z.strictObject({
  number: COUNT,
  parent: COUNT.nullable(),
  hash,
  author,
  /** What they are called; null where nobody is known. */
  authorName: z.string().nullable(),
  message: z.string(),
  publishAt: z.int().nullable(),
  approval: z.strictObject({ by: z.string(), at: z.int() }).nullable(),
  isWithdrawal: z.boolean(),
  at: z.int(),
  status: z.enum(['live', 'withdrawal', 'scheduled', 'kept', 'waiting', 'past']),
});

/** Commits, newest first, and the number to go on from where there may be more. */
export const History = z.strictObject({ commits: z.array(Commit), next: COUNT.nullable() });
