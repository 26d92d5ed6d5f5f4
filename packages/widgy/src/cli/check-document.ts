import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { shownCommits } from '../documents/commits/shown-commits.ts';
import type { Version } from '../documents/commits/versions.ts';
import { readLog } from '../documents/drafts/read-log.ts';
import { readState, type StoredState } from '../documents/drafts/read-state.ts';
import { replayBackwards } from '../documents/drafts/replay.ts';
import { inspectTree } from '../documents/files/inspect-tree.ts';
import { readStoredCommits, readStoredDraft, readStoredTree } from '../documents/files/read-stored.ts';
import type { DocumentStore } from '../documents/store.ts';
import { hasCode } from '../errors.ts';
import { type Link, linksIn } from '../links/links-in.ts';
import { missingTargets } from '../links/resolve.ts';
import { DRAFT, readLinks, replaceLinks } from '../links/stored-links.ts';
import type { Tree } from '../tree/tree.ts';
import { danglingDiagnostic, findingDiagnostics } from './content-diagnostics.ts';
import { type Diagnostic, errorDiagnostic, helpFor } from './diagnostic.ts';

/** How documents are checked. */
export interface CheckRequest {
  /** Whether commits that are of the past, or kept without being shown, are checked too. */
  readonly withHistory: boolean;
  /** Whether kept links are brought up to date. */
  readonly isFixing: boolean;
}

/** What was found in one document. */
export interface CheckedDocument {
  /** How many of its versions were looked at. */
  readonly versions: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** A tree that several versions have, as far as it can be read. */
interface FoundTree {
  readonly versions: Version[];
  readonly tree: Tree | undefined;
}

/**
 * Checks one document: that everything of it can be read and has the hash that it should have, and what the site has against what may
 * be shown. What the site has against the past is a warning: a commit never changes. Undefined where the document is not there.
 *
 * @param transaction in which nothing changes meanwhile
 */
export async function checkDocument(
  store: DocumentStore,
  transaction: Transaction<Tables>,
  document: string,
  { withHistory, isFixing }: CheckRequest,
): Promise<CheckedDocument | undefined> {
  const state = await readState(transaction, document);
  if (state === undefined) return undefined;
  const diagnostics: Diagnostic[] = [];
  const tell = (found: readonly Diagnostic[]) =>
    diagnostics.push(...found.map((diagnostic) => ({ ...diagnostic, document })));
  /** Reads something; what is damaged is told, and is undefined. */
  const read = async <T>(versions: readonly Version[], reading: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await reading();
    } catch (error) {
      if (!hasCode(error, 'stored-invalid')) throw error;
      tell([{ ...errorDiagnostic(error), versions }]);
      return undefined;
    }
  };

  const commits = await readStoredCommits(transaction, document);
  const newest = commits.at(-1)?.number ?? null;
  if ((state.head?.number ?? null) !== newest) tell([headWrong(state, newest)]);
  const draft = await read(['draft'], () => readStoredDraft(transaction, state));
  if (draft !== undefined) await read(['draft'], () => checkLog(transaction, state, draft));
  const trees = new Map<string, FoundTree>([[state.hash, { versions: ['draft'], tree: draft }]]);
  const shown = shownCommits(commits, { now: store.now(), isReviewed: store.isReviewed });
  for (const { number, hash } of commits) {
    if (!shown.has(number) && !withHistory) continue;
    const known = trees.get(hash) ?? {
      versions: [],
      tree: await read([number], () => readStoredTree(transaction, hash)),
    };
    known.versions.push(number);
    trees.set(hash, known);
  }
  /** Whether visitors or editors may see what some versions have without anybody committing or reverting. */
  const isShown = (versions: readonly Version[]) =>
    versions.some((version) => version === 'draft' || shown.has(version));
  const severityOf = ({ versions }: { readonly versions: readonly Version[] }) =>
    isShown(versions) ? 'error' : 'warning';
  const findings = [...trees.values()].flatMap(({ versions, tree }) => {
    const found = tree === undefined ? [] : inspectTree(tree, store.site).findings;
    return found.map((finding) => ({ ...finding, versions }));
  });
  tell(findingDiagnostics(findings, severityOf));

  const withoutLinks = new Set(
    commits.filter(({ isWithdrawal }) => isWithdrawal).map(({ number }) => number),
  );
  for (const { versions, tree } of trees.values()) {
    if (tree === undefined) continue;
    const severity = severityOf({ versions });
    const links = linksIn(tree.root, store.site);
    const missing = isShown(versions) ? await missingTargets(transaction, store.linkables, links) : [];
    tell(missing.map((link) => ({ ...danglingDiagnostic(link, severity), versions })));
    for (const version of versions) {
      const number = version === 'draft' ? DRAFT : version;
      if (withoutLinks.has(number)) continue;
      if (areSame(links, await readLinks(transaction, document, number))) continue;
      if (isFixing) await replaceLinks(transaction, document, number, links);
      tell([{ ...staleLinks(severity, isFixing), versions: [version] }]);
    }
  }
  if (state.owner === null) tell([ORPHAN]);
  const versions = trees.values().reduce((sum, found) => sum + found.versions.length, 0);
  return { versions, diagnostics };
}

/** Makes sure that all changes that are kept can be undone. @throws WidgyError `stored-invalid` */
async function checkLog(
  transaction: Transaction<Tables>,
  { document, sequence }: StoredState,
  draft: Tree,
): Promise<void> {
  replayBackwards(draft, await readLog(transaction, { document, after: 0, upTo: sequence }));
}

function headWrong({ head }: StoredState, newest: number | null): Diagnostic {
  const message = `the newest commit is ${newest ?? 'none'}, and the document says ${head?.number ?? 'none'}`;
  return { code: 'stored-invalid', severity: 'error', message, help: helpFor('stored-invalid') };
}

function areSame(links: readonly Link[], kept: readonly Link[]): boolean {
  const keys = new Set(links.map(keyOf));
  return keys.size === kept.length && kept.every((link) => keys.has(keyOf(link)));
}

/** What is kept may be no reference at all, where somebody changed it by hand. */
function keyOf({ widget, field, target: { type, id } }: Link): string {
  return JSON.stringify([widget, field, type, id]);
}

function staleLinks(severity: Diagnostic['severity'], isFixed: boolean): Diagnostic {
  return {
    ...{ code: 'links-stale', severity },
    message: 'the links that are kept are not those of its widgets, so what links to a thing is told wrong',
    help: isFixed ? 'They were brought up to date.' : 'Run widgy check --fix.',
    ...(isFixed ? { isFixed } : {}),
  };
}

const ORPHAN: Diagnostic = {
  code: 'orphan',
  severity: 'note',
  message: 'nothing owns the document',
  help: 'Give it to an owner, or delete it where nobody needs it.',
};
