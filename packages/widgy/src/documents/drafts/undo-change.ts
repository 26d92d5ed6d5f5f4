import { applyOperation, applyUnlimited } from '../../tree/apply.ts';
import { rebaseChange } from '../../tree/rebase-change.ts';
import type { Author } from '../author.ts';
import { conflictWith, operationRefused, type RefusedDocument, refuseDocument } from '../refusal.ts';
import { checkTexts, type Repeatable, requestKey } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { changesSince, withinPairs } from './changes-since.ts';
import { takeKnown } from './check-change.ts';
import type { RecentChange } from './draft.ts';
import { type Changed, makeChange } from './make-change.ts';
import { askFor, permissionKey } from './permissions.ts';
import { withoutUndone } from './without-undone.ts';

/** A change that somebody wants to undo. */
export interface UndoRequest extends Repeatable {
  /** The sequence number of the change. To redo, it is that of the undo. */
  readonly change: number;
}

/**
 * Undoes one change of a draft, whatever was changed since: what undoes it is rebased over the later changes, and refused where it would
 * undo something of theirs. It is a change like others, so it can be undone too.
 *
 * It brings back what was there, so it is asked neither for rules nor for the fields of today. Everybody may undo what they did
 * themselves; for what others did, or what became part of it since, one needs the permissions for what is done by it.
 */
export async function undoChange(
  store: DocumentStore,
  document: string,
  { change: number, key }: UndoRequest,
  author: Author,
): Promise<Changed | RefusedDocument> {
  const invalid = checkTexts({ key });
  if (invalid !== undefined) return invalid;
  return await makeChange(store, document, {
    kind: 'undo',
    undoes: number,
    author: author.id,
    request: requestKey(key, ['undo', number]),
    async plan(draft) {
      const missing = {
        code: 'change-missing',
        what: `there is no change ${number}`,
        change: number,
      } as const;
      if (number < 1 || number > draft.sequence) return refuseDocument(missing);
      const found = await changesSince(store, draft, number - 1, 0);
      if (!found.ok) return found;
      const standing = lastForm(found.changes);
      if (standing === undefined) return refuseDocument(missing);
      const { change } = standing;
      const later = withoutUndone(standing.later, draft.tree);
      const pairs = withinPairs(later, change.inverses.length, draft.sequence);
      if (!pairs.ok) return pairs;
      const rebased = rebaseChange(change.inverses, later, draft.tree);
      if (rebased.outcome === 'conflict') return conflictWith(rebased, draft.sequence);
      if (rebased.outcome === 'refused') return refuseDocument(operationRefused(rebased));
      const { operations } = rebased;
      const isOwn = author.id !== null && author.id === change.author;
      const taken = takeKnown(draft.tree, operations, (tree, each) =>
        applyOperation(tree, each, store.limits),
      );
      if (!taken.ok) return taken;
      // What came to be part of it since, such as what others put around it, is not one's own.
      const own = isOwn
        ? takeKnown(later[0]?.before ?? draft.tree, change.inverses, applyUnlimited)
        : undefined;
      const given = new Set((own?.ok ? own.needed : []).map(permissionKey));
      const needed = taken.needed.filter((each) => !given.has(permissionKey(each)));
      return (await askFor(needed, author)) ?? taken;
    },
  });
}

/**
 * What a change has become: it may have been undone and redone, and then the last redo is what is to be undone. Of a change that is
 * undone already it gives the change, whose undo then has nothing left to do.
 *
 * @param changes the change and all later ones
 */
function lastForm([first, ...rest]: readonly RecentChange[]):
  | { readonly change: RecentChange; readonly later: readonly RecentChange[] }
  | undefined {
  if (first === undefined) return undefined;
  let standing = { change: first, later: rest };
  const turns = new Set([first.sequence]);
  let isUndone = false;
  for (const [at, next] of rest.entries()) {
    if (next.undoes === null || !turns.has(next.undoes)) continue;
    turns.add(next.sequence);
    isUndone = !isUndone;
    if (!isUndone) standing = { change: next, later: rest.slice(at + 1) };
  }
  return standing;
}
