import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { CompressorError } from '../errors.ts';
import { memoryStorage } from '../storage/memory.ts';
import { namesIn } from '../storage/names-in.ts';
import type { Storage } from '../storage/storage.ts';
import { collectGarbage, type Retention } from './gc.ts';
import { LOCK_LEASE, takeLock } from './gc-lock.ts';
import { type Publication, publish } from './publish.ts';
import { listReleases, releaseFile } from './release.ts';
import { fileOf, lackingIn, lateStorage, releaseOf } from './releases-fixture.ts';

const DAY = 24 * 3_600_000;
const HOUR = 3_600_000;
const NOW = Date.now();
const files = {
  a: fileOf('a.css'),
  b: fileOf('b.css'),
  c: fileOf('c.css'),
  d: fileOf('d.css'),
};

/** Puts a release into a storage as if it had been published some time ago. */
async function publishAgo(storage: Storage, release: Publication, age: number): Promise<void> {
  const then = new Date(NOW - age);
  for (const file of release.files) {
    for (const { name, bytes } of await file.siblings(() => undefined))
      await storage.write(name, bytes, then);
    await storage.write(file.name, await file.load(), then);
  }
  await storage.write(releaseFile(release.id), Buffer.from(release.text), then);
}

/** Four releases, the oldest first: of 40, 20, 10 days and of an hour. */
async function history(): Promise<Storage> {
  const storage = memoryStorage(1e6);
  const { a, b, c, d } = files;
  await publishAgo(storage, releaseOf('r1', [a]), 40 * DAY);
  await publishAgo(storage, releaseOf('r2', [a, b]), 20 * DAY);
  await publishAgo(storage, releaseOf('r3', [b, c]), 10 * DAY);
  await publishAgo(storage, releaseOf('r4', [d]), HOUR);
  return storage;
}

const retention = (changes: Partial<Retention>): Retention => ({
  keep: 1,
  olderThan: 7 * DAY,
  pinned: [],
  ...changes,
});

const cases: readonly {
  readonly what: string;
  readonly retention: Retention;
  readonly releases: readonly string[];
  readonly files: readonly string[];
}[] = [
  {
    what: 'keeps so many releases',
    retention: retention({ keep: 3 }),
    releases: ['r4', 'r3', 'r2'],
    files: ['a', 'b', 'c', 'd'],
  },
  {
    what: 'keeps what kept releases share with others',
    retention: retention({ keep: 2 }),
    releases: ['r4', 'r3'],
    files: ['b', 'c', 'd'],
  },
  {
    what: 'keeps the newest release alone',
    retention: retention({ keep: 1 }),
    releases: ['r4'],
    files: ['d'],
  },
  {
    what: 'keeps what is younger, however many there are',
    retention: retention({ keep: 1, olderThan: 15 * DAY }),
    releases: ['r4', 'r3'],
    files: ['b', 'c', 'd'],
  },
  {
    what: 'keeps a release that is in use',
    retention: retention({ keep: 1, pinned: ['r2'] }),
    releases: ['r4', 'r2'],
    files: ['a', 'b', 'd'],
  },
  {
    what: 'keeps all of a storage with few releases',
    retention: retention({ keep: 10, olderThan: 0 }),
    releases: ['r4', 'r3', 'r2', 'r1'],
    files: ['a', 'b', 'c', 'd'],
  },
];

