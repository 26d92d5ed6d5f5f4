import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseManifest } from '../manifest/manifest.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import { earlierVersions } from './earlier-versions.ts';
import { publish } from './publish.ts';
import { fileOf, releaseOf } from './releases-fixture.ts';

const versions = [1, 2, 3, 4, 5].map((version) => fileOf('a.css', version));
const [one = fileOf('a.css'), two = one, three = one] = versions;

/** Publishes releases, one a day. */
async function publishAll(
  releases: readonly (readonly [id: string, version: typeof one])[],
): Promise<Storage> {
  const storage = memoryStorage(1e6);
  for (const [index, [id, version]] of releases.entries()) {
    await publish(releaseOf(id, [version]), { storage, concurrency: 1, isThorough: false });
    const file = `releases/${id}.json`;
    const text = (await storage.read(file)) ?? assert.fail();
    await storage.remove(file);
    await storage.write(file, text, new Date(2026, 0, index + 1));
  }
  return storage;
}

async function find(storage: Storage, id: string, version: typeof one, count = 3): Promise<string[]> {
  const current = parseManifest(releaseOf(id, [version]).text, id);
  const found = await earlierVersions(storage, { id, current }, count);
  return (await found.of(version.name)).map((content) => content.toString());
}

describe('earlierVersions', () => {
  it('are those of the releases published last, the newest first', async () => {
    const ids = ['z', 'y', 'x', 'w', 'v'];
    const storage = await publishAll(versions.map((version, index) => [ids[index] ?? '', version]));
    assert.deepEqual(await find(storage, 'new', fileOf('a.css', 6)), ['a.css 5', 'a.css 4', 'a.css 3']);
    assert.deepEqual(await find(storage, 'new', fileOf('a.css', 6), 1), ['a.css 5']);
  });

  it('are each given once, and never the one of now', async () => {
    const storage = await publishAll([
      ['a', one],
      ['b', one],
      ['c', two],
    ]);
    assert.deepEqual(await find(storage, 'new', two), ['a.css 1']);
    assert.deepEqual(await find(storage, 'new', three), ['a.css 2', 'a.css 1']);
  });

  it('do not count the release itself, when it is published again', async () => {
    const storage = await publishAll([
      ['a', one],
      ['b', two],
    ]);
    assert.deepEqual(await find(storage, 'b', two, 1), ['a.css 1']);
  });

  it('are left out where their content is gone', async () => {
    const storage = await publishAll([['a', one]]);
    await storage.remove(one.name);
    assert.deepEqual(await find(storage, 'new', two), []);
  });

  it('are left out where the release cannot be read, which is told', async () => {
    const storage = await publishAll([['a', one]]);
    await storage.write('releases/b.json', Buffer.from('damaged'));
    const current = parseManifest(releaseOf('new', [two]).text, 'new');
    const found = await earlierVersions(storage, { id: 'new', current }, 3);
    assert.deepEqual(
      found.unreadable.map(({ code }) => code),
      ['manifest-invalid'],
    );
    assert.equal((await found.of(two.name)).length, 1);
  });

  it('are not found in a storage that fails', async () => {
    const storage = await publishAll([['a', one]]);
    const read = () => Promise.reject(new Error('away'));
    await assert.rejects(find({ ...storage, read }, 'new', two), /away/);
  });
});
