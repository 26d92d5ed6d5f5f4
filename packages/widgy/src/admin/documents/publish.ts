import {
  commitDraft,
  type DocumentRefusal,
  resetDraft,
  scheduleCommit,
  withdrawDocument,
} from '../../documents/index.ts';
import type { Site } from '../../widgets/site.ts';
import { timeOfLocal, timeText } from '../words.ts';
import { type PublishForm, renderContent } from './content-page.ts';
import { type DocumentCall, undoButton } from './document-call.ts';
import { refusalText } from './refusal-text.ts';
import { sentKey, wholeNumber } from './sent-key.ts';

/** Publishes what somebody looked at: the draft, or the newest version if that has all of it. Now, or at a time. */
export async function takePublish(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go } = call;
  const { documents, site } = widgy;
  const after = wholeNumber(form.text('after'));
  const head = wholeNumber(form.text('head')) ?? null;
  const pending = wholeNumber(form.text('pending'));
  const typed: PublishForm = {
    note: form.text('note') ?? '',
    when: form.text('when') === 'later' ? 'later' : 'now',
    at: form.text('at') ?? '',
  };
  const refused = async (error: string) => await renderContent(call, { ...typed, error }, 422);
  if (after === undefined) return await refused('The form was not complete. Try it again.');
  const publishAt = typed.when === 'now' ? 'now' : timeOfLocal(typed.at);
  if (publishAt !== 'now' && !isTimeToCome(publishAt, widgy.now()))
    return await refused('Choose a day and a time that is still to come.');
  const { key } = sentKey(form, author.id, 'publish');
  const done =
    pending === undefined
      ? await commitDraft(
          documents,
          found.document,
          { after, head, message: typed.note, publishAt, key },
          author,
        )
      : await scheduleCommit(
          documents,
          found.document,
          { commit: pending, seen: wholeNumber(form.text('seen')) ?? null, publishAt },
          author,
        );
  if (!done.ok) return await refused(publishRefusal(site, done.refusal));
  const text =
    publishAt === 'now'
      ? 'It was published. Visitors see it now.'
      : `It will be published on ${timeText(publishAt)}.`;
  say({ tone: 'done', text: documents.isReviewed ? `${text} Visitors see it when it is approved.` : text });
  return go(`${base}/content`);
}

function publishRefusal(site: Site<never>, refusal: DocumentRefusal): string {
  if (refusal.code !== 'stale' || refusal.sequence !== undefined) return refusalText(site, refusal);
  return 'Somebody else published it or took it off the site meanwhile. Look at how it is now, and publish it again if you still want to.';
}

/** The latest time at which something may be published: the end of the year 9999. */
const LAST_TIME = Date.UTC(10_000, 0, 1) - 1;

/** Whether something can be put off until a time. */
export function isTimeToCome(time: number, now: number): boolean {
  return Number.isSafeInteger(time) && time > now && time <= LAST_TIME;
}

/** Takes a document off the site. */
export async function takeUnpublish(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go, refuse } = call;
  const back = `${base}/content`;
  const head = wholeNumber(form.text('head'));
  if (head === undefined) return refuse('Nothing was published yet.', back);
  const { key } = sentKey(form, author.id, 'unpublish');
  const done = await withdrawDocument(widgy.documents, found.document, { head, key }, author);
  if (!done.ok) {
    const what =
      done.refusal.code === 'nothing-changed'
        ? 'It is off the site already.'
        : refusalText(widgy.site, done.refusal);
    return refuse(what, back);
  }
  say({ tone: 'done', text: 'It was taken off the site. The draft and the history are still here.' });
  return go(back);
}

/** Changes when something is to be shown that is still to come: now, at another time, or not at all. */
export async function takeSchedule(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go, refuse } = call;
  const back = `${base}/content`;
  const commit = wholeNumber(form.text('commit'));
  const seen = wholeNumber(form.text('seen')) ?? null;
  const wanted = form.text('do');
  const at = timeOfLocal(form.text('at') ?? '');
  if (commit === undefined) return refuse('The form was not complete. Try it again.', back);
  if (wanted === 'move' && !isTimeToCome(at, widgy.now()))
    return refuse('Nothing was changed. Choose a day and a time that is still to come.', back);
  const publishAt = wanted === 'now' ? 'now' : wanted === 'move' ? at : null;
  const done = await scheduleCommit(widgy.documents, found.document, { commit, seen, publishAt }, author);
  if (!done.ok) {
    const what =
      done.refusal.code === 'stale'
        ? 'Somebody else gave it another time meanwhile. Look at when it is now.'
        : refusalText(widgy.site, done.refusal);
    return refuse(what, back);
  }
  const text = {
    now: 'It was done now, before its time.',
    move: `Its time is ${timeText(at)} now.`,
    cancel: 'It was cancelled. The version stays in the history.',
  };
  say({ tone: 'done', text: wanted === 'now' ? text.now : wanted === 'move' ? text.move : text.cancel });
  return go(back);
}

/** Makes the draft what the newest version has. It can be taken back. */
export async function takeDiscard(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go, refuse } = call;
  const back = `${base}/content`;
  const [after, head] = [wholeNumber(form.text('after')), wholeNumber(form.text('head'))];
  if (after === undefined || head === undefined) return refuse('Nothing was published yet.', back);
  const { key } = sentKey(form, author.id, 'discard');
  const done = await resetDraft(widgy.documents, found.document, { after, head, key }, author);
  if (!done.ok) return refuse(`Nothing was discarded. ${refusalText(widgy.site, done.refusal)}`, back);
  say({
    tone: 'done',
    text: 'The changes of the draft were discarded.',
    undo: undoButton(call, done.sequence),
  });
  return go(back);
}