describe('collecting', () => {
  for (const { what, retention: wanted, releases, files: expected } of cases) {
    it(what, async () => {
      const storage = await history();
      const before = await namesIn(storage);
      const dry = await collectGarbage(storage, wanted, true, NOW);
      assert.deepEqual(await namesIn(storage), before, 'a dry run deletes nothing');
      const result = await collectGarbage(storage, wanted, false, NOW);
      assert.deepEqual(result, dry);
      assert.deepEqual(
        result.kept.map(({ id }) => id),
        releases,
      );
      const kept = Object.entries(files).flatMap(([key, { name }]) =>
        expected.includes(key) ? [name, `${name}.br`] : [],
      );
      assert.deepEqual(await namesIn(storage), [...kept, ...releases.map(releaseFile)].sort());
      const gone = [
        ...result.files.map(({ name }) => name),
        ...result.releases.map(({ id }) => releaseFile(id)),
      ];
      assert.deepEqual([...(await namesIn(storage)), ...gone].sort(), before);
    });
  }

  it('leaves alone what no compressor made', async () => {
    const storage = await history();
    const foreign = ['robots.txt', 'img/logo.svg', 'app.1234.js', 'releases/readme.md', 'builds/x.txt'];
    for (const name of foreign) await storage.write(name, Buffer.from('x'), new Date(0));
    await collectGarbage(storage, retention({}), false, NOW);
    const names = await namesIn(storage);
    assert.deepEqual(
      foreign.filter((name) => !names.includes(name)),
      [],
    );
  });

  it('keeps recipes, which pages name and nobody can make again', async () => {
    const storage = await history();
    await storage.write('recipes/abcDEF_-123', Buffer.from('x'), new Date(0));
    await collectGarbage(storage, retention({}), false, NOW);
    assert.ok((await namesIn(storage)).includes('recipes/abcDEF_-123'));
  });

  it('deletes what builds during requests left, by age', async () => {
    const storage = await history();
    const left = ['builds/0123456789abcdef.json', 'static/0123456789abcdef.br'];
    for (const name of left) await storage.write(name, Buffer.from('x'), new Date(NOW - 8 * DAY));
    await storage.write('builds/fedcba9876543210.json', Buffer.from('x'), new Date(NOW - DAY));
    await collectGarbage(storage, retention({ keep: 9 }), false, NOW);
    const names = await namesIn(storage);
    assert.deepEqual(
      left.filter((name) => names.includes(name)),
      [],
    );
    assert.ok(names.includes('builds/fedcba9876543210.json'));
  });

  it('deletes nothing if a release that stays cannot be read', async () => {
    const storage = await history();
    await storage.remove(releaseFile('r4'));
    await storage.write(releaseFile('r4'), Buffer.from('{'));
    const before = await namesIn(storage);
    await assert.rejects(collectGarbage(storage, retention({}), false, NOW), { code: 'manifest-invalid' });
    assert.deepEqual(await namesIn(storage), before);
  });

  it('takes a release away before its files, and goes on the next time after a failure', async () => {
    const storage = await history();
    let removals = 0;
    const failing: Storage = {
      ...storage,
      async remove(name) {
        removals += 1;
        if (removals === 5) throw new CompressorError('storage-failed', { message: 'no connection' });
        await storage.remove(name);
      },
    };
    await assert.rejects(collectGarbage(failing, retention({}), false, NOW), { code: 'storage-failed' });
    assert.deepEqual(await lackingIn(storage), []);
    await collectGarbage(storage, retention({}), false, NOW);
    assert.deepEqual(await namesIn(storage), [files.d.name, `${files.d.name}.br`, releaseFile('r4')].sort());
  });

  it('leaves what a release uses that the list does not show yet', async () => {
    const late = await lateStorage(await history());
    const { a, d } = files;
    await publish(releaseOf('new', [a, d]), { storage: late.storage, concurrency: 2, isThorough: false });
    await collectGarbage(late.storage, retention({ olderThan: 2 * HOUR }), false);
    await late.catchUp();
    assert.deepEqual(await lackingIn(late.storage), []);
  });

  it('tells age by the clock of the storage, whatever the machine thinks', async () => {
    const inner = memoryStorage(1e6);
    // For the storage it is ten days ago.
    const storage: Storage = {
      ...inner,
      write: (name, content, modified) =>
        inner.write(name, content, modified ?? new Date(Date.now() - 10 * DAY)),
    };
    await publishAgo(storage, releaseOf('r1', [files.a]), 12 * DAY);
    await publishAgo(storage, releaseOf('r2', [files.b]), 11 * DAY);
    const { releases } = await collectGarbage(storage, retention({}), false);
    assert.deepEqual(releases, []);
    assert.deepEqual(await lackingIn(storage), []);
  });

  it('is done by one process at a time', async () => {
    const storage = await history();
    const lock = await takeLock(storage);
    await assert.rejects(collectGarbage(storage, retention({}), false, NOW), { code: 'gc-running' });
    await lock.release();
    await collectGarbage(storage, retention({}), false, NOW);
    assert.equal(await storage.stat('gc.lock'), undefined);
  });

  it('lets the storage clear up after writers that were killed, but not in a dry run', async () => {
    let cleared = 0;
    const tidy = async () => {
      cleared += 1;
    };
    const storage: Storage = { ...(await history()), tidy };
    await collectGarbage(storage, retention({}), true, NOW);
    assert.equal(cleared, 0);
    await collectGarbage(storage, retention({}), false, NOW);
    assert.equal(cleared, 1);
  });

  it('takes over what a process that ended left', async () => {
    const storage = await history();
    await storage.write('gc.lock', Buffer.from('gone'), new Date(Date.now() - LOCK_LEASE));
    await collectGarbage(storage, retention({}), false, NOW);
    assert.equal(await storage.stat('gc.lock'), undefined);
  });
});

describe('collecting while somebody publishes', () => {
  const { a, b, c, d } = files;
  const published = releaseOf('new', [a, b, c, d]);

  /** Collects and publishes at once, each step of either in an order that fast-check makes up. */
  const race = (
    start: () => Promise<Storage>,
    wanted: Retention,
    show = async (storage: Storage) => storage,
  ) =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const real = await start();
        const inner = await show(real);
        const scheduled = (who: string): Storage => ({
          ...inner,
          read: scheduler.scheduleFunction((name: string) => inner.read(name)),
          stat: scheduler.scheduleFunction((name: string) => inner.stat(name)),
          write: scheduler.scheduleFunction(inner.write),
          touch: scheduler.scheduleFunction((name: string) => inner.touch(name)),
          remove: scheduler.scheduleFunction((name: string) => inner.remove(name)),
          async *list(prefix) {
            await scheduler.schedule(Promise.resolve(who), `${who} list`);
            yield* inner.list(prefix);
          },
        });
        const collect = () =>
          collectGarbage(scheduled('gc'), wanted, false).catch((error) => {
            if (!(error instanceof CompressorError) || error.code !== 'gc-running') throw error;
          });
        const work = Promise.all([
          collect(),
          publish(published, {
            storage: scheduled('publisher'),
            concurrency: 2,
            isThorough: false,
            pause: () => scheduler.schedule(Promise.resolve(), 'pause'),
          }),
          collect(),
        ]);
        await scheduler.waitFor(work);
        assert.ok((await listReleases(real)).some(({ id }) => id === 'new'));
        assert.deepEqual(await lackingIn(real), []);
      }),
      { numRuns: 300 },
    );

  it('never takes a file from a release', () => race(history, retention({ olderThan: 0 })));

  it('never takes a file from a release that was there before', () =>
    race(
      async () => {
        const storage = await history();
        await publishAgo(storage, published, 50 * DAY);
        return storage;
      },
      retention({ olderThan: 0 }),
    ));

  it('never takes a file from a release that the list does not show yet', () =>
    race(
      history,
      retention({ olderThan: 2 * HOUR }),
      async (storage) => (await lateStorage(storage)).storage,
    ));
});
