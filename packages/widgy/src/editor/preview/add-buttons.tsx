/** @jsxImportSource preact */
import { untracked } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { findWidget, type Place, parentOf, placeOf } from '../../tree/tree.ts';
import { childrenIn } from '../../tree/widget.ts';
import { takesNewAt } from '../commands/try-insert.ts';
import { labelIn } from '../commands/where.ts';
import { Icon } from '../parts/icon.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { WidgetBox } from './boxes.ts';
import { isShownEmpty } from './empty-places.ts';
import { isBeside } from './page-box.ts';
import type { PreviewView } from './preview-view.ts';

/** CSS pixels that a button takes, with a little around it. */
const BUTTON = 30;

/** Where something new can be added by the selected widget. */
interface AddPlaces {
  readonly id: string;
  readonly before: Place | undefined;
  readonly after: Place | undefined;
  readonly inside: Place | undefined;
  /** Whether what stands beside it is beside it, and not above or below. */
  readonly isRow: boolean;
}

/** Buttons at the edges of the selected widget, and in the middle of an empty one, that add something there. Keys and the outline do the same. */
export function AddButtons({
  session,
  surface,
  view,
  boxes,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly view: PreviewView;
  readonly boxes: readonly WidgetBox[];
}) {
  // The boxes are new after each change, in the frame in which all places are asked for: sooner, a key would wait for that.
  const seen = [session.tree.peek(), session.selection.peek(), view.layout.peek(), view.page.peek()];
  const places = useMemo(() => untracked(() => addPlaces(session, view)), seen);
  const box = boxes.find(({ id, kind }) => kind === 'selected' && id === places?.id);
  const isOff =
    view.writing.value !== undefined ||
    view.dragged.value !== undefined ||
    surface.version.value !== undefined;
  if (places === undefined || box === undefined || isOff) return null;
  const { words, tree, catalogue } = session;
  const what = labelIn(tree.peek(), places.id, catalogue);
  const { isRow } = places;
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  // Where two of them would cover each other, they are beside each other.
  const isTight = (isRow ? box.right - box.left : box.bottom - box.top) < 2 * BUTTON;
  const aside = isTight ? BUTTON / 2 : 0;
  const button = (at: Place | undefined, name: string, left: number, top: number) =>
    at === undefined ? null : (
      <button
        type="button"
        class="box-add"
        tabIndex={-1}
        aria-label={name}
        title={name}
        style={{ transform: `translate(${left}px, ${top}px)` }}
        // The focus stays where it is, and is there again after the window.
        onPointerDown={(event) => event.preventDefault()}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          surface.dialog.value = { kind: 'add', at };
        }}
      >
        <Icon name="add" />
      </button>
    );
  return (
    <>
      {button(
        places.before,
        words.picker.addBefore({ what }),
        isRow ? box.left : x - aside,
        isRow ? y - aside : box.top,
      )}
      {button(
        places.after,
        words.picker.addAfter({ what }),
        isRow ? box.right : x + aside,
        isRow ? y + aside : box.bottom,
      )}
      {button(places.inside, words.picker.addTo({ parent: what }), x, y)}
    </>
  );
}

function addPlaces(session: Session, view: PreviewView): AddPlaces | undefined {
  const [id, ...others] = session.selection.value.ids;
  const tree = session.tree.peek();
  const widget = id === undefined ? undefined : findWidget(tree, id);
  if (widget === undefined || others.length > 0 || !session.data.mayEdit) return undefined;
  const open = (place: Place | undefined) =>
    place !== undefined && takesNewAt(session, place) ? place : undefined;
  const after = placeOf(tree, widget.id);
  const slots = Array.from(session.catalogue.get(widget.type)?.slots.keys() ?? []);
  const empty = widget.children.length > 0 ? [] : slots.map((slot): Place => ({ parent: widget.id, slot }));
  const parent = parentOf(tree, widget.id);
  const siblings = parent === undefined ? [] : childrenIn(parent, widget.slot);
  const at = siblings.indexOf(widget);
  const boxOf = (index: number) => {
    const sibling = siblings[index];
    return sibling && view.page.value?.hooks.boxOf(sibling.id);
  };
  const own = boxOf(at);
  const page = view.page.value;
  // The place itself says that it can be pressed.
  const isPressed = page !== undefined && isShownEmpty(page, widget.id);
  const isRow = [boxOf(at - 1), boxOf(at + 1)].some(
    (other) => own !== undefined && other !== undefined && isBeside(own, other),
  );
  return {
    id: widget.id,
    before: open(after && { ...after, before: widget.id }),
    after: open(after),
    inside: isPressed ? undefined : empty.find((place) => open(place) !== undefined),
    isRow,
  };
}
