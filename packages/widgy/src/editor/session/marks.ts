import type { OutermostDiff } from '../../tree/outermost-diff.ts';

/** What a mark says of a widget. */
export type MarkKind = 'added' | 'removed' | 'moved' | 'changed';

/**
 * What of two versions that are compared is marked in the outline and in the page, by ids of widgets. What was removed is only where the older
 * version is shown. A widget may be in `moved` and in `changed`; of what came or went only the outermost is marked.
 */
export type Marks = Readonly<Record<MarkKind, ReadonlySet<string>>>;

/** The marks of a comparison. */
export function marksOf({ added, removed, moved, changed }: OutermostDiff): Marks {
  const ids = (all: readonly { readonly id: string }[]) => new Set(all.map(({ id }) => id));
  return { added: ids(added), removed: ids(removed), moved: ids(moved), changed: ids(changed) };
}

/** What is said of a widget, in the order of importance; nothing where it is the same in both versions. */
export function marksOn(marks: Marks | undefined, id: string): readonly MarkKind[] {
  return marks === undefined ? [] : MARK_KINDS.filter((kind) => marks[kind].has(id));
}

/** All kinds. */
export const MARK_KINDS = ['added', 'removed', 'moved', 'changed'] as const satisfies readonly MarkKind[];
