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
 * What is done beside typing. A pointer is moved before it presses: rendered between press and release, something could push away what is
 * pressed. A page that is hidden paints nothing that could be waited for.
 */
const OTHER_EVENTS = ['pointermove', 'click', 'blur', 'visibilitychange'];

/**
 * From now on, while somebody types into a text, all else is rendered right after the paint of a key. The browser shows the key by itself, and
 * does not wait for the rows, boxes and costs that it changes. What the server answers between two keys comes with the next one: a frame of
 * its own could be in the way of that key. Whatever else is done finds everything rendered, and so does a key that means something else than
 * its letter, such as one that opens a window: what is typed next belongs there.
 */
export function renderAfterTyping(page: Pick<Window, 'addEventListener'>): void {
  let waiting: Waiting | undefined;
  /** Renders what waits. What comes of that waits as is given: it is set before, since rendering may throw, and may be heard here itself. */
  const renderNow = (next?: Waiting) => {
    const { callOff, render } = waiting ?? {};
    waiting = next;
    callOff?.();
    render?.();
  };
  const flush = () => renderNow();
  const painted = () => {
    const timer = setTimeout(flush, PAUSE_MS);
    renderNow({ isForPaint: false, callOff: () => clearTimeout(timer) });
  };
  const hearInput = (event: Event) => {
    // Choices and ticks are events of another class.
    if (!(event instanceof InputEvent) || waiting?.isForPaint === true) return;
    waiting?.callOff();
    waiting = { ...waiting, isForPaint: true, callOff: afterPaint(painted) };
  };
  const hearKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    // What browsers fill in by themselves is told as a key without a name.
    if (key?.length !== 1 || ctrlKey || metaKey || altKey) flush();
  };
  page.addEventListener('input', hearInput, { capture: true });
  page.addEventListener('keydown', hearKey, { capture: true });
  page.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) flush();
  });
  for (const name of OTHER_EVENTS) page.addEventListener(name, flush, { capture: true });
  options.debounceRendering = (render) => {
    if (waiting === undefined) queueMicrotask(render);
    else waiting.render = render;
  };
}
