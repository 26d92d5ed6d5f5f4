import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatsOf } from './formats.ts';

const english = formatsOf('en', 'UTC');
const german = formatsOf('de', 'UTC');
const TIME = Date.UTC(2026, 10, 28, 9, 3);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('formats', () => {
  const cases: readonly (readonly [
    what: string,
    made: (formats: typeof english) => string,
    en: string,
    de: string,
  ])[] = [
    ['numbers', ({ number }) => number(1234.5), '1,234.5', '1.234,5'],
    ['one', ({ plural }) => plural(1, { one: '# widget', other: '# widgets' }), '1 widget', '1 widget'],
    ['none', ({ plural }) => plural(0, { one: '# widget', other: '# widgets' }), '0 widgets', '0 widgets'],
    ['many', ({ plural }) => plural(2000, { other: '# of #' }), '2,000 of 2,000', '2.000 of 2.000'],
    ['lists', ({ list }) => list(['a', 'b', 'c']), 'a, b, and c', 'a, b und c'],
    ['a list of one', ({ list }) => list(['a']), 'a', 'a'],
    ['bytes', ({ bytes }) => bytes(999), '999 bytes', '999 Byte'],
    ['few kilobytes', ({ bytes }) => bytes(1_540), '1.5 kB', '1,5 kB'],
    ['kilobytes', ({ bytes }) => bytes(90_400), '90 kB', '90 kB'],
    ['megabytes', ({ bytes }) => bytes(2_500_000), '2.5 MB', '2,5 MB'],
    ['few milliseconds', ({ milliseconds }) => milliseconds(3.46), '3.5 ms', '3,5 ms'],
    ['milliseconds', ({ milliseconds }) => milliseconds(120.4), '120 ms', '120 ms'],
    ['the time of day', ({ clock }) => clock(TIME), '09:03', '09:03'],
    ['midnight', ({ clock }) => clock(Date.UTC(2026, 10, 28)), '00:00', '00:00'],
    ['a day', ({ moment }) => moment(TIME), 'November 28, 2026 at 09:03', '28. November 2026 um 09:03'],
    ['seconds ago', ({ ago }) => ago(TIME - 59_000, TIME), 'now', 'jetzt'],
    ['what is to come', ({ ago }) => ago(TIME + HOUR, TIME), 'now', 'jetzt'],
    ['a minute ago', ({ ago }) => ago(TIME - MINUTE, TIME), '1 minute ago', 'vor 1 Minute'],
    ['hours ago', ({ ago }) => ago(TIME - 5 * HOUR, TIME), '5 hours ago', 'vor 5 Stunden'],
    ['a day ago', ({ ago }) => ago(TIME - 30 * HOUR, TIME), '1 day ago', 'vor 1 Tag'],
  ];
  for (const [what, made, en, de] of cases) {
    it(`write ${what}`, () => assert.deepEqual([made(english), made(german)], [en, de]));
  }

  it('take the form of a number that the language has', () => {
    const forms = { one: 'one', few: 'few', many: 'many', other: 'other' };
    const { plural } = formatsOf('pl');
    assert.deepEqual(
      [1, 2, 5, 1.5].map((count) => plural(count, forms)),
      ['one', 'few', 'many', 'other'],
    );
    assert.equal(plural(2, { other: '#' }), '2');
  });

  it('tell times of the zone that is asked for', () => {
    assert.equal(formatsOf('de', 'Europe/Berlin').clock(TIME), '10:03');
  });
});
