import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { CheckFinding, CheckImpact } from './check-message.ts';
import { adviceOf, atLeast, bySeverity, countOf } from './findings.ts';

const finding = (rule: string, impact: CheckImpact | null, count = 1): CheckFinding => ({
  ...{ rule, impact, help: '', helpUrl: '' },
  nodes: Array.from({ length: count }, () => ({ widget: null, target: 'a', summary: '' })),
});

it('the worst findings come first, and those without an impact last', () => {
  const found = [
    finding('a', 'minor'),
    finding('b', null, 3),
    finding('c', 'critical', 2),
    finding('d', 'moderate'),
    finding('e', 'critical'),
    finding('f', 'serious'),
  ];
  assert.equal(
    bySeverity(found)
      .map(({ rule }) => rule)
      .join(''),
    'cefdab',
  );
  assert.equal(countOf(found), 9);
});

it('what is as bad as an impact counts with what is worse, and with what has none', () => {
  const found = [
    finding('a', 'minor'),
    finding('b', null),
    finding('c', 'critical'),
    finding('d', 'moderate'),
    finding('e', 'serious'),
  ];
  for (const [least, expected] of [
    ['minor', 'abcde'],
    ['moderate', 'bcde'],
    ['serious', 'bce'],
    ['critical', 'bc'],
  ] as const)
    assert.equal(
      atLeast(found, least)
        .map(({ rule }) => rule)
        .join(''),
      expected,
      least,
    );
});

it('what is to be mended is told line by line', () => {
  const summary =
    'Fix any of the following:\n  Element has no title attribute\n  Element has no alt attribute\n\nFix all of the following:\n  The alt is empty';
  assert.deepEqual(adviceOf(summary), [
    'Element has no title attribute',
    'Element has no alt attribute',
    'The alt is empty',
  ]);
});
