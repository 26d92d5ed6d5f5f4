import { headJson } from './measure.ts';
import { sha256 } from './sha256.ts';
import { fold, type Widget } from './widget.ts';

/**
 * The content hash of a widget and all below it: SHA-256 over its id, type, slot and fields and the hashes of its
 * children in order. Equal hashes mean equal subtrees, in the browser and on the server.
 *
 * Ids count. A tree is stored and cached under its hash, and what is stored has ids: trees that differ
 * in nothing but ids are different trees to everything that addresses widgets, such as operations, links and the editor.
 *
 * It is computed once for each value. After an operation only the widgets on the way from the change up to the root are new.
 */
export function hashWidget(widget: Widget): string {
  return known.get(widget) ?? fold(widget, hashOne, (below) => known.get(below));
}

const known = new WeakMap<Widget, string>();

function hashOne(widget: Widget, children: readonly string[]): string {
  // A hash has a fixed length and JSON has its own end, so no two widgets are written alike.
  const hash = sha256(`${FORMAT}${headJson(widget)}${children.join('')}`);
  known.set(widget, hash);
  return hash;
}

/** Changes whenever the same tree would get another hash than before. */
const FORMAT = 'widgy-tree-1 ';
