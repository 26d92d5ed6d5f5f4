import { z } from 'zod';
import { utf8Length } from '../../tree/json.ts';
import type { TreeLimits } from '../../tree/limits.ts';
import { MAX_PROBLEMS } from '../../tree/limits.ts';
import { parseTree } from '../../tree/parse.ts';
import { isPlainObject, type PlainObject, type Problem, pointerTo } from '../../tree/problems.ts';
import { hashTree, type Tree } from '../../tree/tree.ts';
import { isId } from '../../tree/widget.ts';
import { MAX_MESSAGE_LENGTH, MAX_OWNER_LENGTH } from '../limits.ts';
import { isText } from '../request.ts';
import {
  DOCUMENT_FORMAT,
  type DocumentFile,
  type FiledCommit,
  MAX_DOCUMENT_FILE_BYTES,
} from './document-file.ts';

/** What can be wrong with a file that should hold a document. */
export type FileProblemCode =
  | Problem['code']
  /** It says another format than {@link DOCUMENT_FORMAT}, or none. */
  | 'format-unknown'
  /** A tree stands under a hash that is not its own. */
  | 'hash-wrong'
  /** A commit or the draft names a tree that is not in the file. */
  | 'tree-missing'
  /** No commit and no draft has this tree. */
  | 'tree-unused'
  /** The commits are not numbered from 1 on, each with the one before as its parent. */
  | 'chain-broken';

/** One thing that is wrong with a file. */
export interface FileProblem {
  readonly code: FileProblemCode;
  /** Where it is, as a JSON Pointer (RFC 6901): `/commits/0/number`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** The document of a file, or what is wrong with the file. */
export type ParsedDocumentFile =
  | { readonly ok: true; readonly value: DocumentFile }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** What a file is read with. */
export interface FileLimits {
  /** How large each tree may be. */
  readonly limits: TreeLimits;
  /** Default: {@link MAX_DOCUMENT_FILE_BYTES}. */
  readonly maxBytes?: number | undefined;
}

/**
 * Reads a file that holds a document, wherever it comes from. Nothing of it is believed: each tree is read as any tree from outside and
 * must have the hash that it stands under. Whether it fits a site is not asked here.
 */
export function parseDocumentFile(
  text: string,
  { limits, maxBytes = MAX_DOCUMENT_FILE_BYTES }: FileLimits,
): ParsedDocumentFile {
  if (text.length > maxBytes || utf8Length(text) > maxBytes) {
    return refused([{ code: 'too-large', path: '', message: `the file has more than ${maxBytes} bytes` }]);
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused([{ code: 'not-json', path: '', message: `the file is no JSON: ${reason}` }]);
  }
  if (!isPlainObject(given) || given.format !== DOCUMENT_FORMAT) {
    const message = `the file does not say that its format is "${DOCUMENT_FORMAT}"`;
    return refused([{ code: 'format-unknown', path: '/format', message }]);
  }
  const read = envelope.safeParse(given);
  if (!read.success) return refused(read.error.issues.flatMap(problemsOf));
  const { trees: raw, format: _, ...head } = read.data;
  const { trees, problems } = readTrees(raw, limits);
  problems.push(...chainProblems(head.commits), ...treeProblems(head, raw));
  return problems.length > 0 ? refused(problems) : { ok: true, value: { ...head, trees } };
}

function refused(problems: readonly FileProblem[]): ParsedDocumentFile {
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) };
}

/** Any length that a file has room for: nothing else bounds who an author is. */
const anyText = textOf(0, Number.POSITIVE_INFINITY);
const ownerText = textOf(1, MAX_OWNER_LENGTH);
const time = z.int();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a content hash: 64 digits and letters from a to f');

const commit = z.strictObject({
  number: z.int().min(1),
  parent: z.int().min(1).nullable(),
  hash,
  author: anyText.nullable(),
  message: textOf(0, MAX_MESSAGE_LENGTH),
  publishAt: time.nullable(),
  approval: z.strictObject({ by: anyText, at: time }).nullable(),
  isWithdrawal: z.boolean(),
  at: time,
});

