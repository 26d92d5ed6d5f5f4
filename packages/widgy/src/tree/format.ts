import { headJson } from './measure.ts';
import type { Tree } from './tree.ts';
import type { Widget } from './widget.ts';

/**
 * The canonical JSON of a tree: the same tree has the same bytes, on any machine. `parseTree` reads it. Empty
 * lists of children are left out, and so are slots where there are none.
 */
export function formatTree(tree: Tree): string {
  return formatWidget(tree.root);
}

/** The canonical JSON of a widget and all below it, however deep. */
export function formatWidget(widget: Widget): string {
  const parts: string[] = [];
  const rest: (string | Widget)[] = [widget];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') parts.push(next);
    else if (next.children.length === 0) parts.push(headJson(next));
    else {
      parts.push('{"children":[');
      rest.push(`],${headJson(next).slice(1)}`);
      for (let at = next.children.length - 1; at >= 0; at--) {
        const child = next.children[at];
        if (child === undefined) continue;
        rest.push(child);
        if (at > 0) rest.push(',');
      }
    }
  }
  return parts.join('');
}
