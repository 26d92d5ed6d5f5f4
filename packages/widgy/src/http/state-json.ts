import type { DocumentState } from '../documents/drafts/draft.ts';

/** What a document is at, as the API tells it: nothing of how it is stored. */
export function stateJson({ document, owner, sequence, hash, head, hasChanges }: DocumentState) {
  return { document, owner, sequence, hash, head, hasChanges };
}
