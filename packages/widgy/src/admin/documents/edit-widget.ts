import { changeDraft, type DocumentRefusal, type Draft, readDraft } from '../../documents/index.ts';
import { renderWidgetForm } from '../../rendering/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import { changesBetween, type FieldChanges, setOf } from '../../tree/field-changes.ts';
import { fieldOf, isSameJson, type JsonValue } from '../../tree/json.ts';
import { pointerTo } from '../../tree/problems.ts';
import { findWidget } from '../../tree/tree.ts';
import type { Widget } from '../../tree/widget.ts';
import { permissionName } from '../../widgets/define-widget.ts';
import type { FieldError } from '../../widgets/fields/field-error.ts';
import { type FormState, formStateOf } from '../../widgets/fields/form-state.ts';
import type { TakenOut } from '../../widgets/fields/taken-out.ts';
import { readWidgetForm, type WidgetForm, widgetForm } from '../../widgets/widget-form.ts';
import { type DocumentCall, documentHead, undoButton } from './document-call.ts';
import { meanwhileText, treeAt } from './draft-at.ts';
import { fieldLabel, fieldText } from './field-text.ts';
import { formChoices } from './form-choices.ts';
import { isEditable } from './outline.ts';
import { refusalText } from './refusal-text.ts';
import { newKey, sentKey, wholeNumber } from './sent-key.ts';
import { typeLabel, widgetName } from './widget-text.ts';

