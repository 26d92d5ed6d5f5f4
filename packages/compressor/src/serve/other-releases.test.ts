import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentHash } from '../hash.ts';
import { ArtifactStore } from '../storage/artifact-store.ts';
import { type FailingStorage, failingStorage } from '../storage/failing-fixture.ts';
import {
  LOOKED_UP_AT_ONCE,
  type LookUp,
  MISS_REMEMBERED,
  OtherReleases,
  REMEMBERED_MISSES,
} from './other-releases.ts';

const BYTES = Buffer.from('a{}');
const NAME = `a.${contentHash(BYTES)}.css`;

/** A storage that can be made to let everybody wait. */
interface Setting {
  readonly storage: FailingStorage;
  readonly store: ArtifactStore;
  readonly others: OtherReleases;
  /** Lets all look-ups that wait go on, and those that come. */
  readonly goOn: () => void;
  time: number;
}

function setUp(isWaiting = false): Setting {
  const storage = failingStorage();
  const gate = Promise.withResolvers<void>();
  if (!isWaiting) gate.resolve();
  const waiting = {
    ...storage,
    read: async (name: string) => {
      const answer = storage.read(name);
      await gate.promise;
      return answer;
    },
  };
  const store = new ArtifactStore(waiting, 1e6);
  const setting: Setting = {
    storage,
    store,
    others: new OtherReleases(store, () => setting.time),
    goOn: gate.resolve,
    time: 0,
  };
  return setting;
}

function unknown(index: number): string {
  return `x.${index.toString(16).padStart(16, '0')}.css`;
}

const nameOf = (found: LookUp) => (typeof found === 'string' ? found : found.name);

describe('OtherReleases', () => {
  it('finds what is in the storage', async () => {
    const { storage, others } = setUp();
    await storage.write(NAME, BYTES);
    assert.deepEqual(await others.find(NAME), { name: NAME, bytes: BYTES, type: 'text/css; charset=utf-8' });
  });

  it('takes content for none that is not what its name says', async () => {
    const { storage, others } = setUp();
    await storage.write(NAME, Buffer.from('a{'));
    assert.equal(await others.find(NAME), 'absent');
  });

  const noNames = [
    '',
    'a.css',
    'constructor',
    '__proto__',
    `builds/${'0'.repeat(16)}.json`,
    `releases/x.${'0'.repeat(16)}.json`,
    `../a.${'0'.repeat(16)}.css`,
    `.a.${'0'.repeat(16)}.css`,
    `a%2f.${'0'.repeat(16)}.css/`,
    `a\0.${'0'.repeat(16)}.css`,
    `${'a'.repeat(300)}.${'0'.repeat(16)}.css`,
  ];
  for (const name of noNames) {
    it(`does not even look for ${JSON.stringify(name.slice(0, 40))}`, async () => {
      const { storage, others } = setUp();
      assert.equal(await others.find(name), 'absent');
      assert.deepEqual(storage.calls, []);
    });
  }

  it('asks once for one name, however many want it', async () => {
    const { storage, others, goOn } = setUp(true);
    await storage.write(NAME, BYTES);
    storage.calls.length = 0;
    const all = Array.from({ length: 100 }, () => others.find(NAME));
    goOn();
    assert.deepEqual(new Set((await Promise.all(all)).map(nameOf)), new Set([NAME]));
    assert.deepEqual(storage.calls, [`read ${NAME}`]);
  });

  it('looks for so many names at once, and finds others again when that is over', async () => {
    const { storage, others, goOn } = setUp(true);
    const first = Array.from({ length: LOOKED_UP_AT_ONCE }, (_, index) => others.find(unknown(index)));
    assert.equal(await others.find(unknown(1000)), 'busy');
    assert.equal(storage.calls.length, LOOKED_UP_AT_ONCE);
    goOn();
    assert.deepEqual(new Set(await Promise.all(first)), new Set(['absent']));
    await storage.write(NAME, BYTES);
    assert.equal(nameOf(await others.find(NAME)), NAME);
  });

  it('gives what is in memory even then', async () => {
    const setting = setUp();
    await setting.storage.write(NAME, BYTES);
    await setting.store.artifact(NAME);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const others = new OtherReleases({
      isReady: (name) => setting.store.isReady(name),
      artifact: (name) => (setting.store.isReady(name) ? setting.store.artifact(name) : promise),
    });
    const waiting = Array.from({ length: LOOKED_UP_AT_ONCE }, (_, index) => others.find(unknown(index)));
    assert.equal(nameOf(await others.find(NAME)), NAME);
    resolve(undefined);
    await Promise.all(waiting);
  });

  const moments: readonly [after: number, asked: number, found: string][] = [
    [0, 1, 'absent'],
    [MISS_REMEMBERED - 1, 1, 'absent'],
    [MISS_REMEMBERED, 2, NAME],
  ];
  for (const [after, asked, found] of moments) {
    it(`looks for a name that was missed again, and finds what was published then: after ${after} ms`, async () => {
      const setting = setUp();
      assert.equal(await setting.others.find(NAME), 'absent');
      await setting.storage.write(NAME, BYTES);
      setting.time = after;
      assert.equal(nameOf(await setting.others.find(NAME)), found);
      assert.equal(setting.storage.calls.filter((call) => call.startsWith('read')).length, asked);
    });
  }

  it('remembers so many misses', async () => {
    const { storage, others } = setUp();
    for (let index = 0; index <= REMEMBERED_MISSES; index += 1) await others.find(unknown(index));
    storage.calls.length = 0;
    await others.find(unknown(REMEMBERED_MISSES));
    assert.equal(storage.calls.length, 0);
    await others.find(unknown(0));
    assert.equal(storage.calls.length, 1);
  });

  it('does not take a failure for a miss', async () => {
    const { storage, others } = setUp();
    await storage.write(NAME, BYTES);
    storage.isFailing = true;
    await assert.rejects(others.find(NAME), { code: 'storage-failed' });
    storage.isFailing = false;
    assert.equal(nameOf(await others.find(NAME)), NAME);
  });
});
