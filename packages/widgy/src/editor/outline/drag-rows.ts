import { type Signal, signal } from '@preact/signals';
import type { Wrapper } from '../../tree/rules/violation.ts';
import { findWidget, type Place } from '../../tree/tree.ts';
import { mayMove, moveWidgets } from '../commands/move.ts';
import { movableTo } from '../commands/move-targets.ts';
import { sentenceOf } from '../commands/refusal.ts';
import { labelIn } from '../commands/where.ts';
import { topmost } from '../session/selection.ts';
import { edgeScroll, followPointer, type PointerAt } from './drag.ts';
import { ANYWHERE, type Gaps, type Pointed, placeAt } from './gaps.ts';
import type { Layout } from './layout.ts';
import type { OutlineView } from './outline-view.ts';

/** What could not be dropped, for people. */
export interface RefusedDrop {
  readonly what: string;
  readonly ids: readonly string[];
  readonly place: Place;
  /** The one type that could stand between. */
  readonly wrapper: Wrapper | undefined;
}

/** Dragging rows with a mouse, a finger or a pen. */
export interface RowDrag {
  /** The widgets that are dragged, the topmost; undefined while none are. */
  readonly dragged: Signal<readonly string[] | undefined>;
  /** Why the last drop was refused, until something else is done. */
  readonly refused: Signal<RefusedDrop | undefined>;
  /** Begins to follow a pointer that was pressed on the row of a widget. */
  press(event: PointerEvent, id: string): void;
}

/** The elements that are moved while rows are dragged. They are moved by hand, in the frame in which the place is found: what is seen is what counts. */
export interface DragElements {
  readonly layout: Layout;
  /** Gets the pointer. */
  readonly tree: HTMLElement;
  /** Shows the place. */
  readonly line: HTMLElement;
  /** Follows the pointer. */
  readonly ghost: HTMLElement;
}

/** Pixels beside the list in which it is still meant. */
const BESIDE = 32;

/** Makes rows draggable. What is dropped goes where the line was painted last; where none was, nothing moves. */
export function createRowDrag(view: OutlineView, elements: () => DragElements | undefined): RowDrag {
  const { session } = view;
  const dragged = signal<readonly string[] | undefined>(undefined);
  const refused = signal<RefusedDrop | undefined>(undefined);

  const press = (event: PointerEvent, id: string): void => {
    const found = elements();
    if (found === undefined) return;
    const { layout, tree: element, line, ghost } = found;
    let gaps: Gaps | undefined;
    let painted: Pointed | undefined;
    let last: PointerAt | undefined;

    const end = (): void => {
      dragged.value = undefined;
      line.hidden = true;
      ghost.hidden = true;
    };
    const pointed = (at: PointerAt, over: Gaps): Pointed | undefined => {
      const { y, x } = layout.pointAt(at);
      return layout.isNear(at, BESIDE) ? placeAt(over, y, x) : undefined;
    };
    const stop = followPointer(event, element, {
      onLift: () => {
        const { ids } = session.selection.value;
        const moved = topmost(session.tree.value, ids.includes(id) ? ids : [id]);
        if (!mayMove(session, moved)) return stop();
        refused.value = undefined;
        dragged.value = moved;
        ghost.hidden = false;
      },
      onFrame: (at, elapsed) => {
        const tree = session.tree.value;
        const moved = dragged.value ?? [];
        // Somebody else may have taken away what is in the air.
        if (moved.some((one) => findWidget(tree, one) === undefined)) return stop();
        last = at;
        if (at !== undefined) {
          layout.scrollBy(edgeScroll(at.y, layout.top(), layout.bottom(), elapsed));
          ghost.style.transform = `translate(${at.x}px, ${at.y}px)`;
        }
        const rows = view.rows.value;
        if (gaps?.rows !== rows) gaps = gapsOf(view, moved);
        painted = at && pointed(at, gaps);
        line.hidden = painted === undefined;
        ghost.dataset.state = painted === undefined ? 'nowhere' : 'somewhere';
        if (painted === undefined) return;
        line.style.insetBlockStart = `${layout.gapTop(painted.line.afterRow)}px`;
        line.style.insetInlineStart = `${layout.levelStart(painted.line.depth)}px`;
      },
      onDrop: () => {
        const moved = dragged.value ?? [];
        end();
        if (painted !== undefined) moveWidgets(session, moved, painted.place);
        else refuse(moved, gaps && last && pointed(last, { ...gaps, legal: ANYWHERE })?.place);
      },
      onCancel: () => {
        const [first, ...others] = dragged.value ?? [];
        end();
        if (first === undefined) return;
        const { moves } = session.words;
        const what = labelIn(session.tree.value, first, session.catalogue);
        session.announcement.value = others.length === 0 ? moves.cancelled({ what }) : moves.noDrop;
      },
    });
  };

  /** Says which rule is against a place that was meant. */
  const refuse = (ids: readonly string[], place: Place | undefined): void => {
    if (place === undefined) {
      session.announcement.value = session.words.moves.noDrop;
      return;
    }
    const done = moveWidgets(session, ids, place);
    if (done.ok) return;
    const wrapper = 'wrapper' in done.refusal ? done.refusal.wrapper : undefined;
    refused.value = { what: sentenceOf(done.refusal, session), ids, place, wrapper };
  };

  return { dragged, refused, press };
}

function gapsOf({ session, rows }: OutlineView, moved: readonly string[]): Gaps {
  const { catalogue, data } = session;
  const tree = session.tree.value;
  const legal = movableTo(tree, moved, { catalogue, limits: data.limits });
  return { tree, catalogue, rows: rows.value, moved: new Set(moved), legal };
}
