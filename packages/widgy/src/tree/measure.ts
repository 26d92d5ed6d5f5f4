import { canonicalJson, utf8Length } from './json.ts';
import { fold, type Widget } from './widget.ts';

/** How large a subtree is; see `TreeLimits`. */
export interface Measure {
  readonly depth: number;
  readonly widgets: number;
  readonly bytes: number;
}

/** Measures a subtree. What it shares with one that was measured before is not measured again. */
export function measure(widget: Widget): Measure {
  return known.get(widget) ?? fold(widget, measureOne, (below) => known.get(below));
}

const known = new WeakMap<Widget, Measure>();

function measureOne(widget: Widget, children: readonly Measure[]): Measure {
  let depth = 0;
  let widgets = 1;
  let bytes = utf8Length(headJson(widget)) + (children.length === 0 ? 0 : LIST_BYTES + children.length - 1);
  for (const child of children) {
    depth = Math.max(depth, child.depth);
    widgets += child.widgets;
    bytes += child.bytes;
  }
  const measured = { depth: depth + 1, widgets, bytes };
  known.set(widget, measured);
  return measured;
}

const LIST_BYTES = '"children":[],'.length;

/** The canonical JSON of a widget without its children. */
export function headJson({ id, type, slot, fields }: Widget): string {
  const sits = slot === undefined ? '' : `"slot":${JSON.stringify(slot)},`;
  return `{"fields":${canonicalJson(fields)},"id":${JSON.stringify(id)},${sits}"type":${JSON.stringify(type)}}`;
}
