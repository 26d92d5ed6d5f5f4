import { changesSince, type DocumentStore, type Draft, type RefusedDocument } from '../../documents/index.ts';
import type { Tree } from '../../tree/tree.ts';

/**
 * The tree that a draft had at a sequence number: what somebody saw who asks for something now. No statement where this process remembers
 * it, two where not.
 */
export async function treeAt(
  documents: DocumentStore,
  draft: Draft,
  after: number,
): Promise<{ readonly ok: true; readonly tree: Tree } | RefusedDocument> {
  if (after === draft.sequence) return { ok: true, tree: draft.tree };
  const found = await changesSince(documents, draft, after, 0);
  return found.ok ? { ok: true, tree: found.changes[0]?.before ?? draft.tree } : found;
}

/** Says that others changed the draft meanwhile, where they did and both stays; nothing where they did not. */
export function meanwhileText(after: number, sequence: number): string {
  return sequence > after + 1
    ? ' Somebody else changed the draft meanwhile, and what they did stays too.'
    : '';
}
