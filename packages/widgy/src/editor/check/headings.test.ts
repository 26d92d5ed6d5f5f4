import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Heading, listed } from './headings.ts';

/** Headings by their levels. */
const levels = (...all: readonly number[]): readonly Heading[] =>
  all.map((level) => ({ level, text: `Level ${level}`, widget: undefined }));

it('a heading that leaves out a level says which one', () => {
  const cases: readonly [levels: readonly number[], skipped: readonly (number | undefined)[]][] = [
    [[], []],
    [
      [1, 2, 3, 2, 3],
      [undefined, undefined, undefined, undefined, undefined],
    ],
    [
      [1, 3],
      [undefined, 2],
    ],
    [
      [1, 4, 6],
      [undefined, 2, 5],
    ],
    // Going back up leaves nothing out, and the first heading may be any.
    [
      [3, 1, 2],
      [undefined, undefined, undefined],
    ],
    [
      [2, 2, 4],
      [undefined, undefined, 3],
    ],
  ];
  for (const [given, skipped] of cases)
    assert.deepEqual(
      listed(levels(...given)).map((heading) => heading.skipped),
      skipped,
      given.join(' '),
    );
});
