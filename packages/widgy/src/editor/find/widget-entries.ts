import type { Tree } from '../../tree/tree.ts';
import { type Widget, walk } from '../../tree/widget.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { labelOf } from '../commands/where.ts';
import { summaryOf } from '../outline/summary.ts';
import { normal, wordsOf } from '../picker/match.ts';
import type { Session } from '../session/session.ts';
import type { Findable, Found } from './rank.ts';
import { excerpt, textsOf, type WidgetText } from './widget-text.ts';

/** A widget that can be found by its type, what it says of itself, and its texts. */
export interface WidgetEntry extends Findable {
  readonly widget: Widget;
  readonly label: string;
  readonly summary: string;
  readonly written: readonly WidgetText[];
}

/** All widgets of a tree, in the order of the page. What did not change since it was last asked for is not read again. */
export function widgetEntries(
  tree: Tree,
  { catalogue, data }: Pick<Session, 'catalogue' | 'data'>,
): readonly WidgetEntry[] {
  const types = new Map(data.types.map((type) => [type.type, type]));
  return Array.from(walk(tree.root), (widget) => {
    const known = entries.get(widget);
    const type = types.get(widget.type);
    const entry = known ?? makeEntry(widget, type, labelOf(catalogue, widget.type));
    entries.set(widget, entry);
    return entry;
  });
}

/** Widgets are immutable, and so is what their types are called in a tab. */
const entries = new WeakMap<Widget, WidgetEntry>();

function makeEntry(widget: Widget, type: TypeDescription | undefined, label: string): WidgetEntry {
  const summary = summaryOf(widget, type);
  const written = type === undefined ? [] : textsOf(widget, type);
  return {
    ...{ widget, label, summary, written },
    name: normal(`${label} ${summary}`),
    texts: written.map((text) => text.normal),
  };
}

/** Where in a widget the words were found that its name does not have; undefined where the name has all. */
export function placeInTexts(
  { item, text }: Found<WidgetEntry>,
  typed: string,
): { readonly field: string; readonly excerpt: string } | undefined {
  const written = text === undefined ? undefined : item.written[text];
  return written && { field: written.field, excerpt: excerpt(written, wordsOf(typed)) };
}
