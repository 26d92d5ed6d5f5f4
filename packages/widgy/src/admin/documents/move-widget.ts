import { changeDraft, readDraft } from '../../documents/index.ts';
import { possibleParents } from '../../tree/rules/possible-parents.ts';
import { findWidget, type Place, placeOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, isId, isTypeName } from '../../tree/widget.ts';
import { attributes, type Html, html } from '../../widgets/fields/html.ts';
import type { Site } from '../../widgets/site.ts';
import { type DocumentCall, documentHead, undoButton } from './document-call.ts';
import { meanwhileText } from './draft-at.ts';
import { missing } from './edit-widget.ts';
import { type OutlineRow, outlineOf } from './outline.ts';
import { refusalText } from './refusal-text.ts';
import { newKey, sentKey, wholeNumber } from './sent-key.ts';
import { slotLabel, widgetName } from './widget-text.ts';

/** The places in one slot of a widget that another one may be moved to. */
export interface PlacesInSlot {
  /** The widget and the slot, by number and name. */
  readonly label: string;
  readonly places: readonly {
    /** What a form sends for it; see {@link readPlace}. */
    readonly value: string;
    /** What it stands before, or that it is the last place. */
    readonly label: string;
    readonly isHere: boolean;
  }[];
}

/** The places that a widget may be moved to, in the order of the page. */
export function placesFor(tree: Tree, id: string, site: Site<never>): readonly PlacesInSlot[] {
  const names = namesIn(tree, site);
  const here = placeOf(tree, id);
  return possibleParents(tree, { id }, site.catalogue).flatMap(({ id: parent, slots }) => {
    const widget = findWidget(tree, parent);
    if (widget === undefined) return [];
    return slots.map((slot): PlacesInSlot => {
      const others = childrenIn(widget, slot).filter((child) => child.id !== id);
      const places = [...others.map((other) => other.id), undefined].map((before) => {
        const isHere = here?.parent === parent && here.slot === slot && here.before === before;
        const where = before === undefined ? 'At the end' : `Before ${names.get(before) ?? before}`;
        return {
          value: formatPlace({ parent, slot, before }),
          label: others.length === 0 ? 'Into it, where nothing is yet' : where,
          isHere,
        };
      });
      const name = names.get(parent) ?? parent;
      return { label: slot === undefined ? `In ${name}` : `In ${name}, ${slotLabel(slot)}`, places };
    });
  });
}

/** Writes a place for a form. */
export function formatPlace({ parent, slot = '', before = '' }: Place): string {
  return `${parent}|${slot}|${before}`;
}

/** Reads what {@link formatPlace} wrote; undefined for everything else. */
export function readPlace(text: string): Place | undefined {
  const [parent, slot = '', before = '', ...more] = text.split('|');
  if (!isId(parent) || more.length > 0) return undefined;
  if ((slot !== '' && !isTypeName(slot)) || (before !== '' && !isId(before))) return undefined;
  return { parent, slot: slot || undefined, before: before || undefined };
}

/** Prints places as radio buttons. No template does it: for thousands of places that takes too long. */
export function printPlaces(groups: readonly PlacesInSlot[]): Html {
  return html`${groups.map(({ label, places }, number) => {
    const printed = places.map((place, at) => {
      const id = `to-${number}-${at}`;
      const radio = {
        type: 'radio',
        id,
        name: 'to',
        value: place.value,
        required: true,
        checked: place.isHere,
      };
      const here = place.isHere ? html` <span class="muted">(where it is now)</span>` : undefined;
      return html`<div><input${attributes(radio)}><label${attributes({ for: id })}>${place.label}${here}</label></div>`;
    });
    return html`<fieldset class="choices"><legend>${label}</legend>${printed}</fieldset>`;
  })}`;
}

/** What the widgets of a tree are called, with the numbers that the outline has for them. */
function namesIn(tree: Tree, site: Site<never>): ReadonlyMap<string, string> {
  const outline = outlineOf(tree, site, { mayEdit: false, may: () => false, offered: [] });
  const names = new Map<string, string>();
  const add = ({ id, number, name, groups }: OutlineRow): void => {
    names.set(id, number === '' ? name : `${number} ${name}`);
    for (const { rows } of groups) for (const row of rows) add(row);
  };
  add(outline);
  return names;
}

/** Shows where a widget may be moved to. */
export async function showMove(call: DocumentCall) {
  return await renderMove(call, undefined, 200);
}

/** Moves a widget. */
export async function takeMove(call: DocumentCall) {
  const { widgy, found, base, author, form, param, say, go } = call;
  const { documents, site } = widgy;
  const id = param('widget');
  const to = readPlace(form.text('to') ?? '');
  const after = wholeNumber(form.text('after'));
  if (to === undefined || after === undefined) return await renderMove(call, 'Choose a place.', 422);
  const { key } = sentKey(form, author.id, 'move');
  const operations = [{ kind: 'move', id, to } as const];
  const done = await changeDraft(documents, found.document, { after, operations, key }, author);
  if (!done.ok) return await renderMove(call, refusalText(site, done.refusal), 422);
  const widget = done.draft && findWidget(done.draft.tree, id);
  const name = widget === undefined ? 'It' : widgetName(site, widget);
  if (done.operations.length === 0) say({ tone: 'done', text: `${name} stays where it is.` });
  else {
    say({
      tone: 'done',
      text: `${name} was moved.${meanwhileText(after, done.sequence)}`,
      undo: undoButton(call, done.sequence),
    });
  }
  return go(`${base}/content#w-${id}`);
}

async function renderMove(call: DocumentCall, problem: string | undefined, status: number) {
  const { widgy, found, base, param, render } = call;
  const { documents, site, adminUrl } = widgy;
  const id = param('widget');
  const read = await readDraft(documents, found.document);
  const widget = read && findWidget(read.draft.tree, id);
  if (read === undefined || widget === undefined) return await missing(call);
  const groups = placesFor(read.draft.tree, id, site);
  return await render(
    'documents/move',
    {
      head: documentHead(call, 'content', [{ title: 'Content', url: `${adminUrl}${base}/content` }]),
      base: `${adminUrl}${base}`,
      heading: `Move ${widgetName(site, widget)}`,
      widget: { id, name: widgetName(site, widget) },
      places: groups.length === 0 ? undefined : printPlaces(groups),
      problem,
      after: read.draft.sequence,
      key: newKey(),
    },
    status,
  );
}
