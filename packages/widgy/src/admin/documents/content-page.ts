import { changeDraft, readDraft, undoChange } from '../../documents/index.ts';
import { offeredTypes } from '../../http/offered-types.ts';
import { addressOfPath } from '../../pages/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import { findWidget } from '../../tree/tree.ts';
import { permissionName } from '../../widgets/define-widget.ts';
import { localOfTime, timeText } from '../words.ts';
import { operationOf, readOutlineAction } from './content-actions.ts';
import { type DocumentCall, documentHead, undoButton } from './document-call.ts';
import { meanwhileText, treeAt } from './draft-at.ts';
import { outlineOf } from './outline.ts';
import { printOutline } from './print-outline.ts';
import { type PublishingState, readPublishing } from './publishing-state.ts';
import { refusalText } from './refusal-text.ts';
import { newKey, sentKey, wholeNumber } from './sent-key.ts';
import { widgetName } from './widget-text.ts';

/** What is typed into the form that publishes, to be shown again. */
export interface PublishForm {
  readonly note: string;
  readonly when: 'now' | 'later';
  readonly at: string;
  readonly error?: string;
}

/** Shows the content of a document: the outline of its draft, a preview, and what visitors see of it. */
export async function showContent(call: DocumentCall) {
  return await renderContent(call, undefined, 200);
}

/** The same, with a form that cannot be taken as it is. */
export async function renderContent(call: DocumentCall, typed: PublishForm | undefined, status: number) {
  const { widgy, found, base, author, may, render, mayUse } = call;
  const { documents, site, adminUrl, now } = widgy;
  const read = await readDraft(documents, found.document);
  if (read === undefined) return await render('error', { ...wentWrong(404) }, 404);
  const { state, draft } = read;
  const mayEdit = mayUse('edit');
  const offered = mayEdit ? await offeredTypes(site, author, [...site.catalogue.keys()]) : [];
  const outline = outlineOf(draft.tree, site, {
    ...{ mayEdit, offered },
    may: (action, type) => may(permissionName(type, action)),
  });
  const publishing = await readPublishing(documents, state);
  const { owner } = found;
  return await render(
    'documents/content',
    {
      head: documentHead(call, 'content'),
      base: `${adminUrl}${base}`,
      kind: owner.kind,
      after: draft.sequence,
      headNumber: state.head?.number,
      key: newKey(),
      outline: printOutline(outline, `${adminUrl}${base}`),
      mayEdit,
      publishing: shownPublishing(publishing),
      mayPublish: mayUse('publish'),
      publish: typed ?? { note: '', when: 'now', at: localOfTime(nextHour(now())) },
      view:
        owner.kind === 'page' && publishing.live !== undefined ? addressOfPath(owner.page.path) : undefined,
    },
    status,
  );
}

/** Does what a button of the outline asks for. */
export async function takeOutlineAction(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go, refuse } = call;
  const { documents, site } = widgy;
  const asked = form.text('do') ?? '';
  const back = `${base}/content`;
  const wanted = readOutlineAction(asked);
  const after = wholeNumber(form.text('after'));
  const read = await readDraft(documents, found.document);
  if (wanted === undefined || after === undefined || read === undefined)
    return refuse('Nothing was done, since the form was not complete. Try it again.', back);
  const seen = await treeAt(documents, read.draft, after);
  if (!seen.ok) return refuse(refusalText(site, seen.refusal), back);
  const { key, newId } = sentKey(form, author.id, asked);
  const widget = findWidget(seen.tree, wanted.widget);
  const operation = operationOf(seen.tree, wanted.action, wanted.widget, newId);
  if (widget === undefined || operation === undefined)
    return refuse('That cannot be done here. Look at how it is now.', back);
  const name = widgetName(site, widget);
  const done = await changeDraft(documents, found.document, { after, operations: [operation], key }, author);
  if (!done.ok) return refuse(`${name}: ${refusalText(site, done.refusal)}`, back);
  if (done.operations.length === 0) {
    say({ tone: 'done', text: `${name} is like that already.` });
    return go(back);
  }
  say({
    tone: 'done',
    text: `${name} was ${DONE[wanted.action]}.${meanwhileText(after, done.sequence)}`,
    undo: undoButton(call, done.sequence),
  });
  return go(operation.kind === 'move' ? `${back}#w-${wanted.widget}` : back);
}

const DONE = { up: 'moved up', down: 'moved down', duplicate: 'duplicated', delete: 'deleted' } as const;

/** Takes one change of the draft back. To do it again is to take that back. */
export async function takeUndo(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go, refuse } = call;
  const back = `${base}/content`;
  const change = wholeNumber(form.text('change'));
  if (change === undefined) return refuse('Nothing was taken back.', back);
  const done = await undoChange(widgy.documents, found.document, { change }, author);
  if (!done.ok) return refuse(`It was not taken back. ${refusalText(widgy.site, done.refusal)}`, back);
  if (done.operations.length === 0) {
    say({ tone: 'done', text: 'It was taken back already.' });
    return go(back);
  }
  say({ tone: 'done', text: 'It was taken back.', undo: undoButton(call, done.sequence, 'Redo') });
  return go(back);
}

function shownPublishing({ scheduled, ...state }: PublishingState) {
  return {
    ...state,
    scheduled: scheduled.map(({ number, publishAt, message, isWithdrawal }) => ({
      ...{ number, publishAt, message, isWithdrawal },
      at: publishAt === null ? '' : timeText(publishAt),
      local: publishAt === null ? '' : localOfTime(publishAt),
    })),
  };
}

const HOUR = 60 * 60_000;

/** The full hour after the next one. */
function nextHour(now: number): number {
  return (Math.floor(now / HOUR) + 2) * HOUR;
}
