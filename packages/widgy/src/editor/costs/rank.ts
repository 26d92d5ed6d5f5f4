import type { Tree } from '../../tree/tree.ts';
import { type Widget, walk } from '../../tree/widget.ts';
import type { TypeCost, WidgetCosts } from '../server/editor-data.ts';

/** What a widget costs. */
export interface WidgetCostOf {
  /** Of its type, which is loaded once for all widgets of it; undefined where that is not known. */
  readonly type: TypeCost | undefined;
  /** How many widgets of the page share that. */
  readonly count: number;
  /** Milliseconds that it takes without what stands in it; undefined where that is not known, such as of a widget that is new. */
  readonly ms: number | undefined;
}

/** What one widget of a tree costs. It looks at all of the tree: see `ownCostOf`. */
export function costOf(tree: Tree, widget: Widget, costs: WidgetCosts): WidgetCostOf {
  const count = walk(tree.root).reduce((sum, { type }) => sum + (type === widget.type ? 1 : 0), 0);
  return { ...ownCostOf(widget, costs), count };
}

/** What a widget costs, whatever else is on the page. */
export function ownCostOf({ type, id }: Widget, costs: WidgetCosts): Omit<WidgetCostOf, 'count'> {
  return {
    type: Object.hasOwn(costs.types, type) ? costs.types[type] : undefined,
    ms: Object.hasOwn(costs.ms, id) ? costs.ms[id] : undefined,
  };
}

/** A type of the page with what it ships. */
export interface RankedType extends TypeCost {
  readonly type: string;
  readonly count: number;
  /** Of both; what is not known counts as nothing. */
  readonly bytes: number;
}

/** A widget of the page with the time that it takes. */
export interface RankedWidget {
  readonly widget: Widget;
  readonly ms: number;
}

/** What a page costs, the most expensive first. */
export interface Ranked {
  /** Types that ship anything, or of which it is not known. */
  readonly types: readonly RankedType[];
  readonly widgets: readonly RankedWidget[];
  readonly total: { readonly style: number; readonly script: number; readonly ms: number };
  /** Whether the bytes of some type are not known: then there are more. */
  readonly isPartial: boolean;
}

/** Ranks the types and the widgets of a tree by what they cost. What is not in the tree any more is left out. */
export function rank(tree: Tree, costs: WidgetCosts): Ranked {
  const counts = new Map<string, number>();
  const widgets: RankedWidget[] = [];
  for (const widget of walk(tree.root)) {
    counts.set(widget.type, (counts.get(widget.type) ?? 0) + 1);
    const ms = Object.hasOwn(costs.ms, widget.id) ? costs.ms[widget.id] : undefined;
    if (ms !== undefined) widgets.push({ widget, ms });
  }
  const types = Object.entries(costs.types)
    .flatMap(([type, cost]): readonly RankedType[] => {
      const count = counts.get(type);
      if (count === undefined) return [];
      return [{ type, count, ...cost, bytes: (cost.style ?? 0) + (cost.script ?? 0) }];
    })
    .toSorted((a, b) => b.bytes - a.bytes || a.type.localeCompare(b.type));
  return {
    types: types.filter(({ bytes, style, script }) => bytes > 0 || style === null || script === null),
    widgets: widgets.toSorted((a, b) => b.ms - a.ms),
    total: {
      style: types.reduce((sum, { style }) => sum + (style ?? 0), 0),
      script: types.reduce((sum, { script }) => sum + (script ?? 0), 0),
      ms: widgets.reduce((sum, { ms }) => sum + ms, 0),
    },
    isPartial: types.some(({ style, script }) => style === null || script === null),
  };
}
