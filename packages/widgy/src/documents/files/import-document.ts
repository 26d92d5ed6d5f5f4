import type { Owner } from '../../database/owner.ts';
import { saveTree } from '../../database/trees.ts';
import { type Link, linksIn } from '../../links/links-in.ts';
import { missingTargets } from '../../links/resolve.ts';
import { DRAFT, replaceLinks } from '../../links/stored-links.ts';
import { formatTree } from '../../tree/format.ts';
import { hashTree, type Tree } from '../../tree/tree.ts';
import { typesOf } from '../../widgets/needed-permissions.ts';
import { type Attempt, attempt } from '../attempt.ts';
import type { Author } from '../author.ts';
import { shownCommits } from '../commits/shown-commits.ts';
import type { Version } from '../commits/versions.ts';
import { insertDocument } from '../create-document.ts';
import { askFor } from '../drafts/permissions.ts';
import { type DocumentRefusal, linksMissing, type RefusedDocument } from '../refusal.ts';
import { checkTexts } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import type { DocumentFile, FiledCommit } from './document-file.ts';
import { inspectTree, type TreeFinding } from './inspect-tree.ts';
import { type FileProblem, parseDocumentFile } from './parse-document-file.ts';

/** A file that somebody wants to make a document of. */
export interface ImportRequest {
  /** What `formatDocumentFile` wrote, or what somebody says it did. */
  readonly text: string;
  /** Default: the id in the file. */
  readonly id?: string | undefined;
  /** Default: the owner in the file. */
  readonly owner?: Owner | null | undefined;
  /** Whether to keep what the site is against: broken rules, fields that do not fit, links that lead nowhere. Default: false. */
  readonly isForced?: boolean | undefined;
  /** UTF-8 bytes that the file may have. Default: `MAX_DOCUMENT_FILE_BYTES`. */
  readonly maxBytes?: number | undefined;
}

/** What was found in the tree of one or several versions. */
export interface ImportFinding extends TreeFinding {
  readonly versions: readonly Version[];
}

/** A document that was made of a file. */
export interface Imported {
  readonly ok: true;
  readonly document: string;
  readonly commits: number;
  /** Different trees of the draft and the commits. */
  readonly trees: number;
  /** What was kept though the site is against it, what it does not know, and what its sanitisers took out. */
  readonly findings: readonly ImportFinding[];
  /** Links of what is or may be shown that lead nowhere: only where it was forced. */
  readonly missing: readonly Link[];
  /** Commits that were approved with a tree that the sanitisers changed. An approval is of a content, so these have none any more. */
  readonly unapproved: readonly number[];
}

/** Why no document was made of a file. */
export type ImportRefusal =
  | DocumentRefusal
  | { readonly code: 'file-invalid'; readonly what: string; readonly problems: readonly FileProblem[] }
  /** The rules or the schemas of the site are against it. */
  | { readonly code: 'content-refused'; readonly what: string; readonly findings: readonly ImportFinding[] };

/** A refused import: nothing of the file was kept. */
export interface RefusedImport {
  readonly ok: false;
  readonly refusal: ImportRefusal;
}

/**
 * Makes a document of a file: all of it, or nothing. The file is not believed, wherever it comes from: see `parseDocumentFile`; and its
 * content must be within the rules and have fields that fit. Rich text is sanitised as on every other way in; a tree that is changed by it
 * has another content hash. Widgets of types that the site does not have stay as they are.
 *
 * The history is taken as the file tells it: what was shown there is shown here.
 */
export async function importDocument(
  store: DocumentStore,
  { text, id, owner, isForced = false, maxBytes }: ImportRequest,
  author: Author,
): Promise<Imported | RefusedImport | RefusedDocument> {
  const parsed = parseDocumentFile(text, { limits: store.limits, maxBytes });
  if (!parsed.ok) {
    const [first] = parsed.problems;
    const what = `this is no document that can be imported: ${first?.message}`;
    return { ok: false, refusal: { code: 'file-invalid', what, problems: parsed.problems } };
  }
  const document = id ?? parsed.value.document;
  const invalid = checkTexts({ id: document, owner });
  if (invalid !== undefined) return invalid;
  const { file, findings, unapproved } = cleanFile(parsed.value, store);
  const against = findings.filter(({ code }) => REFUSED.has(code));
  if (against.length > 0 && !isForced) {
    const what = `the site is against what is in it: ${against[0]?.what}`;
    return { ok: false, refusal: { code: 'content-refused', what, findings: against } };
  }
  for (const { root } of file.trees.values()) {
    const forbidden = await askFor(typesOf('add', root, true), author);
    if (forbidden !== undefined) return forbidden;
  }
  const done = await attempt(store, async (step) => {
    await writeFile(store, step, { ...file, document, owner: owner === undefined ? file.owner : owner });
    const links = shownVersions(file, store).flatMap((tree) => linksIn(tree.root, store.site));
    const missing = await missingTargets(step.transaction, store.linkables, links);
    if (missing.length > 0 && !isForced) step.abandon(linksMissing(missing));
    await step.tell({ kind: 'created', document, author: author.id });
    return missing;
  });
  if (!done.ok) return done;
  const counts = { commits: file.commits.length, trees: file.trees.size };
  return { ok: true, document, ...counts, findings, missing: done.value, unapproved };
}

