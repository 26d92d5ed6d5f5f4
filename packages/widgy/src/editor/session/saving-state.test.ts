import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type SavingFacts, savingStateOf } from './saving-state.ts';
import type { SavingState } from './session.ts';

const QUIET: SavingFacts = {
  ...{ ended: undefined, stranger: undefined, isReached: true, sending: 'idle' },
  ...{ isKept: true, isWaiting: false, savedAt: undefined },
};

describe('how far the work has got', () => {
  const cases: readonly (readonly [what: string, facts: Partial<SavingFacts>, state: SavingState])[] = [
    ['nothing was done yet', {}, { kind: 'saved', at: undefined }],
    ['the server has all of it', { savedAt: 5000 }, { kind: 'saved', at: 5000 }],
    ['something waits', { isWaiting: true, savedAt: 5000 }, { kind: 'saving' }],
    ['something is on its way', { isWaiting: true, sending: 'sending' }, { kind: 'saving' }],
    [
      'something on its way gets no answer',
      { isWaiting: true, sending: 'unreachable' },
      { kind: 'offline', isKept: true },
    ],
    [
      'something on its way was not taken, and who is signed in is known no more',
      { isWaiting: true, sending: 'signed-out' },
      { kind: 'offline', isKept: true },
    ],
    [
      'the server is not reached, though nothing waits',
      { isReached: false },
      { kind: 'offline', isKept: true },
    ],
    [
      'neither the server nor the device has it',
      { isReached: false, isKept: false, isWaiting: true },
      { kind: 'offline', isKept: false },
    ],
    [
      'nobody is signed in',
      { stranger: 'nobody', sending: 'signed-out', isWaiting: true },
      { kind: 'signed-out', isKept: true, isSomebodyElse: false },
    ],
    [
      'somebody else is signed in, and the server is away',
      { stranger: 'somebody-else', isReached: false, isKept: false },
      { kind: 'signed-out', isKept: false, isSomebodyElse: true },
    ],
    [
      'the draft is gone, whatever else there is',
      { ended: 'deleted', stranger: 'nobody', isReached: false, isWaiting: true },
      { kind: 'ended', reason: 'deleted' },
    ],
    [
      'the draft may not be seen any more',
      { ended: 'not-allowed', savedAt: 5000 },
      { kind: 'ended', reason: 'not-allowed' },
    ],
  ];
  for (const [what, facts, state] of cases)
    it(what, () => assert.deepEqual(savingStateOf({ ...QUIET, ...facts }), state));
});
