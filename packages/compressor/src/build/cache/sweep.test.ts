import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../testing/folder.ts';
import { openCacheFolder } from './cache-folder.ts';
import { openCacheStore } from './cache-store.ts';
import { type UnitEntry, unitName } from './index.ts';

const DAY = 24 * 60 * 60 * 1000;

function entry(digest: string): UnitEntry {
  return { digest, traits: undefined, inputs: [], finds: [], surroundings: undefined, notes: [] };
}

test('what no build used for 30 days goes, with its files; what is used stays', async () => {
  const path = await temporaryFolder();
  const folder = openCacheFolder(path, () => {});
  const now = Date.now();
  for (const digest of ['used', 'unused', 'unknown']) folder.write(unitName(digest), digest);
  const long = new Date(now - 2 * DAY);
  for (const digest of ['used', 'unused', 'unknown']) await utimes(join(path, unitName(digest)), long, long);
  folder.write(unitName('fresh'), 'another process is about to refer to it');
  const first = openCacheStore(folder, now - 40 * DAY);
  first.units.set('a', [entry('used')]);
  first.units.set('b', [entry('unused')]);
  first.plans.set('plan', [1]);
  first.save();

  const second = openCacheStore(folder, now - 20 * DAY);
  assert.equal(second.units.get('a')?.[0]?.digest, 'used');
  second.save();
  const third = openCacheStore(folder, now);
  third.facts.set('any', 1);
  third.save();

  const { units, plans } = openCacheStore(folder, now);
  assert.deepEqual([units.get('a')?.length, units.get('b'), plans.get('plan')], [1, undefined, undefined]);
  const kept = ['used', 'unused', 'unknown', 'fresh'].filter((name) => folder.read(unitName(name)));
  assert.deepEqual(kept, ['used', 'fresh']);
});

test('two processes that learn different things both keep them', async () => {
  const folder = openCacheFolder(await temporaryFolder(), () => {});
  const [one, other] = [openCacheStore(folder), openCacheStore(folder)];
  one.plans.set('one', [1]);
  other.plans.set('other', [2]);
  one.save();
  other.save();
  const { plans } = openCacheStore(folder);
  assert.deepEqual([plans.get('one'), plans.get('other')], [[1], [2]]);
});
