import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { caretAfter, oneLine } from './text-caret.ts';

describe('a text that is changed while somebody writes', () => {
  // The cursor stands at the bar.
  const cases: readonly [what: string, before: string, after: string][] = [
    ['before it', 'slow wa|ter', 'very slow wa|ter'],
    ['behind it', 'slow| water', 'slow| green water'],
    ['right at it', 'slow| water', 'slow|er water'],
    ['around it', 'a slow| river', 'a quick| river'],
    ['away', 'slow| water', '|'],
    ['not at all', 'slow| water', 'slow| water'],
    ['to more of the same', 'aa|aa', 'aa|aaaa'],
    ['from nothing', '|', '|water'],
  ];
  for (const [what, before, after] of cases) {
    it(what, () => {
      const caret = caretAfter(before.replace('|', ''), after.replace('|', ''), before.indexOf('|'));
      assert.equal(`${after.replace('|', '').slice(0, caret)}|`, after.slice(0, after.indexOf('|') + 1));
    });
  }

  it('has one line where there is room for one', () => {
    assert.equal(oneLine('one \n\n  two\nthree'), 'one two three');
  });
});
