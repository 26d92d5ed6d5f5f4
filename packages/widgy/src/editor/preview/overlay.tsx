/** @jsxImportSource preact */
import { effect, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { mayMove } from '../commands/move.ts';
import { labelIn } from '../commands/where.ts';
import { Icon } from '../parts/icon.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { AddButtons } from './add-buttons.tsx';
import { boxedIn, labelSide, type WidgetBox } from './boxes.ts';
import { type DragElements, pressWidget } from './drag.ts';
import { scaledBox } from './page-box.ts';
import type { PreviewView } from './preview-view.ts';

/** What the overlay needs. */
export interface OverlayProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly view: PreviewView;
  readonly overlay: RefObject<HTMLDivElement | null>;
  readonly line: RefObject<HTMLDivElement | null>;
  readonly ghost: RefObject<HTMLDivElement | null>;
  readonly elements: () => DragElements | undefined;
  /** Opens the menu of what is selected, at a button. */
  readonly onMenu: (button: HTMLElement) => void;
}

/** What is drawn over the page: boxes around widgets, with what can be done there. It takes no room in the page and changes nothing in it. */
export function Overlay(props: OverlayProps) {
  const { session, surface, view, overlay, line, ghost } = props;
  const drawn = useSignal<{ readonly boxes: readonly WidgetBox[]; readonly height: number }>({
    boxes: [],
    height: 0,
  });
  // Heard at once, and not after the next frame: what is drawn moves in the same frame as the page.
  useEffect(
    () =>
      effect(() => {
        view.layout.value;
        view.scrolled.value;
        const hooks = view.page.value?.hooks;
        const scale = view.scale.value;
        const boxed = hooks === undefined ? [] : boxedIn(session, surface, hooks);
        // The place of all of them is asked for at once, right before they are painted.
        const request = requestAnimationFrame(() => {
          const height = overlay.current?.clientHeight ?? 0;
          const boxes = boxed.flatMap((each): readonly WidgetBox[] => {
            const found = hooks?.boxOf(each.id);
            if (found === undefined) return [];
            const box = scaledBox(found, scale);
            return box.bottom < 0 || box.top > height ? [] : [{ ...each, ...box }];
          });
          drawn.value = { boxes, height };
        });
        return () => cancelAnimationFrame(request);
      }),
    [session, surface, view],
  );
  const { boxes, height } = drawn.value;
  const dragged = view.dragged.value;
  return (
    <div ref={overlay} class="overlay" tabIndex={-1} data-dragging={dragged !== undefined}>
      {boxes.map((box) => (
        <BoxView key={`${box.kind} ${box.id}`} {...props} box={box} height={height} />
      ))}
      <AddButtons {...{ session, surface, view }} boxes={boxes} />
      <div ref={line} class="drop-line" aria-hidden="true" hidden>
        <span />
      </div>
      <div ref={ghost} class="drag-ghost" aria-hidden="true" hidden>
        {dragged === undefined ? null : ghostText(session, dragged)}
      </div>
    </div>
  );
}

function BoxView({
  session,
  view,
  elements,
  onMenu,
  surface,
  box,
  height,
}: OverlayProps & { readonly box: WidgetBox; readonly height: number }) {
  const { id, kind, label, left, top, right, bottom } = box;
  const isWritten = kind === 'selected' && view.writing.value === id;
  const isDraft = surface.version.value === undefined;
  const isDraggable = kind === 'selected' && isDraft && mayMove(session, [id]);
  const shownTop = Math.max(0, top);
  return (
    <div
      class={`box ${kind}`}
      data-writing={isWritten}
      data-dragged={view.dragged.value?.includes(id) === true}
      style={{
        transform: `translate(${left}px, ${top}px)`,
        width: `${right - left}px`,
        height: `${bottom - top}px`,
      }}
    >
      {label === '' || kind === 'hovered' || isWritten ? null : (
        <span
          class="box-label"
          data-side={labelSide(box, height)}
          style={{ marginBlockStart: labelSide(box, height) === 'inside' ? `${shownTop - top}px` : '0' }}
        >
          {isDraggable ? (
            <button
              type="button"
              class="box-grip"
              tabIndex={-1}
              aria-label={session.words.outline.dragHandle({ what: label })}
              title={session.words.outline.dragHandle({ what: label })}
              onPointerDown={(event) => {
                const all = elements();
                if (event.button !== 0 || all === undefined) return;
                // The focus stays where it is.
                event.preventDefault();
                // The page in the frame gets nothing of a pointer that leaves the grip at once.
                event.currentTarget.setPointerCapture(event.pointerId);
                pressWidget(session, view, all, event, id);
              }}
            >
              <Icon name="grip" />
            </button>
          ) : null}
          <span class="box-name">{label}</span>
          {kind === 'selected' && isDraft && session.data.mayEdit ? (
            <button
              type="button"
              class="box-more"
              tabIndex={-1}
              aria-haspopup="menu"
              aria-label={session.words.preview.menu({ what: label })}
              title={session.words.preview.menu({ what: label })}
              // The focus stays where it is, and is there again after the menu.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => onMenu(event.currentTarget)}
            >
              <Icon name="more" />
            </button>
          ) : null}
        </span>
      )}
    </div>
  );
}

function ghostText({ words, tree, catalogue }: Session, ids: readonly string[]): string {
  const [first = '', ...others] = ids;
  if (others.length > 0) return words.selection.count({ count: ids.length });
  return labelIn(tree.value, first, catalogue);
}
