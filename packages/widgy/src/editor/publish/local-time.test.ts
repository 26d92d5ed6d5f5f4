import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isTimeToCome, localOfTime, timeOfLocal } from './local-time.ts';

it('a time is the same after it was shown in a control, to the minute', () => {
  const minute = 60_000;
  // Days of summer and of winter, and around the new year, whatever the zone of the machine is.
  for (const time of [Date.UTC(2026, 0, 1), Date.UTC(2026, 5, 30, 22, 5), Date.UTC(2026, 11, 31, 23, 59)]) {
    assert.match(localOfTime(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    assert.equal(timeOfLocal(localOfTime(time)), time);
    assert.equal(timeOfLocal(localOfTime(time + minute - 1)), time);
  }
});

it('what is not filled in is no time', () => {
  for (const text of ['', '2026-11-28', 'tomorrow', '2026-13-01T09:30', '2026-11-28T09:30Z'])
    assert.equal(timeOfLocal(text), undefined, text);
});

it('a time is to come once it is after now, and before the end of time', () => {
  const now = Date.UTC(2026, 10, 28);
  assert.deepEqual(
    [undefined, now - 1, now, now + 1, Date.UTC(10_000, 0, 1)].map((time) => isTimeToCome(time, now)),
    [false, false, false, true, false],
  );
});
