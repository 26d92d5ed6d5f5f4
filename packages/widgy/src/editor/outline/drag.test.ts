import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { followPointer } from './drag.ts';

const NOTHING = {
  setPointerCapture: () => undefined,
  hasPointerCapture: () => false,
  releasePointerCapture: () => undefined,
};
const PRESSED = { pointerId: 1, pointerType: 'mouse', clientX: 10, clientY: 10 };

describe('a pointer that drags', () => {
  const frames = new Map<number, (now: number) => void>();
  let page = new EventTarget();
  let asked = 0;

  beforeEach(() => {
    frames.clear();
    page = new EventTarget();
    Object.assign(globalThis, {
      addEventListener: page.addEventListener.bind(page),
      innerWidth: 100,
      innerHeight: 100,
      requestAnimationFrame: (call: (now: number) => void) => {
        asked += 1;
        frames.set(asked, call);
        return asked;
      },
      cancelAnimationFrame: (frame: number) => frames.delete(frame),
    });
  });

  const move = () => {
    const at = { pointerId: 1, buttons: 1, clientX: 50, clientY: 50 };
    page.dispatchEvent(Object.assign(new Event('pointermove'), at));
  };
  const paint = () => {
    const due = [...frames];
    frames.clear();
    for (const [frame, call] of due) call(frame);
  };
  const follow = (stopAt: 'lift' | 'frame' | 'never') => {
    const told: string[] = [];
    const stop = followPointer(PRESSED, NOTHING, {
      onLift: () => {
        told.push('lift');
        if (stopAt === 'lift') stop();
      },
      onFrame: () => {
        told.push('frame');
        if (stopAt === 'frame') stop();
      },
      onDrop: () => told.push('drop'),
      onCancel: () => told.push('cancel'),
    });
    move();
    for (let count = 0; count < 2; count++) paint();
    return told;
  };

  const cases = [
    ['never', ['lift', 'frame', 'frame'], 1],
    // What is told of may call it off: nothing goes on then.
    ['lift', ['lift', 'cancel'], 0],
    ['frame', ['lift', 'frame', 'cancel'], 0],
  ] as const;
  for (const [stopAt, told, left] of cases)
    it(`that is called off by what it tells of, here: ${stopAt}`, () => {
      assert.deepEqual(follow(stopAt), told);
      assert.equal(frames.size, left);
    });
});
