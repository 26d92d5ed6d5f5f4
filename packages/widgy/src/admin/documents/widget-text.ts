import { textBlocks } from '../../pages/index.ts';
import { fieldOf } from '../../tree/json.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import { looksLikeReference } from '../../widgets/fields/reference.ts';
import type { Site } from '../../widgets/site.ts';

/** Characters of a widget's own text by which people tell it from others. */
export const MAX_SUMMARY_LENGTH = 60;

/** Characters of a field that are looked at for it. */
const MAX_READ_LENGTH = 1_000;

/** What widgets of a type are called; the name of the type where the site does not have it. */
export function typeLabel(site: Site<never>, type: string): string {
  return site.catalogue.get(type)?.label ?? type;
}

/** What a slot is called. */
export function slotLabel(slot: string): string {
  const words = slot.replace(/[-_./]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The beginning of what a widget says, as plain text: of the field that its type names for that, or else of the first that has a text.
 * Empty where there is none.
 */
export function summaryOf(site: Site<never>, widget: Pick<Widget, 'type' | 'fields'>): string {
  const known = summaries.get(site) ?? new WeakMap<object, string>();
  summaries.set(site, known);
  const made = known.get(widget) ?? makeSummary(site, widget);
  known.set(widget, made);
  return made;
}

/** Widgets are immutable, and reading the markup in one takes longer than everything else that is shown of it. */
const summaries = new WeakMap<Site<never>, WeakMap<object, string>>();

function makeSummary(site: Site<never>, { type, fields }: Pick<Widget, 'type' | 'fields'>): string {
  const known = site.types.get(type);
  if (known === undefined) return '';
  const { summary } = known.definition;
  const named = summary === undefined ? undefined : fieldOf(fields, summary);
  const found = typeof named === 'string' && named.trim() !== '' ? named : firstText(site, { type, fields });
  const text = looksLikeReference(found) ? '' : found.replace(/\s+/g, ' ').trim();
  const characters = [...text.slice(0, MAX_READ_LENGTH)];
  return characters.length <= MAX_SUMMARY_LENGTH
    ? text
    : `${characters
        .slice(0, MAX_SUMMARY_LENGTH - 1)
        .join('')
        .trimEnd()}…`;
}

function firstText(site: Site<never>, { type, fields }: Pick<Widget, 'type' | 'fields'>): string {
  const cut = Object.entries(fields).map(([name, value]) => {
    return [name, typeof value === 'string' ? value.slice(0, MAX_READ_LENGTH) : value] as const;
  });
  const alone = createWidget({ id: 'one', type, fields: Object.fromEntries(cut) });
  for (const { text } of textBlocks(alone, site)) return text;
  return '';
}

/** What a widget is called in a sentence: its type, and what tells it from others. */
export function widgetName(site: Site<never>, widget: Pick<Widget, 'type' | 'fields'>): string {
  const summary = summaryOf(site, widget);
  const label = typeLabel(site, widget.type);
  return summary === '' ? label : `${label} “${summary}”`;
}

/** What a rule or a refusal says, as a sentence with a beginning and an end. */
export function sentence(what: string): string {
  const text = what.trim().replaceAll(/"([^"]*)"/g, '“$1”');
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
