import { appendChange, type RequestKey } from '../../database/changes.ts';
import { linkChanges } from '../../links/links-in.ts';
import { missingTargets } from '../../links/resolve.ts';
import { writeDraftLinks } from '../../links/stored-links.ts';
import { hashTree } from '../../tree/tree.ts';
import type { Attempt } from '../attempt.ts';
import { linksMissing } from '../refusal.ts';
import type { DocumentStore } from '../store.ts';
import type { CheckedChange } from './check-change.ts';
import { type Change, type ChangeKind, type Draft, newest, unfoldedWith } from './draft.ts';
import { formatOperations } from './stored.ts';

/** What is recorded with a change. */
export interface ChangeRecord {
  readonly kind: ChangeKind;
  readonly undoes?: number;
  readonly author: string | null;
  readonly request: RequestKey | null;
}

/** What became of a change that was to be the next one of a draft. */
export type Written =
  | { readonly outcome: 'accepted'; readonly draft: Draft }
  /** The draft is not what it was taken for. */
  | { readonly outcome: 'stale' }
  /** Its request was done before, as the change of this number. */
  | { readonly outcome: 'repeated'; readonly sequence: number }
  | { readonly outcome: 'missing' };

/**
 * Writes checked operations as the next change of a draft, with the links that come and go. Two statements; two more where links change,
 * and one for each kind of thing that is newly linked to, to see that it is there.
 */
export async function writeChange(
  store: DocumentStore,
  { transaction, abandon, tell }: Attempt,
  draft: Draft,
  checked: CheckedChange,
  { kind, undoes, author, request }: ChangeRecord,
): Promise<Written> {
  const { document } = draft;
  const at = store.now();
  const { operations, inverses, tree } = checked;
  const texts = { operations: formatOperations(operations), inverses: formatOperations(inverses) };
  const appended = await appendChange(transaction, {
    document,
    after: draft.sequence,
    ...texts,
    from: hashTree(draft.tree),
    hash: hashTree(tree),
    kind,
    undoes: undoes ?? null,
    author,
    request,
    now: at,
  });
  if (appended.outcome !== 'accepted') return appended;
  const links = linkChanges(draft.tree, tree, store.site);
  await writeDraftLinks(transaction, document, links);
  if (kind === 'edit') {
    // What is brought back from before may point at what is gone since; what is new may not.
    const missing = await missingTargets(transaction, store.linkables, links.added);
    if (missing.length > 0) abandon(linksMissing(missing));
  }
  const { sequence } = appended;
  const size = texts.operations.length + texts.inverses.length;
  const change: Change = { sequence, operations, inverses, kind, undoes: undoes ?? null, author, at, size };
  await tell({ kind: 'changed', document, author, change });
  const recent = newest([...draft.recent, { ...change, before: draft.tree }], store.rememberedChanges);
  const unfolded = unfoldedWith(draft.unfolded, [change]);
  return { outcome: 'accepted', draft: { ...draft, sequence, tree, recent, unfolded } };
}
