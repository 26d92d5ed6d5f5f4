import { duplicate } from '../../tree/operation.ts';
import { refuse } from '../../tree/refusal.ts';
import { nextInSlot, parentOf, placeOf, type Tree } from '../../tree/tree.ts';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { act, refused } from './act.ts';
import type { Done } from './refusal.ts';
import { labelIn } from './where.ts';

/**
 * Duplicates widgets with all in them, as one step, and selects the copies. The copies of widgets that stand side by side stand behind the
 * last of these, in the same order; so do those of one alone.
 */
export function duplicateWidgets(session: Session, ids: readonly string[]): Done {
  const { catalogue, words, newId } = session;
  const tree = session.tree.value;
  const originals = topmost(tree, ids);
  const [first] = originals;
  if (first === undefined) return { ok: true, ids: [] };
  if (first === tree.root.id)
    return refused(session, refuse('root-fixed', 'nothing stands beside the root', first).refusal);
  const operations = originals.flatMap((id) => {
    const behind = lastOfRun(tree, id, new Set(originals));
    const at = placeOf(tree, behind);
    return at === undefined ? [] : [duplicate(tree, id, at, newId)];
  });
  const what = labelIn(tree, first, catalogue);
  const count = originals.length;
  return act(session, {
    label: { kind: 'duplicate', what, count },
    operations,
    select: operations.map(({ ids: [top] }) => top?.[1] ?? ''),
    say: () => (count === 1 ? words.moves.duplicated({ what }) : words.selection.duplicated({ count })),
  });
}

/** The last of the widgets that stand side by side with one in its slot and are all among some. */
function lastOfRun(tree: Tree, id: string, among: ReadonlySet<string>): string {
  const parent = parentOf(tree, id);
  if (parent === undefined) return id;
  let last = id;
  for (
    let next = nextInSlot(parent, last);
    next !== undefined && among.has(next.id);
    next = nextInSlot(parent, last)
  )
    last = next.id;
  return last;
}
