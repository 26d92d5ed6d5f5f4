import { diffTrees, type TreeDiff } from './diff.ts';
import { findWidget, type Tree } from './tree.ts';
import { walk } from './widget.ts';

/** One of the two versions that are merged. */
export type Side = 'ours' | 'theirs';

/** The three trees of a merge, and what each side changed. */
export interface Sides {
  readonly base: Tree;
  readonly ours: Tree;
  readonly theirs: Tree;
  readonly changes: Readonly<Record<Side, TreeDiff>>;
  /** Every widget that either side has. */
  readonly ids: readonly string[];
}

/** Looks at what both sides changed. */
export function compareSides(base: Tree, ours: Tree, theirs: Tree): Sides {
  const ids = new Set<string>();
  for (const tree of [ours, theirs]) for (const { id } of walk(tree.root)) ids.add(id);
  const changes = { ours: diffTrees(base, ours), theirs: diffTrees(base, theirs) };
  return { base, ours, theirs, changes, ids: [...ids] };
}

/** The side that has a widget where only one has it. */
export function onlySide({ ours, theirs }: Sides, id: string): Side | undefined {
  const isOurs = findWidget(ours, id) !== undefined;
  if (isOurs === (findWidget(theirs, id) !== undefined)) return undefined;
  return isOurs ? 'ours' : 'theirs';
}

/** The side that took a widget away which the other one still has. */
export function removingSide(sides: Sides, id: string): Side | undefined {
  if (findWidget(sides.base, id) === undefined) return undefined;
  const only = onlySide(sides, id);
  return only && otherSide(only);
}

/** The other of the two. */
export function otherSide(side: Side): Side {
  return side === 'ours' ? 'theirs' : 'ours';
}
