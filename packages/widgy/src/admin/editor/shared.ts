import {
  CALLOUT,
  type CalloutRefusal,
  type CalloutStore,
  type ListedCallout,
  readUses,
  shareWidgets,
} from '../../callouts/index.ts';
import { readDraft } from '../../documents/index.ts';
import type {
  MadeCallout,
  SharedCallout,
  SharedCallouts,
  SharedDetails,
  SharedPlace,
} from '../../editor/server/shared-data.ts';
import { problemOf, refuseCall } from '../../http/problem.ts';
import { sendProblem } from '../../http/send.ts';
import { formatReference, resolveReferences } from '../../links/index.ts';
import { formatTree } from '../../tree/format.ts';
import type { JsonValue } from '../../tree/json.ts';
import { findWidget } from '../../tree/tree.ts';
import { isId } from '../../tree/widget.ts';
import type { LinkTarget } from '../../widgets/fields/link-choices.ts';
import { answerJson, answerRefusal } from '../answer-json.ts';
import { ANSWERED, type Answered } from '../call.ts';
import type { DocumentCall } from '../documents/document-call.ts';
import { type Use, usesOf } from '../uses.ts';

/** Call-outs in one answer. */
export const MAX_SHARED_ASKED = 100;

const EDIT = 'callouts.edit';

/** Tells of some call-outs how often they are used. At most three statements. */
export async function showShared(call: DocumentCall) {
  const { widgy, query, reply } = call;
  const asked = new Set(query.getAll('callout'));
  if (asked.size > MAX_SHARED_ASKED) {
    const { problem } = refuseCall('invalid', `at most ${MAX_SHARED_ASKED} call-outs are told of at once`);
    sendProblem(reply, problem);
    return ANSWERED;
  }
  const found = await readShared(call, widgy.callouts, [...asked]);
  const callouts = Array.from(found, ([id, each]) => [id, sharedOf(call, each)] as const);
  return answerJson(call, { callouts: Object.fromEntries(callouts) } satisfies SharedCallouts);
}

/** Tells of one call-out where it is used, and what a copy of it has. */
export async function showSharedDetails(call: DocumentCall) {
  const { widgy, reply, param } = call;
  const id = param('callout');
  const found = (await readShared(call, widgy.callouts, [id])).get(id);
  if (found === undefined) {
    sendProblem(reply, refuseCall('route-missing', 'there is no such call-out').problem);
    return ANSWERED;
  }
  const { places, total } = await usesOf(call, { type: CALLOUT, id });
  return answerJson(call, {
    ...sharedOf(call, found),
    uses: total,
    places: places.map(placeOf),
    tree: await copiedTree(call, found),
  } satisfies SharedDetails);
}

/**
 * Makes a call-out of widgets of the draft. They stay in it: whoever asked puts the call-out in their place, as a change that can be taken back.
 * Sent again, it makes no second one.
 */
export async function takeShared(call: DocumentCall) {
  const { widgy, found, form, author, may, reply } = call;
  const { callouts } = widgy;
  if (callouts === undefined || !may(EDIT)) {
    sendProblem(reply, refuseCall('forbidden', 'you may not make call-outs').problem);
    return ANSWERED;
  }
  const id = form.text('id');
  if (!isId(id)) {
    sendProblem(reply, refuseCall('invalid', 'the call-out has no id that can be used').problem);
    return ANSWERED;
  }
  const tree = (await readDraft(widgy.documents, found.document))?.draft.tree;
  // Whoever names one a thousand times gets no thousand copies.
  const wanted = [...new Set(form.texts('widget'))];
  const content = tree === undefined ? [] : wanted.flatMap((each) => findWidget(tree, each) ?? []);
  if (content.length === 0 || content.length < wanted.length) {
    const what = 'some of the widgets are not in the draft';
    const widget = wanted.find((each) => content.every((one) => one.id !== each)) ?? '';
    sendProblem(reply, problemOf({ code: 'widget-missing', what, widget }));
    return ANSWERED;
  }
  const made = await shareWidgets(callouts, { id, name: form.text('name') ?? '', content }, author);
  if (!made.ok) return refuseShare(call, made.refusal);
  const shared = (await readShared(call, callouts, [id])).get(id);
  if (shared === undefined) throw new Error('A call-out is not there that was just made.');
  return answerJson(call, { id, ...sharedOf(call, shared) } satisfies MadeCallout);
}

/** A call-out that is there, with what visitors see of it. */
interface FoundCallout {
  readonly callout: ListedCallout;
  readonly target: LinkTarget | undefined;
}

async function readShared(
  { widgy }: DocumentCall,
  store: CalloutStore | undefined,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundCallout>> {
  if (store === undefined) return new Map();
  const { database, linkables } = widgy.documents;
  const found = await readUses(store, ids);
  const references = Array.from(found.keys(), (id) => ({ type: CALLOUT, id }));
  const targets = await resolveReferences(database.kysely, linkables, references);
  return new Map(
    Array.from(found, ([id, callout]) => [
      id,
      { callout, target: targets.get(formatReference({ type: CALLOUT, id })) },
    ]),
  );
}

function sharedOf({ widgy, may }: DocumentCall, { callout, target }: FoundCallout): SharedCallout {
  const { name, uses, document } = callout;
  const editor = document === null || !may(EDIT) ? null : `${widgy.adminUrl}/documents/${document}/editor`;
  return { name, uses, isShown: target?.tree !== undefined, editor };
}

/** What visitors see is what the page shows, and so is its copy. A draft is for those who may edit it. */
async function copiedTree(
  { widgy, may }: DocumentCall,
  { callout, target }: FoundCallout,
): Promise<JsonValue> {
  const { document } = callout;
  const draft =
    target?.tree === undefined && document !== null && may(EDIT)
      ? (await readDraft(widgy.documents, document))?.draft.tree
      : undefined;
  const tree = target?.tree ?? draft;
  return tree === undefined ? null : JSON.parse(formatTree(tree));
}

function placeOf({ kind, name, address, url }: Use): SharedPlace {
  return {
    name: kind === 'Document' ? null : name,
    address: address ?? null,
    url: url?.replace(/\/content$/, '/editor') ?? null,
  };
}

/** A name is refused with a code of call-outs, all else as the API does. */
function refuseShare(call: DocumentCall, refusal: CalloutRefusal): Answered {
  if (refusal.code !== 'document-refused') {
    const { code, what } = refusal;
    return answerRefusal(call, 409, { code, what });
  }
  sendProblem(call.reply, problemOf(refusal.refusal));
  return ANSWERED;
}
