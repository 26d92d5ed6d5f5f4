/** @jsxImportSource preact */
import { findWidget } from '../../tree/tree.ts';
import type { Session } from '../session/session.ts';
import type { Words } from '../words/index.ts';
import type { CostsSource } from './costs-source.ts';
import { ownCostOf, type WidgetCostOf } from './rank.ts';

/** What one widget costs, as a small line. Nothing where that is not known. */
export function WidgetCost({
  session,
  source,
  widget,
}: {
  readonly session: Session;
  readonly source: Pick<CostsSource, 'costs'>;
  readonly widget: string;
}) {
  const costs = source.costs.value;
  const tree = session.tree.value;
  const found = findWidget(tree, widget);
  if (costs === undefined || found === undefined) return null;
  const text = costText(ownCostOf(found, costs), session.words);
  if (text === '') return null;
  return <p class="widget-cost small muted">{session.words.costs.forVisitors({ text })}</p>;
}

/** What a widget costs, as one text: `Style 1.2 kB, Script 3 kB, Rendering 0.4 ms`. Empty where nothing is known. */
export function costText(
  { type, ms }: Omit<WidgetCostOf, 'count'>,
  { costs: texts, formats }: Words,
): string {
  const parts: string[] = [];
  const add = (what: string, value: string) => parts.push(`${what} ${value}`);
  if (type?.style != null && type.style > 0) add(texts.styles, texts.bytes({ bytes: type.style }));
  if (type?.script != null && type.script > 0) add(texts.scripts, texts.bytes({ bytes: type.script }));
  if (ms !== undefined) add(texts.render, texts.milliseconds({ ms }));
  return parts.length === 0 ? '' : formats.list(parts);
}