/** A field that two people gave different values. */
interface FieldClash {
  readonly name: string;
  readonly mine: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** What the page of an edit form shows beside the form. */
interface EditPage {
  readonly form: WidgetForm;
  /** The sequence number of the draft that the form is about. */
  readonly after: number;
  readonly clashes?: readonly FieldClash[];
  /** What is wrong with more than a field. */
  readonly problem?: string;
  readonly key?: string | undefined;
  readonly status?: number;
}

/** Shows the edit form of a widget. */
export async function showWidget(call: DocumentCall) {
  const read = await readDraft(call.widgy.documents, call.found.document);
  const widget = read && findWidget(read.draft.tree, call.param('widget'));
  if (read === undefined || widget === undefined) return await missing(call);
  const refused = await refuseEditing(call, widget);
  if (refused !== undefined) return refused;
  const form = widgetForm(call.widgy.site, widget.type, widget.fields);
  return await renderEdit(call, widget, { form, after: read.draft.sequence });
}

/** Keeps what was typed into the edit form of a widget, or shows the form again with all of it. */
export async function takeWidget(call: DocumentCall) {
  const { widgy, found, base, author, form, param, say, go } = call;
  const { documents, site } = widgy;
  const id = param('widget');
  const after = wholeNumber(form.text('after'));
  const read = await readDraft(documents, found.document);
  if (read === undefined || after === undefined) return await missing(call);
  const { draft } = read;
  const seen = await treeAt(documents, draft, after);
  const now = findWidget(draft.tree, id);
  const before = seen.ok ? findWidget(seen.tree, id) : now;
  const known = before ?? now;
  if (known === undefined) return await missing(call);
  const refused = await refuseEditing(call, known);
  if (refused !== undefined) return refused;
  const { type } = known;
  const sent = readWidgetForm(site, type, form.entries, known.fields);
  const key = form.text('key');
  if (sent.status !== 'read') {
    const status = sent.status === 'refused' ? 422 : 200;
    return await renderEdit(call, known, { form: sent.form, after, key, status });
  }
  if (now === undefined) {
    return await renderEdit(call, known, {
      ...{ form: widgetForm(site, type, sent.fields), after, status: 422 },
      problem: 'Somebody else deleted this widget meanwhile. What you typed is still here, for you to copy.',
    });
  }
  // Without the draft that was looked at nobody knows who changed what: then all that is different is asked about.
  const changes = changesBetween(seen.ok ? known.fields : now.fields, sent.fields);
  const choices = chosenSides(call, now, changes, seen.ok ? [] : [...changes.keys()]);
  if (choices.open.length > 0) return await askAgain(call, draft, now, changes, choices.open);
  const name = widgetName(site, { type, fields: sent.fields });
  const next = form.text('then') === 'stay' ? `${base}/content/${id}` : `${base}/content#w-${id}`;
  const lost = takenOutText(sent.takenOut ?? []);
  if (choices.changes.size === 0) {
    say({ tone: 'done', text: `${name} is as it was: there was nothing new to save.${lost}` });
    return go(next);
  }
  const request = {
    after: seen.ok ? after : draft.sequence,
    operations: [setOf(id, choices.changes)],
    key: sentKey(form, author.id, `set ${after}`).key,
  };
  const done = await changeDraft(documents, found.document, request, author);
  if (!done.ok) {
    const { refusal } = done;
    const latest = (await readDraft(documents, found.document))?.draft ?? draft;
    const there = findWidget(latest.tree, id);
    if (refusal.code === 'conflict' && refusal.conflict.code === 'fields' && there !== undefined)
      return await askAgain(
        call,
        latest,
        there,
        choices.changes,
        refusal.conflict.fields.map(({ name: field }) => field),
      );
    const errors = errorsOf(refusal);
    return await renderEdit(call, known, {
      form: { ...widgetForm(site, type, sent.fields), errors },
      ...{ after, key, status: 422 },
      ...(errors.length > 0 ? {} : { problem: refusalText(site, refusal) }),
    });
  }
  say({
    tone: 'done',
    text: `${name} was saved in the draft.${meanwhileText(request.after, done.sequence)}${lost}`,
    ...(done.operations.length === 0 ? {} : { undo: undoButton(call, done.sequence) }),
  });
  return go(next);
}

/** Says what sanitising took out of what was typed; empty where it took out nothing. */
function takenOutText(lost: readonly TakenOut[]): string {
  const texts = lost.map(
    ({ label, names }) => ` Taken out of “${label}”, since it may not be there: ${LIST.format(names)}.`,
  );
  return texts.join('');
}

const LIST = new Intl.ListFormat('en', { type: 'conjunction' });

/** What a refusal has against single fields. */
function errorsOf(refusal: DocumentRefusal): readonly FieldError[] {
  if (refusal.code === 'fields-invalid') return refusal.errors;
  if (refusal.code !== 'links-missing') return [];
  return refusal.links.map(({ field, isPicture }): FieldError => {
    const message =
      isPicture === true
        ? 'This is no picture, or it is not there any more. Choose a picture.'
        : 'What it points at is not there any more. Choose something else.';
    return { code: 'refused', path: pointerTo([field]), message };
  });
}

/** What somebody chose of the fields that others have changed too, and the fields of which they chose neither. */
function chosenSides(
  { form }: DocumentCall,
  now: Widget,
  changes: FieldChanges,
  unsure: readonly string[],
): { readonly changes: FieldChanges; readonly open: readonly string[] } {
  const asked = new Set([...form.texts('asked'), ...unsure]);
  const left = new Map(changes);
  const open: string[] = [];
  for (const name of asked) {
    const side = form.text(`choose.${name}`);
    if (side === 'theirs') left.delete(name);
    else if (side !== 'mine' && left.has(name) && !isSameJson(left.get(name), fieldOf(now.fields, name)))
      open.push(name);
  }
  return { changes: left, open };
}

/** Shows the form with one's own values in it, and asks which value of each field is to stay that others have changed too. */
async function askAgain(
  call: DocumentCall,
  draft: Draft,
  now: Widget,
  changes: FieldChanges,
  names: readonly string[],
) {
  const { site } = call.widgy;
  const fields = site.types.get(now.type)?.fields ?? [];
  const theirs = formStateOf(fields, now.fields, site.kinds);
  const own = formStateOf(
    fields.filter(({ name }) => changes.has(name)),
    Object.fromEntries([...changes].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    site.kinds,
  );
  const state: FormState = { ...theirs, ...own };
  const clashes = names.map((name) => {
    return { name, mine: changes.get(name), theirs: fieldOf(now.fields, name) };
  });
  return await renderEdit(call, now, {
    ...{ form: { type: now.type, state, errors: [] }, after: draft.sequence, clashes, status: 422 },
    problem:
      'Somebody else changed the same fields meanwhile. Choose which value is to stay, and save again.',
  });
}

async function renderEdit(call: DocumentCall, widget: Widget, page: EditPage) {
  const { widgy, render, base, query } = call;
  const { documents, site, renderer, adminUrl } = widgy;
  const { form, after, clashes = [], problem, key = newKey(), status = 200 } = page;
  const { fields = [] } = site.types.get(widget.type) ?? {};
  const choices = await formChoices(documents, fields, form);
  const name = widgetName(site, widget);
  return await render(
    'documents/edit',
    {
      head: documentHead(call, 'content', [{ title: 'Content', url: `${adminUrl}${base}/content` }]),
      base: `${adminUrl}${base}`,
      widget: { id: widget.id, name, label: typeLabel(site, widget.type) },
      description: site.types.get(widget.type)?.definition.description,
      form: await renderWidgetForm(renderer, form, choices),
      ...{ after, key, problem },
      added: wholeNumber(query.get('added') ?? call.form.text('added')),
      clashes: clashes.map(({ name: field, mine, theirs }) => ({
        name: field,
        label: fieldLabel(site, widget.type, field),
        mine: fieldText(site, widget.type, field, mine),
        theirs: fieldText(site, widget.type, field, theirs),
      })),
    },
    status,
  );
}

async function refuseEditing({ widgy, may, render, base }: DocumentCall, { type }: Widget) {
  const { site } = widgy;
  if (!isEditable(site, site.catalogue.get(type), type)) {
    const text = site.types.has(type)
      ? `“${typeLabel(site, type)}” has nothing to be edited.`
      : 'The site does not have this type of widgets any more. It can be seen and deleted, and not be edited.';
    return await render(
      'documents/problem',
      { heading: 'This cannot be edited', text, back: `${widgy.adminUrl}${base}/content` },
      422,
    );
  }
  if (may(permissionName(type, 'change'))) return undefined;
  return await render('error', { ...wentWrong(403) }, 403);
}

/** Says that there is no such widget in the draft. */
export async function missing({ widgy, render, base }: DocumentCall) {
  return await render(
    'documents/problem',
    {
      heading: 'This widget is gone',
      text: 'Somebody deleted it, or took back that it was added.',
      back: `${widgy.adminUrl}${base}/content`,
    },
    404,
  );
}
