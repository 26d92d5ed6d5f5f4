import { findWidget, placeOf } from '../../tree/tree.ts';
import { withNewIds } from '../../tree/with-new-ids.ts';
import type { Answer } from '../server/answer.ts';
import type { ReadDetails } from '../server/shared-api.ts';
import type { Session } from '../session/session.ts';
import { act } from './act.ts';
import { calloutShownBy } from './callout-fields.ts';
import { mayDo } from './permissions.ts';
import { sentenceOf } from './refusal.ts';
import { type Shared, whyNot } from './share.ts';

/** Whether a widget shows a call-out of which it can have a copy in its place. */
export function canDetach(session: Session, id: string): boolean {
  const widget = findWidget(session.tree.value, id);
  if (widget === undefined || calloutShownBy(widget, session.data.types) === undefined) return false;
  return mayDo(session, 'delete', widget.type);
}

/**
 * Puts a copy of what a call-out shows in the place of a widget that shows it, as one step. The copy is what visitors see, as the page shows it;
 * of one that shows nothing yet, its draft, for those who may edit that. What came of it is announced.
 */
export async function detachCallout(
  session: Session,
  id: string,
  details: (callout: string) => Promise<Answer<ReadDetails>>,
): Promise<Shared> {
  const { words, data, announcement } = session;
  const before = calloutShownBy(findWidget(session.tree.value, id), data.types);
  if (before === undefined) return { ok: false, why: words.sharing.gone };
  const answer = await details(before);
  const done = answer.kind === 'done' ? putCopy(session, id, before, answer.value) : undefined;
  if (done !== undefined) return done;
  const isGone = answer.kind === 'refused' && answer.problem.status === 404;
  const why = answer.kind === 'done' || isGone ? words.sharing.gone : whyNot(answer, session);
  announcement.value = why;
  return { ok: false, why };
}

function putCopy(
  session: Session,
  id: string,
  callout: string,
  { name, tree: shared }: ReadDetails,
): Shared | undefined {
  const { words, data, newId, announcement } = session;
  const tree = session.tree.value;
  const at = placeOf(tree, id);
  // It may show another one by now, or none.
  if (at === undefined || calloutShownBy(findWidget(tree, id), data.types) !== callout) return undefined;
  const copies = shared?.root.children.map((child) => withNewIds(child, newId)) ?? [];
  if (copies.length === 0) {
    announcement.value = words.sharing.empty;
    return { ok: false, why: words.sharing.empty };
  }
  const done = act(session, {
    label: { kind: 'detach', what: name },
    operations: [
      { kind: 'remove', id },
      ...copies.map((widget) => ({ kind: 'insert', widget, at }) as const),
    ],
    select: copies.map((copy) => copy.id),
    say: () => words.sharing.detached({ what: name }),
  });
  return done.ok ? { ok: true } : { ok: false, why: sentenceOf(done.refusal, session) };
}
