import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import { options } from 'preact';
import { renderAfterTyping } from './render-after-typing.ts';

class TypedEvent extends Event {}

/** What happens in the page of the editor, one after the other. */
type Step =
  /** Something of the state is another. */
  | 'change'
  | 'letter'
  | 'frame'
  | 'pause'
  /** A letter that opens a window in the place of being written. */
  | 'command'
  | 'Enter'
  | 'paste'
  | 'fill-in'
  | 'choice'
  | 'pointermove'
  | 'pointerdown'
  | 'click'
  | 'blur'
  | 'visibilitychange'
  | 'throw';

describe('rendering while somebody types', () => {
  let frames: (() => void)[] = [];
  let page = new EventTarget();
  let rendered = 0;
  let isBroken = false;
  let waits = false;

  before(() => {
    Object.assign(globalThis, {
      InputEvent: TypedEvent,
      requestAnimationFrame: (call: () => void) => frames.push(call),
      cancelAnimationFrame: (frame: number) => frames.splice(frame - 1, 1, () => undefined),
    });
  });
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    frames = [];
    page = new EventTarget();
    [rendered, isBroken, waits] = [0, false, false];
    // What hears keys further in has heard them before the window does.
    page.addEventListener('keydown', (event) => {
      if (!('key' in event) || event.key !== '/') return;
      event.preventDefault();
      change();
    });
    renderAfterTyping(page);
  });
  afterEach(() => {
    mock.timers.reset();
    delete options.debounceRendering;
  });

  /** As Preact does it: it asks once, until what it gave was called. */
  const change = () => {
    if (waits) return;
    waits = true;
    options.debounceRendering?.(() => {
      waits = false;
      if (isBroken) {
        isBroken = false;
        throw new Error('cannot be rendered');
      }
      rendered += 1;
    });
  };
  const press = (key: string | undefined, more: object = {}) => {
    page.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key, ...more }));
  };
  const write = () => {
    page.dispatchEvent(new TypedEvent('input'));
    change();
  };
  const take = async (step: Step) => {
    if (step === 'change') change();
    else if (step === 'letter') {
      press('a');
      write();
    } else if (step === 'frame') {
      for (const call of frames.splice(0)) call();
      mock.timers.tick(0);
    } else if (step === 'pause') mock.timers.tick(150);
    else if (step === 'command') press('/');
    else if (step === 'paste') {
      press('v', { ctrlKey: true });
      write();
    } else if (step === 'fill-in') press(undefined);
    else if (step === 'Enter') press(step);
    else if (step === 'throw') isBroken = true;
    else {
      page.dispatchEvent(new Event(step === 'choice' ? 'input' : step));
      if (step === 'choice') change();
    }
    await Promise.resolve();
  };

  const cases: readonly [what: string, steps: readonly Step[], rendered: number][] = [
    ['at once while nobody types', ['change'], 1],
    ['at once after a choice', ['choice'], 1],
    ['not before the paint of a letter', ['letter'], 0],
    ['after the paint of a letter', ['letter', 'frame'], 1],
    ['once for letters of one frame', ['letter', 'letter', 'change', 'frame'], 1],
    ['with the next letter what comes between two', ['letter', 'frame', 'change', 'letter', 'frame'], 2],
    ['not before the next letter what comes between two', ['letter', 'frame', 'change', 'frame'], 1],
    ['after a pause what comes then', ['letter', 'frame', 'change', 'pause'], 2],
    ['at once after a pause', ['letter', 'frame', 'pause', 'change'], 2],
    ['before what a key does that is no letter', ['letter', 'Enter'], 1],
    ['at once what a letter does that is not written', ['letter', 'frame', 'command'], 2],
    ['after the paint of what is pasted', ['letter', 'paste'], 1],
    ['before what the browser fills in', ['letter', 'fill-in'], 1],
    ['before a pointer comes', ['letter', 'pointermove'], 1],
    ['not between press and release', ['letter', 'pointerdown'], 0],
    ['before a click', ['letter', 'click'], 1],
    ['before the focus is elsewhere', ['letter', 'blur'], 1],
    ['before no frame is made any more', ['letter', 'visibilitychange'], 1],
    ['at once after what was done beside', ['letter', 'blur', 'change'], 2],
  ];
  for (const [what, steps, expected] of cases)
    it(what, async () => {
      for (const step of steps) await take(step);
      assert.equal(rendered, expected);
    });

  it('goes on where something could not be rendered', async () => {
    await take('letter');
    await take('throw');
    await assert.rejects(take('frame'), /cannot be rendered/);
    for (const step of ['letter', 'frame'] as const) await take(step);
    assert.equal(rendered, 1);
  });

  it('loses nothing where rendering itself writes into a text', async () => {
    options.debounceRendering?.(() => undefined);
    page.dispatchEvent(new TypedEvent('input'));
    options.debounceRendering?.(write);
    await take('frame');
    assert.equal(rendered, 0);
    await take('frame');
    assert.equal(rendered, 1);
  });
});
