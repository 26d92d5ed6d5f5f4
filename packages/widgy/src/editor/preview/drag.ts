import { findWidget } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import { mayMove, moveWidgets } from '../commands/move.ts';
import { slotLabel } from '../commands/move-slots.ts';
import { movableTo } from '../commands/move-targets.ts';
import { labelIn } from '../commands/where.ts';
import { edgeScroll, followPointer, type PointerAt } from '../outline/drag.ts';
import { isFromRight } from '../parts/nodes.ts';
import { selectOne, topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { type DropPlace, dropAt, dropPlaces } from './drop-places.ts';
import { movedBox, type PageBox } from './page-box.ts';
import type { PreviewView } from './preview-view.ts';

/** The elements that are moved while something is dragged: by hand, in the frame in which the place is found. */
export interface DragElements {
  readonly frame: HTMLIFrameElement;
  /** Gets the pointer, and the focus. */
  readonly overlay: HTMLElement;
  /** Shows the place, with its name in it. */
  readonly line: HTMLElement;
  /** Follows the pointer. */
  readonly ghost: HTMLElement;
}

/** A pointer that was pressed on something. */
export type PressedPointer = Parameters<typeof followPointer>[0];

/** What gets a pointer. */
export type PointerTarget = Parameters<typeof followPointer>[1];

/**
 * Follows a pointer that was pressed on a widget of the page. What is let go goes where the line was painted last; where none was, nothing
 * moves. The page itself is not touched until then.
 *
 * @param target gets the pointer, where it is not the overlay
 */
export function pressWidget(
  session: Session,
  view: PreviewView,
  elements: DragElements,
  pressed: PressedPointer,
  id: string,
  target: PointerTarget = elements.overlay,
): void {
  const { frame, overlay, line, ghost } = elements;
  let places: { readonly of: readonly unknown[]; readonly all: readonly DropPlace[] } | undefined;
  let painted: DropPlace | undefined;
  let focused: Element | null = null;

  const end = (): void => {
    view.dragged.value = undefined;
    line.hidden = true;
    ghost.hidden = true;
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
  };
  const pointed = (at: PointerAt): DropPlace | undefined => {
    const { left, top, right, bottom } = frame.getBoundingClientRect();
    const window = frame.contentWindow;
    const isOver = at.x >= left && at.x <= right && at.y >= top && at.y <= bottom;
    if (!isOver || window === null) return undefined;
    const of = [session.tree.peek(), view.page.peek(), view.layout.peek()];
    if (places?.of.some((part, index) => part !== of[index]) !== false)
      places = { of, all: placesOn(session, view, window) };
    const scale = view.scale.peek();
    return dropAt(places.all, (at.x - left) / scale + window.scrollX, (at.y - top) / scale + window.scrollY);
  };
  const paint = ({ place, line: box }: DropPlace): void => {
    const window = frame.contentWindow;
    if (window === null) return;
    const scale = view.scale.peek();
    const { left, top, right, bottom } = movedBox(box, -window.scrollX, -window.scrollY);
    line.dataset.direction = top === bottom && left !== right ? 'level' : 'upright';
    line.style.transform = `translate(${left * scale}px, ${top * scale}px)`;
    line.style.width = `${(right - left) * scale}px`;
    line.style.height = `${(bottom - top) * scale}px`;
    const parent = labelIn(session.tree.peek(), place.parent, session.catalogue);
    const { inSlot } = session.words.outline;
    const name = place.slot === undefined ? parent : inSlot({ slot: slotLabel(place.slot), parent });
    const label = line.firstElementChild;
    if (label !== null && label.textContent !== name) label.textContent = name;
  };
  const stop = followPointer(pressed, target, {
    onLift: () => {
      const { ids } = session.selection.peek();
      const moved = topmost(session.tree.peek(), ids.includes(id) ? ids : [id]);
      if (!mayMove(session, moved)) return stop();
      if (!ids.includes(id)) session.selection.value = selectOne(id);
      focused = document.activeElement;
      // Keys that are pressed now are for what is dragged, and not for the page in the frame.
      overlay.focus({ preventScroll: true });
      view.dragged.value = moved;
      ghost.hidden = false;
    },
    onFrame: (at, elapsed) => {
      const moved = view.dragged.peek() ?? [];
      // Somebody else may have taken away what is in the air.
      if (moved.some((one) => findWidget(session.tree.peek(), one) === undefined)) return stop();
      if (at !== undefined) {
        const { top, bottom } = frame.getBoundingClientRect();
        const distance = edgeScroll(at.y, top, bottom, elapsed) / view.scale.peek();
        if (distance !== 0) frame.contentWindow?.scrollBy({ top: distance, behavior: 'instant' });
        ghost.style.transform = `translate(${at.x}px, ${at.y}px)`;
      }
      painted = at && pointed(at);
      line.hidden = painted === undefined;
      ghost.dataset.state = painted === undefined ? 'nowhere' : 'somewhere';
      if (painted !== undefined) paint(painted);
    },
    onDrop: () => {
      const moved = view.dragged.peek() ?? [];
      end();
      if (painted !== undefined) moveWidgets(session, moved, painted.place);
      else session.announcement.value = session.words.moves.noDrop;
    },
    onCancel: () => {
      const [first, ...others] = view.dragged.peek() ?? [];
      end();
      if (first === undefined) return;
      const { moves } = session.words;
      const what = labelIn(session.tree.peek(), first, session.catalogue);
      session.announcement.value = others.length === 0 ? moves.cancelled({ what }) : moves.noDrop;
    },
  });
}

/** All legal places for what is dragged, in pixels of the whole page. */
function placesOn(session: Session, view: PreviewView, window: Window): readonly DropPlace[] {
  const page = view.page.peek();
  const tree = session.tree.peek();
  const { catalogue, data } = session;
  const boxes = new Map<string, PageBox>();
  for (const { id } of walk(tree.root)) {
    const box = page?.hooks.boxOf(id);
    if (box !== undefined) boxes.set(id, movedBox(box, window.scrollX, window.scrollY));
  }
  const moved = view.dragged.peek() ?? [];
  const legal = movableTo(tree, moved, { catalogue, limits: data.limits });
  return dropPlaces({
    ...{ tree, catalogue, moved: new Set(moved), legal, boxes },
    isFromRight: isFromRight(window.document.body),
  });
}
