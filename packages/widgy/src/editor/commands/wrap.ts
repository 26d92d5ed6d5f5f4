import type { Operation, Wrap } from '../../tree/operation.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import type { Wrapper } from '../../tree/rules/violation.ts';
import { findWidget, parentOf } from '../../tree/tree.ts';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { act } from './act.ts';
import { forbiddenType } from './permissions.ts';
import type { Done } from './refusal.ts';
import { labelIn, labelOf } from './where.ts';

/** The types that can be put around widgets where they stand, each with the first of its slots that takes them all. None where they do not stand side by side. */
export function possibleWrappers(session: Session, ids: readonly string[]): readonly Wrapper[] {
  const { catalogue } = session;
  const tree = session.tree.value;
  const inner = topmost(tree, ids);
  if (inner.length === 0) return [];
  return [...catalogue.values()].flatMap(({ type, label, slots }) => {
    for (const slot of slots.keys()) {
      // Nothing is kept of this one, so its id only has to be one that no widget has.
      const operation = wrapOf(session, inner, { type, slot }, session.newId());
      if (isPossible(session, operation)) return [{ type, label, slot }];
    }
    return [];
  });
}

/** Puts a new widget around others that stand side by side, as one step, and selects it. */
export function wrapWidgets(
  session: Session,
  ids: readonly string[],
  wrapper: Pick<Wrapper, 'type' | 'slot'>,
): Done {
  const { catalogue, words } = session;
  const tree = session.tree.value;
  const inner = topmost(tree, ids);
  const [first] = inner;
  if (first === undefined) return { ok: true, ids: [] };
  const operation = wrapOf(session, inner, wrapper, session.newId());
  const what = labelIn(tree, first, catalogue);
  const names = inner.map((id) => labelIn(tree, id, catalogue));
  const name = labelOf(catalogue, wrapper.type);
  return act(session, {
    label: { kind: 'wrap', what, count: inner.length, wrapper: name },
    operations: [operation],
    select: [operation.widget.id],
    say: () => words.moves.wrapped({ what: words.formats.list(names), wrapper: name }),
  });
}

/** Whether a widget can be taken away with what is in it put in its place. */
export function canUnwrap(session: Session, id: string): boolean {
  const children = findWidget(session.tree.value, id)?.children ?? [];
  return children.length > 0 && isPossible(session, { kind: 'unwrap', id });
}

/** Takes a widget away, puts what is in it in its place, and selects that; the parent where nothing was in it. */
export function unwrapWidget(session: Session, id: string): Done {
  const { catalogue, words } = session;
  const tree = session.tree.value;
  const what = labelIn(tree, id, catalogue);
  const children = findWidget(tree, id)?.children.map((child) => child.id) ?? [];
  const parent = parentOf(tree, id)?.id;
  return act(session, {
    label: { kind: 'unwrap', what, count: 1 },
    operations: [{ kind: 'unwrap', id }],
    select: children.length > 0 || parent === undefined ? children : [parent],
    say: () => words.moves.unwrapped({ what }),
  });
}

function wrapOf(
  { catalogue }: Session,
  inner: readonly string[],
  { type, slot }: Pick<Wrapper, 'type' | 'slot'>,
  id: string,
): Wrap {
  const fields = structuredClone(catalogue.get(type)?.fields ?? {});
  return {
    kind: 'wrap',
    widget: { id, type, fields },
    children: inner.map((child) => ({ id: child, slot })),
  };
}

function isPossible(session: Session, operation: Operation): boolean {
  const tree = session.tree.value;
  const { catalogue, data } = session;
  if (forbiddenType(session, tree, operation) !== undefined) return false;
  return checkOperation(tree, operation, catalogue, data.limits).ok;
}
