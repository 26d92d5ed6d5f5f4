import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from '../server/answer.ts';
import {
  FIRST_RETRY_MS,
  LONGEST_RETRY_MS,
  LONGEST_WAIT_MS,
  PAUSE_MS,
  Sender,
  type SenderState,
} from './sender.ts';

/** A clock that only goes on when it is told to. */
function clock() {
  let now = 0;
  let waiting: { readonly at: number; readonly call: () => void }[] = [];
  return {
    later(ms: number, call: () => void) {
      const one = { at: now + ms, call };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = waiting.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        waiting = waiting.filter((other) => other !== next);
        now = next.at;
        next.call();
        await settle();
      }
      now = end;
    },
    count: () => waiting.length,
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A sender with a queue of names, and answers that a test gives. */
function open(answers: Answer<null>['kind'][] = []) {
  const time = clock();
  const queue: string[] = [];
  const sent: string[] = [];
  const states: SenderState[] = [];
  const sender = new Sender({
    later: time.later,
    onState: (state) => states.push(state),
    send() {
      const [first] = queue;
      if (first === undefined) return undefined;
      sent.push(first);
      const kind = answers.shift() ?? 'done';
      if (kind === 'done' || kind === 'refused') queue.shift();
      const problem = { code: 'conflict', status: 409, detail: '', details: {} };
      return Promise.resolve(
        kind === 'done' ? { kind, value: null } : kind === 'refused' ? { kind, problem } : { kind },
      );
    },
  });
  return { time, queue, sent, states, sender };
}

describe('what waits', () => {
  it('is sent one after the other, in its order', async () => {
    const { queue, sent, sender, states } = open();
    queue.push('a', 'b');
    assert.equal(await sender.settled(), true);
    assert.deepEqual([sent, states.at(-1)], [['a', 'b'], 'idle']);
  });

  it('is sent at once where somebody begins to type, and what follows after a pause', async () => {
    const { time, queue, sent, sender } = open();
    queue.push('a');
    sender.soon();
    await settle();
    assert.deepEqual(sent, ['a']);
    queue.push('b');
    for (const _ of [1, 2]) {
      sender.soon();
      await time.pass(PAUSE_MS - 1);
      assert.deepEqual(sent, ['a']);
    }
    await time.pass(1);
    assert.deepEqual(sent, ['a', 'b']);
    assert.equal(time.count(), 0);
  });

  it('waits for its pause where it was typed before the answer to the first came', async () => {
    const { time, queue, sent, sender } = open();
    queue.push('a');
    sender.soon();
    queue.push('b');
    sender.soon();
    await settle();
    assert.deepEqual(sent, ['a']);
    await time.pass(PAUSE_MS);
    assert.deepEqual(sent, ['a', 'b']);
  });

  it('is sent now and then where somebody types on and on', async () => {
    const { time, queue, sent, sender } = open();
    sender.soon();
    queue.push('a');
    for (let ms = 0; ms < LONGEST_WAIT_MS; ms += 100) {
      assert.deepEqual(sent, []);
      sender.soon();
      await time.pass(100);
    }
    assert.deepEqual(sent, ['a']);
  });

  it('is sent again where it did not get through, less and less often', async () => {
    const tries = 8;
    const { time, queue, sent, states, sender } = open(Array(tries).fill('unreachable'));
    queue.push('a');
    assert.equal(await sender.settled(), false);
    let ms = FIRST_RETRY_MS;
    for (let count = 2; count <= tries; count++) {
      await time.pass(ms - 1);
      assert.equal(sent.length, count - 1);
      await time.pass(1);
      assert.equal(sent.length, count);
      ms = Math.min(ms * 2, LONGEST_RETRY_MS);
    }
    assert.equal(states.at(-1), 'unreachable');
    sender.now();
    await settle();
    assert.deepEqual([queue, states.at(-1)], [[], 'idle']);
  });

  it('goes on behind what was refused', async () => {
    const { queue, sent, sender } = open(['refused', 'done']);
    queue.push('a', 'b');
    assert.equal(await sender.settled(), true);
    assert.deepEqual(sent, ['a', 'b']);
  });

  it('waits until somebody has signed in', async () => {
    const { time, queue, sent, states, sender } = open(['signed-out']);
    queue.push('a');
    assert.equal(await sender.settled(), false);
    assert.equal(states.at(-1), 'signed-out');
    await time.pass(FIRST_RETRY_MS);
    assert.deepEqual([sent, states.at(-1)], [['a', 'a'], 'idle']);
  });

  it('is sent no more once it is stopped', async () => {
    const { time, queue, sent, sender } = open();
    sender.soon();
    queue.push('a');
    sender.stop();
    await time.pass(LONGEST_WAIT_MS);
    assert.deepEqual([sent, time.count()], [[], 0]);
  });
});
