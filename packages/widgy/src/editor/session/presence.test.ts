import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from '../server/answer.ts';
import { PRESENT_MS, Presence, STAY_MS } from './presence.ts';

const DONE: Answer<null> = { kind: 'done', value: null };
const TAKEN: Answer<null> = {
  kind: 'refused',
  problem: { code: 'client-taken', status: 409, detail: '', details: {} },
};

/** A tab whose time goes on only where a test says so. */
function open(answers: readonly Answer<null>[] = []) {
  const left = [...answers];
  const said: string[] = [];
  const heard: string[] = [];
  let timer: { readonly ms: number; readonly call: () => void } | undefined;
  let widget: string | null = null;
  const presence = new Presence({
    api: {
      async present(client, at) {
        said.push(`${client} ${at}`);
        return left.shift() ?? DONE;
      },
      async leave(client) {
        said.push(`${client} leaves`);
        return DONE;
      },
    },
    client: 'tab',
    newId: () => 'other',
    later(ms, call) {
      const own = { ms, call };
      timer = own;
      return () => {
        if (timer === own) timer = undefined;
      };
    },
    widget: () => widget,
    onAnswer: ({ kind }) => heard.push(kind),
  });
  return {
    ...{ presence, said, heard },
    waits: () => timer?.ms,
    async pass() {
      const due = timer;
      timer = undefined;
      due?.call();
      await new Promise((resolve) => setImmediate(resolve));
    },
    go(to: string) {
      widget = to;
      presence.soon();
    },
  };
}

describe('saying where somebody is', () => {
  it('is done once they stay, and again before it is forgotten', async () => {
    const { said, go, pass, waits } = open();
    go('a');
    go('b');
    assert.deepEqual([said, waits()], [[], STAY_MS]);
    await pass();
    assert.deepEqual([said, waits()], [['tab b'], PRESENT_MS]);
    await pass();
    assert.deepEqual(said, ['tab b', 'tab b']);
  });

  it('goes on under another id where somebody else has it', async () => {
    const { presence, said, go, pass, heard } = open([TAKEN]);
    go('a');
    await pass();
    await pass();
    assert.deepEqual(said, ['tab a', 'other a']);
    assert.equal(presence.client, 'other');
    assert.deepEqual(heard, ['refused', 'done']);
  });

  it('ends when they leave, once', async () => {
    const { presence, said, go, pass, waits } = open();
    go('a');
    await pass();
    presence.leave();
    presence.leave();
    assert.deepEqual([said, waits()], [['tab a', 'tab leaves'], undefined]);
    await presence.now();
    assert.deepEqual(said.at(-1), 'tab a');
  });
});
