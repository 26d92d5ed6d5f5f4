import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../../tree/random-fixture.ts';
import {
  SESSION_ABSOLUTE_MS as ABSOLUTE,
  SESSION_IDLE_MS as IDLE,
  MAX_AGENT_LENGTH,
  REPLACED_SESSION_MS as REPLACED,
} from '../limits.ts';
import { isOver, signedInData, signedInOfData } from './session.ts';

describe('a session', () => {
  const cases: readonly [what: string, created: number, seen: number, now: number, isOver: boolean][] = [
    ['just begun', 0, 0, 0, false],
    ['almost idle for too long', 0, 0, IDLE - 1, false],
    ['idle for too long', 0, 0, IDLE, true],
    ['used, and almost too old', 0, ABSOLUTE - IDLE / 2, ABSOLUTE - 1, false],
    ['used, and too old', 0, ABSOLUTE - IDLE / 2, ABSOLUTE, true],
    ['seen a little in the future', 0, 1000, 0, false],
    ['seen far in the future', 0, IDLE, 0, true],
    ['too old by what it saw itself', 0, ABSOLUTE, ABSOLUTE - 1000, true],
    ['begun in the future', 1000, 1000, 0, false],
  ];
  for (const [what, created_at, seen_at, now, expected] of cases) {
    it(`${what} is ${expected ? 'over' : 'not over'}`, () => {
      assert.equal(isOver({ created_at, seen_at, ended_at: null, replaced_at: null }, now), expected);
    });
  }

  const ends: readonly [what: string, ended: number | null, replaced: number | null, isOver: boolean][] = [
    ['goes on', null, null, false],
    ['was ended', 1000, null, true],
    ['is ended in the future, by another clock', 9000, null, true],
    ['was replaced a moment ago', null, 1000 - REPLACED + 1, false],
    ['was replaced a moment ago, and ended', 1000, 999, true],
    ['was replaced a while ago', null, 1000 - REPLACED, true],
    ['was replaced before the clock went back', null, 1000 + REPLACED, true],
  ];
  for (const [what, ended_at, replaced_at, expected] of ends) {
    it(`that ${what} is ${expected ? 'over' : 'not over'}`, () => {
      assert.equal(isOver({ created_at: 0, seen_at: 1000, ended_at, replaced_at }, 1000), expected);
    });
  }

  it('that nobody uses is over after twice the idle limit, wherever the clock goes', () => {
    const time = fc.integer({ min: 0, max: 10 * ABSOLUTE });
    fc.assert(
      fc.property(time, time, time, (created_at, age, back) => {
        const session = { created_at, seen_at: created_at + age, ended_at: null, replaced_at: null };
        // The clock goes to any time, before the session was seen or after it, and runs on.
        assert.equal(isOver(session, back + 2 * IDLE) || isOver(session, back), true);
      }),
      { seed: SEED },
    );
  });

  const written: readonly [what: string, data: unknown, who: unknown][] = [
    ['nobody', {}, null],
    ['nobody, said', { userId: null, csrf: 'x' }, null],
    [
      'somebody',
      { ...signedInData({ id: 'a', rightsRevision: 3 }), more: [1] },
      { userId: 'a', rightsRevision: 3, assurance: 'password', address: null, agent: null },
    ],
    ['somebody without rights', { userId: 'a' }, undefined],
    ['an unknown assurance', { userId: 'a', rightsRevision: 1, assurance: 'luck' }, undefined],
    ['a number as a user', { userId: 1, rightsRevision: 1, assurance: 'password' }, undefined],
    ['no object', null, undefined],
    [
      'where it came from, cut',
      signedInData({ id: 'a', rightsRevision: 1 }, { address: '::1', agent: `\0\ud800${'x'.repeat(1000)}` }),
      {
        ...{ userId: 'a', rightsRevision: 1, assurance: 'password', address: '::1' },
        agent: `\ufffd${'x'.repeat(MAX_AGENT_LENGTH - 1)}`,
      },
    ],
  ];
  for (const [what, data, who] of written) {
    it(`reads ${what} of its data`, () => assert.deepEqual(signedInOfData(data), who));
  }
});
