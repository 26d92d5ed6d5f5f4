import { options } from 'preact';
import { afterPaint } from './after-paint.ts';

/** Milliseconds after a key in which another one is expected. */
const PAUSE_MS = 150;

/** Renders that wait: for the paint of a key, or for the next key or a pause. */
interface Waiting {
  readonly isForPaint: boolean;
  readonly callOff: () => void;
  render?: () => void;
}

/**
 * From now on, while somebody types into a text, all else is rendered right after the paint of a key. The browser shows the key by itself, and
 * does not wait for the rows, boxes and costs that it changes. What the server answers between two keys comes with the next one: a frame of
 * its own could be in the way of that key. Whatever else is done finds everything rendered.
 */
export function renderAfterTyping(page: Window): void {
  let waiting: Waiting | undefined;
  const renderNow = () => {
    const { callOff, render } = waiting ?? {};
    waiting = undefined;
    callOff?.();
    render?.();
  };
  const painted = () => {
    renderNow();
    const timer = setTimeout(renderNow, PAUSE_MS);
    waiting = { isForPaint: false, callOff: () => clearTimeout(timer) };
  };
  const hearInput = (event: Event) => {
    // Choices and ticks are events of another class.
    if (!(event instanceof InputEvent) || waiting?.isForPaint === true) return;
    waiting?.callOff();
    waiting = { ...waiting, isForPaint: true, callOff: afterPaint(painted) };
  };
  const hearKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    if (key.length > 1 || ctrlKey || metaKey || altKey) renderNow();
  };
  page.addEventListener('input', hearInput, { capture: true });
  page.addEventListener('keydown', hearKey, { capture: true });
  page.addEventListener('pointerdown', renderNow, { capture: true });
  page.addEventListener('focusout', renderNow, { capture: true });
  options.debounceRendering = (render) => {
    if (waiting === undefined) queueMicrotask(render);
    else waiting.render = render;
  };
}
