import { z } from 'zod';
import { changeDraft } from '../../documents/drafts/change-draft.ts';
import type { Changed } from '../../documents/drafts/make-change.ts';
import { resetDraft } from '../../documents/drafts/reset-draft.ts';
import { restoreWidget } from '../../documents/drafts/restore-widget.ts';
import { formatOperations } from '../../documents/drafts/stored.ts';
import { undoChange } from '../../documents/drafts/undo-change.ts';
import type { RefusedDocument } from '../../documents/refusal.ts';
import { jsonText } from '../answer.ts';
import { readOperations } from '../asked-operations.ts';
import { changeJson, readChanges } from '../changes-page.ts';
import { DOCUMENT_PARAMS, NUMBER_TEXT, WIDGET_PARAMS } from '../input.ts';
import { defineRoute, type Handled, NO_BODY, NOTHING } from '../route.ts';
import { Changed as ChangedSchema, Changes, NewChange, Reset, Restore, Undo } from '../schemas/documents.ts';

const DONE = { 200: { what: 'What was done to the draft', schema: ChangedSchema } };

const change = defineRoute({
  name: 'changeDraft',
  summary: 'Changes a draft by operations, over whatever others did since',
  method: 'POST',
  path: '/documents/:document/changes',
  policy: 'edit',
  isRepeatable: true,
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: NewChange,
  answers: DONE,
  async handle({ api, author, params, body, key }) {
    const { document } = params;
    const read = readOperations(body.operations, { documents: api.documents, document, key });
    if (!read.ok) return read;
    const wanted = { after: body.after, operations: read.operations, key };
    return done(await changeDraft(api.documents, document, wanted, author));
  },
});

const changes = defineRoute({
  name: 'listChanges',
  summary: 'The next changes of a draft after a sequence number, in their order',
  method: 'GET',
  path: '/documents/:document/changes',
  policy: 'read',
  params: DOCUMENT_PARAMS,
  query: z.strictObject({ after: NUMBER_TEXT }),
  body: NO_BODY,
  answers: { 200: { what: 'Some of the changes', schema: Changes } },
  async handle({ api, params, query, state }) {
    const read = await readChanges(api.documents, params.document, query.after);
    if (!read.ok) return read;
    const last = read.changes.at(-1)?.sequence ?? query.after;
    const list = read.changes.map(changeJson).join(',');
    return jsonText(`{"sequence":${Math.max(state?.sequence ?? 0, last)},"changes":[${list}]}`);
  },
});

const undo = defineRoute({
  name: 'undoChange',
  summary: 'Undoes one change of a draft, whatever was changed since; to redo, undo the undo',
  method: 'POST',
  path: '/documents/:document/undo',
  policy: 'edit',
  isRepeatable: true,
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: Undo,
  answers: DONE,
  handle: async ({ api, author, params, body, key }) =>
    done(await undoChange(api.documents, params.document, { ...body, key }, author)),
});

const reset = defineRoute({
  name: 'resetDraft',
  summary: 'Makes a draft what the newest commit has',
  method: 'POST',
  path: '/documents/:document/reset',
  policy: 'edit',
  isRepeatable: true,
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: Reset,
  answers: DONE,
  handle: async ({ api, author, params, body, key }) =>
    done(await resetDraft(api.documents, params.document, { ...body, key }, author)),
});

const restore = defineRoute({
  name: 'restoreWidget',
  summary: 'Makes one widget what it was in a commit',
  method: 'POST',
  path: '/documents/:document/widgets/:widget/restore',
  policy: 'edit',
  isRepeatable: true,
  params: WIDGET_PARAMS,
  query: NOTHING,
  body: Restore,
  answers: DONE,
  async handle({ api, author, params, body, key }) {
    const { document, widget } = params;
    return done(await restoreWidget(api.documents, document, { widget, ...body, key }, author));
  },
});

/** Operations are written in their one canonical way, so that a request that is repeated is answered by the same bytes. */
function done(changed: Changed | RefusedDocument): Handled {
  if (!changed.ok) return changed;
  const { sequence, operations } = changed;
  return jsonText(`{"sequence":${sequence},"operations":${formatOperations(operations)}}`);
}

/** Changes of drafts. */
export const changeRoutes = [change, changes, undo, reset, restore];
