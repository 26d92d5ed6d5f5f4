import assert from 'node:assert/strict';
import { test } from 'node:test';
import browserslist from 'browserslist';
import { CompressorError } from '../errors.ts';
import { resolveTargets } from './targets.ts';

test('the oldest version of each engine decides', () => {
  const cases: readonly (readonly [queries: readonly string[], scripts: readonly string[]])[] = [
    [
      ['chrome 100', 'chrome 90', 'firefox 115'],
      ['chrome90', 'firefox115'],
    ],
    [['and_chr 130', 'chrome 120'], ['chrome120']],
    [['ios_saf 15.6-15.8'], ['ios15.6']],
    [['safari TP', 'op_mini all'], []],
  ];
  for (const [queries, scripts] of cases) {
    const known = queries.map((query) => (query.startsWith('and_chr') ? 'last 1 and_chr version' : query));
    assert.deepEqual(resolveTargets(known).scripts, scripts, queries.join());
  }
});

test('versions are ordered as numbers, not as text', () => {
  assert.deepEqual(resolveTargets(['chrome 9', 'chrome 100']).scripts, ['chrome9']);
});

test('styles get the same browsers', () => {
  assert.deepEqual(resolveTargets(['chrome 90']).styles, { chrome: 90 << 16 });
});

test('what is widely available does not depend on the day', (context) => {
  const today = resolveTargets(['baseline widely available']);
  const downstream = resolveTargets(['baseline widely available with downstream']);
  context.mock.timers.enable({ apis: ['Date'], now: new Date('2035-01-01') });
  assert.notDeepEqual(
    browserslist(['baseline widely available'], { path: false }),
    browserslist(['baseline widely available on 2024-01-01'], { path: false }),
  );
  assert.deepEqual(resolveTargets(['Baseline  Widely available']), today);
  assert.deepEqual(resolveTargets(['baseline widely available with downstream']), downstream);
  assert.notDeepEqual(resolveTargets(['baseline widely available on 2020-01-01']), today);
});

test('a query that means nothing is an error of the configuration', () => {
  assert.throws(
    () => resolveTargets(['netscape 4']),
    (error) =>
      error instanceof CompressorError &&
      error.code === 'config-invalid' &&
      error.message.includes('build.browsers'),
  );
});