const REFUSED: ReadonlySet<TreeFinding['code']> = new Set(['rule-broken', 'field-invalid']);

/** A file with all its trees sanitised, and what was found in them. */
function cleanFile(file: DocumentFile, { site }: DocumentStore) {
  const findings: ImportFinding[] = [];
  const cleanHashes = new Map<string, string>();
  const trees = new Map<string, Tree>();
  for (const [hash, tree] of file.trees) {
    const { findings: found, clean } = inspectTree(tree, site);
    const versions = versionsWith(file, hash);
    findings.push(...found.map((finding) => ({ ...finding, versions })));
    const cleanHash = hashTree(clean);
    cleanHashes.set(hash, cleanHash);
    trees.set(cleanHash, clean);
  }
  const cleanHash = (hash: string) => cleanHashes.get(hash) ?? hash;
  const isChanged = ({ hash, approval }: FiledCommit) => approval !== null && cleanHash(hash) !== hash;
  const commits = file.commits.map((commit): FiledCommit => {
    const approval = isChanged(commit) ? null : commit.approval;
    return { ...commit, hash: cleanHash(commit.hash), approval };
  });
  const unapproved = file.commits.filter(isChanged).map(({ number }) => number);
  return { file: { ...file, draft: cleanHash(file.draft), commits, trees }, findings, unapproved };
}

function versionsWith({ draft, commits }: DocumentFile, hash: string): readonly Version[] {
  const numbers = commits.filter((commit) => commit.hash === hash).map(({ number }) => number);
  return draft === hash ? ['draft', ...numbers] : numbers;
}

/** The trees of the draft and of what is or may be shown. */
function shownVersions({ draft, commits, trees }: DocumentFile, store: DocumentStore): readonly Tree[] {
  const shown = shownCommits(commits, { now: store.now(), isReviewed: store.isReviewed });
  const hashes = commits.filter(({ number }) => shown.has(number)).map(({ hash }) => hash);
  return [...new Set([draft, ...hashes])].map((hash) => treeOf(trees, hash));
}

async function writeFile(store: DocumentStore, step: Attempt, file: DocumentFile): Promise<void> {
  const { document, owner, createdAt, draft, commits, trees } = file;
  const { transaction } = step;
  await insertDocument(store, step, { document, owner, tree: treeOf(trees, draft), createdAt });
  for (const [hash, tree] of trees) {
    if (hash !== draft) await saveTree(transaction, { hash, content: formatTree(tree) }, store.now());
  }
  for (let at = 0; at < commits.length; at += COMMITS_AT_ONCE) {
    const rows = commits.slice(at, at + COMMITS_AT_ONCE).map((commit) => rowOf(document, commit));
    await transaction.insertInto('commits').values(rows).execute();
  }
  const head = commits.at(-1)?.number ?? null;
  await transaction.updateTable('documents').set({ head }).where('id', '=', document).execute();
  const linksOf = (hash: string) => linksIn(treeOf(trees, hash).root, store.site);
  await replaceLinks(transaction, document, DRAFT, linksOf(draft));
  for (const { number, hash, isWithdrawal } of commits) {
    if (!isWithdrawal) await replaceLinks(transaction, document, number, linksOf(hash));
  }
}

/** Databases bound the parameters of one statement. */
const COMMITS_AT_ONCE = 1000;

function rowOf(document: string, commit: FiledCommit) {
  return {
    document,
    number: commit.number,
    parent: commit.parent,
    tree: commit.hash,
    author: commit.author,
    message: commit.message,
    publish_at: commit.publishAt,
    approved_by: commit.approval?.by ?? null,
    approved_at: commit.approval?.at ?? null,
    is_withdrawal: commit.isWithdrawal ? 1 : 0,
    created_at: commit.at,
  };
}

/** A file that was read has all trees that it names. */
function treeOf(trees: ReadonlyMap<string, Tree>, hash: string): Tree {
  const tree = trees.get(hash);
  if (tree === undefined) throw new Error(`The file names the tree ${hash} and does not have it.`);
  return tree;
}
