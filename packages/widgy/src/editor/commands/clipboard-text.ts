import { formatWidget } from '../../tree/format.ts';
import type { TreeLimits } from '../../tree/limits.ts';
import { parseTree } from '../../tree/parse.ts';
import { isPlainObject } from '../../tree/problems.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import { parseReference } from '../../widgets/fields/reference.ts';

/** Widgets on the clipboard: plain text, so that every browser and every way between two machines takes it along. */
export interface Copied {
  /** Where the administration is that they were copied in; references from elsewhere may mean something else here. */
  readonly origin: string;
  /** Without a slot: where they are pasted says it. */
  readonly widgets: readonly Widget[];
  /** What the references in them were called there, by their text. */
  readonly references: Readonly<Record<string, string>>;
}

/** What a text on the clipboard is read as. */
export type ReadCopied =
  | { readonly ok: true; readonly copied: Copied }
  /** No widgets at all, widgets that cannot be read, or more than a tree may have. */
  | { readonly ok: false; readonly reason: 'nothing' | 'unreadable' | 'tooLarge' };

/** The version of the form below. Another one is not read: what it says may mean something else. */
const VERSION = 1;

const START = '{"widgy":';

/**
 * Writes widgets as a text that {@link parseCopied} reads.
 *
 * @param line what people read who paste it elsewhere; one line
 */
export function formatCopied({ origin, widgets, references }: Copied, line: string): string {
  const list = widgets.map((widget) => formatWidget(createWidget({ ...widget, slot: undefined }))).join(',');
  const rest = `"origin":${JSON.stringify(origin)},"references":${JSON.stringify(references)}`;
  return `${line}\n${START}${VERSION},${rest},"widgets":[${list}]}`;
}

/** Reads a text from wherever it comes. Lines before the widgets, and space after them, do not matter. */
export function parseCopied(text: string, limits: TreeLimits): ReadCopied {
  const start = text.startsWith(START) ? 0 : text.indexOf(`\n${START}`) + 1;
  if (!text.startsWith(START, start)) return { ok: false, reason: 'nothing' };
  if (text.length - start > limits.bytes) return { ok: false, reason: 'tooLarge' };
  const value = parseJson(text.slice(start));
  if (!isPlainObject(value) || value.widgy !== VERSION || !Array.isArray(value.widgets)) return UNREADABLE;
  const { origin, references }: Readonly<Record<string, unknown>> = value;
  if (typeof origin !== 'string' || !isPlainObject(references) || value.widgets.length === 0)
    return UNREADABLE;
  const widgets: Widget[] = [];
  for (const each of value.widgets) {
    const parsed = parseTree(each, limits);
    if (!parsed.ok) return UNREADABLE;
    widgets.push(parsed.value.root);
  }
  return { ok: true, copied: { origin, widgets, references: labelsOf(references) } };
}

const UNREADABLE = { ok: false, reason: 'unreadable' } as const;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Somebody's text that only begins like ours.
    return undefined;
  }
}

function labelsOf(references: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const labels = Object.entries(references).filter(
    (entry): entry is [string, string] =>
      parseReference(entry[0]) !== undefined && typeof entry[1] === 'string',
  );
  return Object.fromEntries(labels);
}
