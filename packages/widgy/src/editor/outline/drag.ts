/** CSS pixels that the pointer of a mouse moves before something is lifted. */
export const LIFT_DISTANCE = 4;

/** Milliseconds that a finger rests before something is lifted. Until then it scrolls. */
export const LIFT_MS = 400;

/** CSS pixels that a finger may move while it rests. */
export const REST_DISTANCE = 10;

/** Where a pointer is, in CSS pixels of the window. */
export interface PointerAt {
  readonly x: number;
  readonly y: number;
}

/** What happens while something is dragged. */
export interface DragHandlers {
  /** Lifted. */
  readonly onLift: () => void;
  /**
   * Called before each frame is painted, until it ends: what is shown of the place is made here, and is what counts when it is let
   * go. `at` is undefined outside the window. `elapsed`: milliseconds since the frame before.
   */
  readonly onFrame: (at: PointerAt | undefined, elapsed: number) => void;
  /** Let go. Not called for what was never lifted. */
  readonly onDrop: () => void;
  /** Escape, the other button, another window, or a gesture of the browser. Not called for what was never lifted. */
  readonly onCancel: () => void;
}

/**
 * Follows a pointer that was pressed on something that can be dragged: a mouse lifts it by moving, a finger or a pen by resting.
 *
 * It uses pointer events and not the drag and drop of browsers, whose `drop` comes with a position of its own, later than what was last
 * painted, which has no right click to cancel, and which begins on a touch screen only where the system has it.
 *
 * @param element gets the pointer while it drags: it has to stay in the page
 * @returns calls it off
 */
export function followPointer(
  pressed: Pick<PointerEvent, 'pointerId' | 'pointerType' | 'clientX' | 'clientY'>,
  element: Pick<HTMLElement, 'setPointerCapture' | 'hasPointerCapture' | 'releasePointerCapture'>,
  on: DragHandlers,
): () => void {
  const isMouse = pressed.pointerType === 'mouse';
  const ending = new AbortController();
  const { signal } = ending;
  let at: PointerAt = { x: pressed.clientX, y: pressed.clientY };
  let isLifted = false;
  let frame = 0;
  let before = 0;

  const paint = (now: number): void => {
    // Asked for first: what is told may call it off.
    frame = requestAnimationFrame(paint);
    on.onFrame(isInWindow(at) ? at : undefined, before === 0 ? 0 : now - before);
    before = now;
  };
  const lift = (): void => {
    isLifted = true;
    element.setPointerCapture(pressed.pointerId);
    frame = requestAnimationFrame(paint);
    on.onLift();
  };
  const resting = isMouse ? undefined : setTimeout(lift, LIFT_MS);
  const end = (): boolean => {
    if (signal.aborted) return false;
    ending.abort();
    clearTimeout(resting);
    cancelAnimationFrame(frame);
    if (isLifted && element.hasPointerCapture(pressed.pointerId))
      element.releasePointerCapture(pressed.pointerId);
    return isLifted;
  };
  const cancel = (): void => {
    if (end()) on.onCancel();
  };
  const listen = <Name extends keyof WindowEventMap>(
    name: Name,
    handle: (event: WindowEventMap[Name]) => void,
  ): void => addEventListener(name, handle, { capture: true, signal, passive: false });

  listen('pointermove', (event) => {
    if (event.pointerId !== pressed.pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    if (isLifted) return;
    const distance = Math.hypot(at.x - pressed.clientX, at.y - pressed.clientY);
    if (!isMouse && distance > REST_DISTANCE) cancel();
    // The button may have been let go where nobody told.
    else if (isMouse && event.buttons === 0) cancel();
    else if (isMouse && distance >= LIFT_DISTANCE) lift();
  });
  listen('pointerup', (event) => {
    if (event.pointerId !== pressed.pointerId || !end()) return;
    swallowNext('click');
    if (isInWindow({ x: event.clientX, y: event.clientY })) on.onDrop();
    else on.onCancel();
  });
  listen('pointercancel', (event) => {
    if (event.pointerId === pressed.pointerId) cancel();
  });
  listen('mousedown', (event) => {
    if (!isLifted || event.button === 0) return;
    event.preventDefault();
    swallowNext('contextmenu');
    swallowNext('click');
    cancel();
  });
  listen('contextmenu', (event) => {
    // A finger that rests opens a menu, too: then it is lifted instead.
    if (!isLifted) return;
    event.preventDefault();
    if (!isMouse) return;
    swallowNext('click');
    cancel();
  });
  listen('keydown', (event) => {
    if (!isLifted) return;
    // While something is in the air, no key means anything else.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key !== 'Escape') return;
    swallowNext('click');
    cancel();
  });
  listen('blur', (event) => {
    if (event.target === window) cancel();
  });
  // What a finger that has lifted something does, scrolls nothing. The list itself listens too, see `holdTouch`.
  listen('touchmove', (event) => {
    if (isLifted && event.cancelable) event.preventDefault();
  });
  return cancel;
}

/**
 * Lets a finger that has lifted something move without scrolling. Browsers ask only those who listened before the finger came.
 *
 * @returns ends it
 */
export function holdTouch(element: HTMLElement, isDragging: () => boolean): () => void {
  const hold = (event: TouchEvent): void => {
    if (isDragging() && event.cancelable) event.preventDefault();
  };
  element.addEventListener('touchmove', hold, { passive: false });
  return () => element.removeEventListener('touchmove', hold);
}

/** CSS pixels from an edge in which a list scrolls while something is dragged there. */
export const EDGE = 40;

/** CSS pixels in a second by which it scrolls at the very edge. */
const EDGE_SPEED = 900;

/** How far a list scrolls in some milliseconds: the closer to an edge of it the pointer is, the faster. */
export function edgeScroll(y: number, top: number, bottom: number, elapsed: number): number {
  const edge = Math.min(EDGE, (bottom - top) / 4);
  const near = y < top + edge ? -(top + edge - y) : y > bottom - edge ? y - (bottom - edge) : 0;
  if (near === 0) return 0;
  return (Math.max(-1, Math.min(1, near / edge)) * EDGE_SPEED * elapsed) / 1_000;
}

function isInWindow({ x, y }: PointerAt): boolean {
  return x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
}

/** The next event of a kind does nothing, if it comes before anything else is pressed. */
function swallowNext(name: 'click' | 'contextmenu'): void {
  const pressed = new AbortController();
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    pressed.abort();
  };
  addEventListener(name, swallow, { capture: true, signal: pressed.signal });
  addEventListener('pointerdown', () => pressed.abort(), { capture: true, signal: pressed.signal });
}
