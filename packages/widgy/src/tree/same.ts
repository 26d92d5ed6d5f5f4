import { isSameJson } from './json.ts';
import type { Widget } from './widget.ts';

/** Whether two widgets and all below them are equal. What they share is not looked at, and nothing is hashed. */
export function isSameWidget(a: Widget, b: Widget): boolean {
  const rest: (readonly [Widget, Widget])[] = [[a, b]];
  for (let pair = rest.pop(); pair !== undefined; pair = rest.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    const isSame =
      one.id === other.id &&
      one.type === other.type &&
      one.slot === other.slot &&
      one.children.length === other.children.length &&
      isSameJson(one.fields, other.fields);
    if (!isSame) return false;
    for (const [at, child] of one.children.entries()) {
      const counterpart = other.children[at];
      if (counterpart !== undefined) rest.push([child, counterpart]);
    }
  }
  return true;
}