const envelope = z.strictObject({
  format: z.literal(DOCUMENT_FORMAT),
  document: z.string().refine(isId, 'must be the id of a document'),
  owner: z.strictObject({ type: ownerText, id: ownerText, field: ownerText }).nullable(),
  createdAt: time,
  draft: hash,
  commits: z.array(commit),
  // Not a record of Zod, which leaves out a key that it takes for dangerous instead of telling.
  trees: z.custom<PlainObject>(isPlainObject, 'must be an object'),
});

function textOf(min: number, max: number) {
  const length = max === Number.POSITIVE_INFINITY ? '' : ` of ${min} to ${max} characters`;
  return z
    .string()
    .refine(
      (text) => isText(text, min, max),
      `must be a text${length} without U+0000 and half surrogate pairs`,
    );
}

function problemsOf(issue: z.core.$ZodIssue): readonly FileProblem[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ code: 'wrong-shape', path: pointerTo(issue.path), message: issue.message }];
  }
  return issue.keys.map((key): FileProblem => {
    const message = `nothing is called ${JSON.stringify(key)} here`;
    return { code: 'unknown-key', path: pointerTo([...issue.path, key]), message };
  });
}

function readTrees(
  raw: PlainObject,
  limits: TreeLimits,
): { readonly trees: ReadonlyMap<string, Tree>; readonly problems: FileProblem[] } {
  const trees = new Map<string, Tree>();
  const problems: FileProblem[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (problems.length >= MAX_PROBLEMS) break;
    const path = pointerTo(['trees', key]);
    const parsed = parseTree(value, limits);
    if (!parsed.ok) {
      for (const problem of parsed.problems) problems.push({ ...problem, path: path + problem.path });
      continue;
    }
    const own = hashTree(parsed.value);
    if (own === key) trees.set(key, parsed.value);
    else problems.push({ code: 'hash-wrong', path, message: `the tree has the content hash ${own}` });
  }
  return { trees, problems };
}

/** What is against commits being a chain. */
function chainProblems(commits: readonly FiledCommit[]): readonly FileProblem[] {
  for (const [at, { number, parent, hash: own, isWithdrawal }] of commits.entries()) {
    const before = commits[at - 1];
    const refuse = (key: string, message: string): readonly FileProblem[] => [
      { code: 'chain-broken', path: pointerTo(['commits', at, key]), message },
    ];
    if (number !== at + 1) return refuse('number', `the commit must have the number ${at + 1}`);
    if (parent !== (before?.number ?? null)) {
      return refuse('parent', `the parent must be ${before === undefined ? 'null' : before.number}`);
    }
    if (isWithdrawal && (before === undefined || before.isWithdrawal || before.hash !== own)) {
      return refuse('isWithdrawal', 'a withdrawal follows a commit that is none, and has its tree');
    }
  }
  return [];
}

/** What is against the trees being those that the draft and the commits name. */
function treeProblems(
  { draft, commits }: Pick<DocumentFile, 'draft' | 'commits'>,
  raw: PlainObject,
): readonly FileProblem[] {
  const named = [
    { path: '/draft', hash: draft },
    ...commits.map((one, at) => ({ path: pointerTo(['commits', at, 'hash']), hash: one.hash })),
  ];
  const missing = named
    .filter((one) => !Object.hasOwn(raw, one.hash))
    .map(({ path }): FileProblem => {
      return { code: 'tree-missing', path, message: 'this tree is not in the file' };
    });
  const used = new Set(named.map((one) => one.hash));
  const unused = Object.keys(raw)
    .filter((key) => !used.has(key))
    .map((key): FileProblem => {
      const message = 'no commit and no draft has this tree';
      return { code: 'tree-unused', path: pointerTo(['trees', key]), message };
    });
  return [...missing, ...unused];
}
