import type { Author } from '../documents/author.ts';
import { commitDraft } from '../documents/commits/commit-draft.ts';
import { readState } from '../documents/drafts/read-state.ts';
import type { Callout } from './callout.ts';
import { createCallout, type NewCallout } from './create-callout.ts';
import { readCallout } from './read-callouts.ts';
import { documentRefused, type RefusedCallout } from './refusal.ts';
import type { CalloutStore } from './store.ts';

/** Widgets that are a call-out now. */
export interface SharedWidgets {
  readonly ok: true;
  readonly callout: Callout;
}

/**
 * Makes a call-out of widgets with all below them, and publishes it: what shows the call-out shows what they did. On a site with review that
 * is so once somebody has approved. The widgets stay where they are.
 *
 * Asked again with the same id and name, it makes no second one, and does what is left to do. Two transactions.
 */
export async function shareWidgets(
  store: CalloutStore,
  request: NewCallout & Required<Pick<NewCallout, 'id' | 'content'>>,
  author: Author,
): Promise<SharedWidgets | RefusedCallout> {
  const made = await createCallout(store, request, author);
  const callout = made.ok ? made.callout : await madeBefore(store, request, made);
  if (callout === undefined || callout.document === null) return made;
  const { documents } = store;
  const state = await readState(documents.database.kysely, callout.document);
  if (state === undefined || state.head !== null) return { ok: true, callout };
  const after = { after: state.sequence, head: null };
  const committed = await commitDraft(documents, callout.document, after, author);
  return committed.ok ? { ok: true, callout } : documentRefused(committed.refusal);
}

/** The one that the same request made, where that is why there is none now. */
async function madeBefore(
  store: CalloutStore,
  { id, name }: { readonly id: string; readonly name: string },
  { refusal }: RefusedCallout,
): Promise<Callout | undefined> {
  if (refusal.code !== 'callout-exists') return undefined;
  const before = await readCallout(store, id);
  return before?.deletedAt === null && before.name === name.replace(/\s+/g, ' ').trim() ? before : undefined;
}
