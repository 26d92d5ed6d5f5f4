import { attempt } from '../documents/attempt.ts';
import type { Author } from '../documents/author.ts';
import { planDeletion } from '../documents/delete-document.ts';
import { refuseIfLinked } from '../links/what-links-to.ts';
import { CALLOUT } from './callout.ts';
import type { SeenCallout } from './change-callout.ts';
import { findCallout } from './read-callouts.ts';
import {
  calloutLinked,
  calloutMissing,
  calloutNotDeleted,
  calloutStale,
  documentRefused,
  type RefusedCallout,
} from './refusal.ts';
import type { CalloutStore } from './store.ts';

/**
 * Deletes a call-out for good, with its document and the history of that. It must be in the bin, and nothing may use it: neither a draft nor
 * what is shown or may be shown. Its author must be permitted to delete what is in it.
 */
export async function purgeCallout(
  { documents, site, now }: CalloutStore,
  id: string,
  { seen }: SeenCallout,
  author: Author,
): Promise<{ readonly ok: true } | RefusedCallout> {
  const { database, isReviewed } = documents;
  database.refuseInside();
  const looked = await findCallout(database.kysely, site, id);
  const document = looked?.document ?? null;
  const planned = document === null ? undefined : await planDeletion(documents, document, {}, author);
  if (planned?.ok === false && planned.refusal.code !== 'document-missing')
    return documentRefused(planned.refusal);
  const done = await attempt(documents, async (step): Promise<{ readonly ok: true } | RefusedCallout> => {
    const { transaction } = step;
    const callout = await findCallout(transaction, site, id);
    if (callout === undefined) return calloutMissing(id);
    if (callout.revision !== seen) return calloutStale(callout);
    if (callout.deletedAt === null) return calloutNotDeleted(callout);
    const linked = await refuseIfLinked(transaction, { type: CALLOUT, id }, { now: now(), isReviewed });
    if (!linked.ok) return calloutLinked(callout, linked.refusal);
    await transaction.deleteFrom('callouts').where('id', '=', id).execute();
    if (planned?.ok === true) await planned.write(step);
    return { ok: true };
  });
  if (!done.ok) return documentRefused(done.refusal);
  if (done.value.ok && planned?.ok === true) planned.forget();
  return done.value;
}
