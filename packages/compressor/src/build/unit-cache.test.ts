import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DependencyGraph } from '../sources/dependency-graph.ts';
import type { Inputs } from './unit.ts';
import { UnitCache } from './unit-cache.ts';

interface TestUnit {
  readonly value: number;
  readonly inputs: Inputs;
}

function unit(value: number, ...paths: readonly string[]): TestUnit {
  const inputs = new Map(paths.map((path) => [path, { name: path, path, hash: '' }]));
  return { value, inputs };
}

/** A cache with a graph, counting what is made. */
function counting() {
  const graph = new DependencyGraph();
  const cache = new UnitCache<TestUnit>(graph);
  let made = 0;
  const get = async (id: string, ...paths: readonly string[]) =>
    (
      await cache.get(id, async () => {
        made += 1;
        return unit(made, ...paths);
      })
    ).value;
  const drop = (...paths: readonly string[]) => cache.drop(graph.unitsReading(paths));
  return { graph, cache, get, drop };
}

test('makes each thing once, until something it read changes', async () => {
  const { get, drop } = counting();
  assert.deepEqual(await Promise.all([get('a', '/x'), get('a', '/x'), get('b', '/y')]), [1, 1, 2]);
  drop('/y', '/z');
  assert.equal(await get('a', '/x'), 1);
  assert.equal(await get('b', '/y'), 3);
  drop('/x');
  assert.equal(await get('a', '/x'), 4);
});

test('a failure is made again after any change, and only then', async () => {
  const { cache, drop } = counting();
  let tries = 0;
  const fail = () =>
    cache.get('a', async () => {
      tries += 1;
      throw new Error(`try ${tries}`);
    });
  await assert.rejects(fail(), /try 1/);
  await assert.rejects(fail(), /try 1/);
  drop('/anything');
  await assert.rejects(fail(), /try 2/);
});

test('what was being made when something changed is not given to who asks afterwards', async () => {
  for (const outcome of ['done', 'failed']) {
    const { graph, cache, get, drop } = counting();
    const slow = Promise.withResolvers<TestUnit>();
    const early = cache.get('a', () => slow.promise);
    drop('/x');
    const late = get('a', '/x');
    if (outcome === 'done') slow.resolve(unit(100, '/old'));
    else slow.reject(new Error('old'));
    if (outcome === 'done') assert.equal((await early).value, 100);
    else await assert.rejects(early, /old/);
    assert.equal(await late, 1);
    assert.equal(await get('a', '/x'), 1);
    assert.deepEqual([...graph.filesOf('a')], ['/x']);
    drop('/anything');
    assert.equal(await get('a', '/x'), 1, 'the failure of the old one is not taken for one of the new');
  }
});

test('two caches share a graph', async () => {
  const graph = new DependencyGraph();
  const [one, two] = [new UnitCache<TestUnit>(graph), new UnitCache<TestUnit>(graph)];
  await one.get('1', async () => unit(1, '/x'));
  await two.get('2', async () => unit(2, '/x'));
  const stale = graph.unitsReading(['/x']);
  assert.deepEqual([...stale].sort(), ['1', '2']);
  one.drop(stale);
  two.drop(stale);
  assert.equal(graph.unitsReading(['/x']).size, 0);
});
