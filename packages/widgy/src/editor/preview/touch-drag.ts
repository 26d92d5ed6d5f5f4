import { holdTouch } from '../outline/drag.ts';
import { isNode } from '../parts/nodes.ts';
import type { Session } from '../session/session.ts';
import { type DragElements, pressWidget } from './drag.ts';
import type { PreviewPage } from './preview-page.ts';
import type { PreviewView } from './preview-view.ts';

/**
 * Lets a finger or a pen lift widgets of the page by resting on them; until then it scrolls. What it does in the frame is told to this
 * window, which follows it.
 */
export function liftByTouch(
  session: Session,
  view: PreviewView,
  page: PreviewPage,
  elements: () => DragElements | undefined,
): void {
  const { document: shown, hooks } = page;
  const isDragging = () => view.dragged.peek() !== undefined;
  let pointer: number | undefined;
  const tell = (event: PointerEvent) => {
    const frame = elements()?.frame;
    if (event.pointerId !== pointer || frame === undefined) return;
    const { left, top } = frame.getBoundingClientRect();
    const scale = view.scale.peek();
    const { type, pointerId, pointerType, buttons, isPrimary } = event;
    const [clientX, clientY] = [left + event.clientX * scale, top + event.clientY * scale];
    const init = { pointerId, pointerType, buttons, isPrimary, clientX, clientY };
    if (type === 'pointerdown') {
      const id = isNode(event.target) ? idAt(event.target) : undefined;
      const all = elements();
      // A pointer of another document cannot be captured here, and need not be: its own tells all it does.
      if (id !== undefined && all !== undefined)
        pressWidget(session, view, all, new PointerEvent(type, init), id, NOTHING_TO_CAPTURE);
      return;
    }
    dispatchEvent(new PointerEvent(type, { ...init, bubbles: true }));
    if (type !== 'pointermove') pointer = undefined;
  };
  /** The selected widget around a node, or else the innermost. */
  const idAt = (node: Node): string | undefined => {
    const { ids } = session.selection.peek();
    const selected = ids.find((id) => hooks.rangeOf(id)?.intersectsNode(node) === true);
    const id = selected ?? hooks.widgetAt(node);
    return id === session.tree.peek().root.id ? undefined : id;
  };
  shown.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' || pointer !== undefined || view.writing.peek() !== undefined) return;
    pointer = event.pointerId;
    tell(event);
  });
  for (const name of ['pointermove', 'pointerup', 'pointercancel'] as const)
    shown.addEventListener(name, tell);
  // A finger that rests opens a menu and selects a word, too: here it lifts.
  for (const name of ['contextmenu', 'selectstart'] as const)
    shown.addEventListener(name, (event) => {
      if (isDragging() || (pointer !== undefined && view.writing.peek() === undefined))
        event.preventDefault();
    });
  holdTouch(shown.documentElement, isDragging);
}

const NOTHING_TO_CAPTURE = {
  setPointerCapture: () => undefined,
  hasPointerCapture: () => false,
  releasePointerCapture: () => undefined,
};
