import type { Owner } from '../../database/owner.ts';
import { formatTree } from '../../tree/format.ts';
import { canonicalJson, type JsonValue } from '../../tree/json.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Commit } from '../commits/history.ts';

/** What a file says that holds a document. It changes whenever the same file would mean something else. */
export const DOCUMENT_FORMAT = 'widgy-document-1';

/** UTF-8 bytes of a file that is imported, at most. */
export const MAX_DOCUMENT_FILE_BYTES = 256 * 1024 * 1024;

/**
 * A document as one value: its draft and its commits, without the log of the draft and without the keys of requests. Times are
 * milliseconds since 1970.
 */
export interface DocumentFile {
  /** The id that it has where it comes from. */
  readonly document: string;
  /** Null for a document that nothing owns. */
  readonly owner: Owner | null;
  readonly createdAt: number;
  /** The content hash of the draft. */
  readonly draft: string;
  /** From the first to the newest, numbered from 1, each with the one before as its parent. */
  readonly commits: readonly FiledCommit[];
  /** The trees of the draft and of all commits by content hash, each once. */
  readonly trees: ReadonlyMap<string, Tree>;
}

/** A commit in a file: what it is to visitors depends on when somebody looks. */
export type FiledCommit = Omit<Commit, 'status'>;

/** The text of a file: canonical JSON and a line's end, the same bytes for the same document. */
export function formatDocumentFile({
  document,
  owner,
  createdAt,
  draft,
  commits,
  trees,
}: DocumentFile): string {
  const head = { format: DOCUMENT_FORMAT, document, owner: json(owner), createdAt, draft };
  const parts = [
    `"commits":[${commits.map((commit) => canonicalJson(commitJson(commit))).join(',')}]`,
    ...Object.entries(head).map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value)}`),
    `"trees":{${[...trees].sort(byHash).map(treeJson).join(',')}}`,
  ];
  return `{${parts.sort(byText).join(',')}}\n`;
}

function json(owner: Owner | null): JsonValue {
  return owner && { type: owner.type, id: owner.id, field: owner.field };
}

function commitJson({ number, parent, hash, author, message, ...rest }: FiledCommit): JsonValue {
  const { publishAt, approval, isWithdrawal, at } = rest;
  const approved = approval && { by: approval.by, at: approval.at };
  return { number, parent, hash, author, message, publishAt, approval: approved, isWithdrawal, at };
}

/** A tree is canonical JSON already. */
function treeJson([hash, tree]: readonly [string, Tree]): string {
  return `${JSON.stringify(hash)}:${formatTree(tree)}`;
}

function byHash([a]: readonly [string, Tree], [b]: readonly [string, Tree]): number {
  return byText(a, b);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
