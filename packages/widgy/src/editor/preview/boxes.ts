import { parentOf, type Tree } from '../../tree/tree.ts';
import { labelIn, labelOf } from '../commands/where.ts';
import { conflictWidgets } from '../outline/conflict-widgets.ts';
import { MARK_KINDS, type MarkKind } from '../session/marks.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { PreviewHooks } from './hooks.ts';
import type { PageBox } from './page-box.ts';

/** Why a box is drawn around a widget. */
export type BoxKind = 'selected' | 'hovered' | 'person' | 'conflict' | MarkKind;

/** A box that is drawn around a widget, in pixels of this window from the corner of the frame. */
export interface WidgetBox extends PageBox {
  readonly id: string;
  readonly kind: BoxKind;
  /** Empty for none. */
  readonly label: string;
}

/** What the boxes of a page are drawn for. */
export interface Boxed {
  readonly id: string;
  readonly kind: BoxKind;
  readonly label: string;
}

/**
 * All that is boxed now, with what is drawn over the rest at the end. It reads signals: who calls it in an effect hears when it is another. The
 * tree is not among them, since the page follows it a frame later.
 */
export function boxedIn(session: Session, surface: Surface, hooks: PreviewHooks): readonly Boxed[] {
  const { words, catalogue } = session;
  const { ids } = session.selection.value;
  const hovered = surface.hovered.value;
  const marks = surface.marks.value;
  const isDraft = surface.version.value === undefined;
  const tree = session.tree.peek();
  const nameOf = (id: string) => labelIn(tree, id, catalogue) || labelOf(catalogue, typeOn(hooks, id));
  const marked = MARK_KINDS.flatMap((kind) =>
    Array.from(marks?.[kind] ?? [], (id): Boxed => ({ id, kind, label: words.history[kind] })),
  );
  const people = session.people.value.flatMap(({ widget, name }): readonly Boxed[] =>
    widget === null ? [] : [{ id: widget, kind: 'person', label: name }],
  );
  const conflicts = Array.from(
    conflictWidgets(session.conflicts.value).keys(),
    (id): Boxed => ({ id, kind: 'conflict', label: words.outline.hasConflict }),
  );
  return [
    ...marked,
    ...(isDraft ? people : []),
    ...(isDraft ? conflicts : []),
    ...(hovered === undefined || ids.includes(hovered)
      ? []
      : [{ id: hovered, kind: 'hovered', label: nameOf(hovered) } as const]),
    ...ids.map((id): Boxed => ({ id, kind: 'selected', label: nameOf(id) })),
  ];
}

function typeOn(hooks: PreviewHooks, id: string): string {
  return hooks.elementOf(id)?.dataset.widgyType ?? '';
}

/** Where the label of a box is: outside it, unless there is no room. */
export type LabelSide = 'above' | 'below' | 'inside';

/** CSS pixels that a label takes, with what is in it to be pressed. */
export const LABEL_HEIGHT = 28;

/** Where the label of a box is, in a frame of a height: above, or below it where the box begins at the top; in what fills all of it, at its top. */
export function labelSide({ top, bottom }: PageBox, height: number): LabelSide {
  if (top >= LABEL_HEIGHT) return 'above';
  return bottom + LABEL_HEIGHT <= height && bottom >= 0 ? 'below' : 'inside';
}

/** The widgets around one, the outermost first, and itself. */
export function pathTo(tree: Tree, id: string): readonly string[] {
  const path = [id];
  for (let parent = parentOf(tree, id); parent !== undefined; parent = parentOf(tree, parent.id))
    path.unshift(parent.id);
  return path;
}
