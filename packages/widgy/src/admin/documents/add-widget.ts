import { changeDraft, type Draft, readDraft } from '../../documents/index.ts';
import { offeredTypes } from '../../http/offered-types.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import { newWidget } from '../../tree/rules/new-widget.ts';
import { possibleChildren } from '../../tree/rules/shelf.ts';
import type { Wrapper } from '../../tree/rules/violation.ts';
import { findWidget, type Place } from '../../tree/tree.ts';
import { createWidget, type IdMaker, isId, isTypeName, type Widget } from '../../tree/widget.ts';
import type { Site } from '../../widgets/site.ts';
import { type DocumentCall, documentHead, undoButton } from './document-call.ts';
import { meanwhileText } from './draft-at.ts';
import { missing } from './edit-widget.ts';
import { isEditable, placeQuery } from './outline.ts';
import { refusalText } from './refusal-text.ts';
import { newKey, sentKey, wholeNumber } from './sent-key.ts';
import { sentence, slotLabel, typeLabel, widgetName } from './widget-text.ts';

/** A type that may be added at a place. */
interface Card {
  readonly type: string;
  readonly label: string;
  readonly description: string | undefined;
}

/** A type that may not be added at a place, why, and what could stand between. */
interface OtherType extends Card {
  readonly why: string;
  readonly wrapper: Wrapper | undefined;
}

/** Shows what may be added at a place of the draft. */
export async function showAdd(call: DocumentCall) {
  const { query } = call;
  return await renderAdd(call, placeIn(query), undefined, 200);
}

/** Adds a widget, and goes to its form where it has something to be edited. */
export async function takeAdd(call: DocumentCall) {
  const { widgy, found, base, author, form, say, go } = call;
  const { documents, site } = widgy;
  const place = placeIn(new URLSearchParams(form.entries.map(([...entry]) => entry)));
  const after = wholeNumber(form.text('after'));
  // A button can say the type alone, or a type and what is to stand around it.
  const [type = '', wrapper, slot] = (form.text('type') ?? '').split('|');
  const { key, newId } = sentKey(form, author.id, `add ${type} ${wrapper ?? ''}`);
  const inner = newWidget(site.catalogue, type, newId);
  const widget =
    inner && (wrapper === undefined ? inner : wrapped(site, { type: wrapper, slot }, inner, newId));
  if (place === undefined || after === undefined || widget === undefined)
    return await renderAdd(call, place, 'Choose what to add.', 422);
  const operations = [{ kind: 'insert', widget, at: place } as const];
  const done = await changeDraft(documents, found.document, { after, operations, key }, author);
  if (!done.ok) return await renderAdd(call, place, refusalText(site, done.refusal), 422);
  const label = typeLabel(site, type);
  say({
    tone: 'done',
    text: `${label} was added to the draft.${meanwhileText(after, done.sequence)}`,
    undo: undoButton(call, done.sequence),
  });
  const id = inner?.id ?? widget.id;
  const hasForm = isEditable(site, site.catalogue.get(type), type);
  return go(hasForm ? `${base}/content/${id}?added=${done.sequence}` : `${base}/content#w-${id}`);
}

/** A new widget of another type, with one in it. */
function wrapped(
  { catalogue }: Site<never>,
  { type, slot }: { readonly type: string; readonly slot: string | undefined },
  inner: Widget,
  newId: IdMaker,
): Widget | undefined {
  const known = catalogue.get(type);
  if (known === undefined) return undefined;
  const { id, fields, children } = inner;
  const child = createWidget({ id, type: inner.type, slot: slot || undefined, fields, children });
  return createWidget({ id: newId(), type, fields: known.fields ?? {}, children: [child] });
}

async function renderAdd(
  call: DocumentCall,
  place: Place | undefined,
  problem: string | undefined,
  status: number,
) {
  const { widgy, found, base, render } = call;
  const { documents, site, adminUrl } = widgy;
  const read = await readDraft(documents, found.document);
  const parent = read && place && findWidget(read.draft.tree, place.parent);
  if (read === undefined || place === undefined || parent === undefined) return await missing(call);
  const { cards, others } = await typesAt(call, read.draft, place);
  const groups = [
    { label: 'Content', cards: cards.filter(({ type }) => !holdsOthers(site, type)) },
    { label: 'To put other widgets into', cards: cards.filter(({ type }) => holdsOthers(site, type)) },
  ];
  return await render(
    'documents/add',
    {
      head: documentHead(call, 'content', [{ title: 'Content', url: `${adminUrl}${base}/content` }]),
      base: `${adminUrl}${base}`,
      ...{ place, problem, others },
      into: `${widgetName(site, parent)}${place.slot === undefined ? '' : `, ${slotLabel(place.slot)}`}`,
      before: neighbour(site, read.draft, place),
      query: placeQuery(place),
      groups: groups.filter((group) => group.cards.length > 0),
      after: read.draft.sequence,
      key: newKey(),
    },
    status,
  );
}

function neighbour(site: Site<never>, { tree }: Draft, { before }: Place): string | undefined {
  const widget = before === undefined ? undefined : findWidget(tree, before);
  return widget && widgetName(site, widget);
}

function holdsOthers({ catalogue }: Site<never>, type: string): boolean {
  return (catalogue.get(type)?.slots.size ?? 0) > 0;
}

/** What may be added at a place, and of all else why not. */
async function typesAt({ widgy, author }: DocumentCall, { tree }: Draft, place: Place) {
  const { site, documents } = widgy;
  const { catalogue } = site;
  const offered = new Set(await offeredTypes(site, author, [...catalogue.keys()]));
  const { shelves, of } = possibleChildren(tree, catalogue, offered);
  const shelf = shelves[of.get(place.parent) ?? -1] ?? [];
  const legal = new Set(shelf.find(({ slot }) => slot === place.slot)?.types);
  const cards: Card[] = [];
  const others: OtherType[] = [];
  for (const type of [...catalogue.keys()]) {
    const { description } = site.types.get(type)?.definition ?? {};
    const card = { type, label: typeLabel(site, type), description };
    if (legal.has(type)) {
      cards.push(card);
      continue;
    }
    const widget = newWidget(catalogue, type, documents.newId);
    if (widget === undefined) continue;
    const checked = checkOperation(tree, { kind: 'insert', widget, at: place }, catalogue, documents.limits);
    const refusal = checked.ok ? undefined : checked.refusal;
    const why = offered.has(type)
      ? sentence(refusal?.what ?? 'it cannot be added here')
      : 'You may not add widgets of this type.';
    const wrapper = refusal !== undefined && 'wrapper' in refusal ? refusal.wrapper : undefined;
    const isOffered = offered.has(type) && wrapper !== undefined && offered.has(wrapper.type);
    others.push({ ...card, why, wrapper: isOffered ? wrapper : undefined });
  }
  const byLabel = (a: Card, b: Card) => (a.label < b.label ? -1 : 1);
  return { cards: cards.sort(byLabel), others: others.sort(byLabel) };
}

/** The place that an address or a form names. */
function placeIn(query: URLSearchParams): Place | undefined {
  const [parent, slot, before] = ['parent', 'slot', 'before'].map((name) => query.get(name) || undefined);
  if (!isId(parent)) return undefined;
  if ((slot !== undefined && !isTypeName(slot)) || (before !== undefined && !isId(before))) return undefined;
  return { parent, slot, before };
}
