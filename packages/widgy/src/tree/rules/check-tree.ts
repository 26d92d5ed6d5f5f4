import type { Tree } from '../tree.ts';
import { walk } from '../widget.ts';
import type { Catalogue } from './catalogue.ts';
import { checkChild, checkCounts, checkInsideItself } from './consent.ts';
import { nameOf, type Violation, violationOf } from './violation.ts';

/** Everything in a tree that is against the rules, from the top down. */
export function checkTree(tree: Tree, catalogue: Catalogue): readonly Violation[] {
  const violations: Violation[] = [];
  const root = nameOf(tree.root, catalogue);
  const known = catalogue.get(tree.root.type);
  if (!known) violations.push(violationOf('type-unknown', 'type', root, 'is of no known type'));
  else if (!known.isRootChoice) {
    violations.push(violationOf('not-root-choice', 'isRootChoice', root, 'cannot be the root of a tree'));
  }
  for (const widget of walk(tree.root)) {
    const inside = checkInsideItself(tree, widget, catalogue);
    if (inside) violations.push(inside);
    violations.push(...checkCounts(widget, catalogue));
    for (const child of widget.children) {
      const violation = checkChild(tree, widget, child, catalogue);
      if (violation) violations.push(violation);
    }
  }
  return violations;
}
