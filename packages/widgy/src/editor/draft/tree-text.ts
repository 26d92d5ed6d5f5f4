import { headJson } from '../../tree/measure.ts';
import type { Tree } from '../../tree/tree.ts';
import { fold, type Widget } from '../../tree/widget.ts';

/**
 * The canonical JSON of a tree, as `formatTree` writes it. What it shares with a tree that was written before is not written again: a tab
 * keeps its draft after each change.
 */
export function treeText({ root }: Tree): string {
  return known.get(root) ?? fold(root, textOfOne, (below) => known.get(below));
}

const known = new WeakMap<Widget, string>();

function textOfOne(widget: Widget, children: readonly string[]): string {
  const head = headJson(widget);
  // Put together with `+`, texts are not copied: so those of all that is around a widget take little memory.
  const list = children.reduce((all, text) => (all === '' ? text : `${all},${text}`), '');
  const text = children.length === 0 ? head : `{"children":[${list}],${head.slice(1)}`;
  known.set(widget, text);
  return text;
}
