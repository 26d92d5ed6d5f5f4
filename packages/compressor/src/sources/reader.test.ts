import assert from 'node:assert/strict';
import { rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { contentHash } from '../hash.ts';
import { temporaryFolder, writeIn } from '../testing/folder.ts';
import { SourceReader } from './reader.ts';

const LATER = 60_000;

describe('SourceReader', async () => {
  const folder = await temporaryFolder();

  it('gives content, hash and time of change', async () => {
    const path = await writeIn(folder, 'plain.css', 'a{}');
    const snapshot = await new SourceReader(100).read(path, 'plain.css');
    assert.equal(snapshot.bytes.toString(), 'a{}');
    assert.equal(snapshot.hash, contentHash('a{}'));
    assert.equal(snapshot.changed, (await stat(path)).ctimeMs);
  });

  it('remembers a file until it is told to forget it', async () => {
    const path = await writeIn(folder, 'kept.css', 'old');
    const reader = new SourceReader(100);
    const [first, hash] = [await reader.read(path, 'kept.css'), await reader.hash(path, 'kept.css')];
    await writeFile(path, 'new');
    assert.equal(await reader.read(path, 'kept.css'), first);
    assert.equal(await reader.hash(path, 'kept.css'), hash);
    reader.forget(path);
    assert.equal((await reader.read(path, 'kept.css')).bytes.toString(), 'new');
    assert.equal(await reader.hash(path, 'kept.css'), contentHash('new'));
  });

  it('reads a file once for many who ask together', async () => {
    const path = await writeIn(folder, 'shared.css', 'a');
    const reader = new SourceReader(100);
    const all = await Promise.all(Array.from({ length: 20 }, () => reader.read(path, 'shared.css')));
    assert.equal(new Set(all).size, 1);
  });

  it('reads again what it is told to forget while reading', async () => {
    const path = await writeIn(folder, 'forgotten.css', 'old');
    const reader = new SourceReader(100);
    const first = reader.read(path, 'forgotten.css');
    reader.forget(path);
    await first;
    await writeFile(path, 'new');
    assert.equal((await reader.read(path, 'forgotten.css')).bytes.toString(), 'new');
  });

  it('does not remember a failure', async () => {
    const path = join(folder, 'late.css');
    const reader = new SourceReader(100);
    const place = { file: 'home.liquid', line: 1 };
    await assert.rejects(reader.read(path, 'late.css', place), { code: 'source-unreadable', place });
    await assert.rejects(reader.hash(path, 'late.css', place), { code: 'source-unreadable', place });
    await writeFile(path, 'a');
    assert.equal((await reader.read(path, 'late.css')).bytes.toString(), 'a');
    assert.equal(await reader.hash(path, 'late.css'), contentHash('a'));
  });

  it('a failure from before does not make it forget what was read since', async () => {
    const path = join(folder, 'raced.css');
    const reader = new SourceReader(100);
    const failing = reader.read(path, 'raced.css');
    reader.forget(path);
    await writeFile(path, 'a');
    const second = reader.read(path, 'raced.css');
    await failing.catch(() => undefined);
    assert.equal(await reader.read(path, 'raced.css'), await second);
  });

  it('refuses what is larger than the limit, and hashes it all the same', async () => {
    const path = await writeIn(folder, 'large.css', 'x'.repeat(101));
    const reader = new SourceReader(100);
    await assert.rejects(reader.read(path, 'large.css'), {
      code: 'source-too-large',
      summary: '"large.css" has 101 bytes; the limit is 100',
    });
    assert.equal(await reader.hash(path, 'large.css'), contentHash('x'.repeat(101)));
    await writeFile(path, 'x'.repeat(100));
    assert.equal((await reader.read(path, 'large.css')).bytes.length, 100);
  });

  it('refuses a folder', async () => {
    await assert.rejects(new SourceReader(100_000).read(folder, 'folder'), { code: 'source-unreadable' });
  });

  it('gives a whole version of a file that is written all the time, or says that it changes', async () => {
    const versions = ['a', 'b', 'c'].map((letter) => letter.repeat(300_000));
    const path = await writeIn(folder, 'restless.css', versions[0] ?? '');
    const reader = new SourceReader(1_000_000);
    let isDone = false;
    const writing = (async () => {
      for (let turn = 0; !isDone; turn += 1) {
        const next = `${path}.next`;
        await writeFile(next, versions[turn % 3] ?? '');
        await rename(next, path);
      }
    })();
    for (let turn = 0; turn < 30; turn += 1) {
      reader.forget(path);
      const text = await reader.read(path, 'restless.css').then(
        ({ bytes, hash }) => {
          assert.equal(hash, contentHash(bytes));
          return bytes.toString();
        },
        (error: unknown) => {
          assert.match(String(error), /source-unstable/);
          return versions[0];
        },
      );
      assert.ok(text !== undefined && versions.includes(text));
    }
    isDone = true;
    await writing;
  });
});

it('remembers no more than the memory it is given', async () => {
  const folder = await temporaryFolder({ 'a.css': 'a'.repeat(60), 'b.css': 'b'.repeat(60) });
  const reader = new SourceReader(1000, 100);
  const first = await reader.read(join(folder, 'a.css'), 'a.css');
  assert.equal(await reader.read(join(folder, 'a.css'), 'a.css'), first);
  await reader.read(join(folder, 'b.css'), 'b.css');
  assert.notEqual(await reader.read(join(folder, 'a.css'), 'a.css'), first);
});

describe('readAgain', async () => {
  const folder = await temporaryFolder();

  it('gives what read gives, once until it is told to forget', async () => {
    const MEBIBYTE = 1024 * 1024;
    for (const size of [0, 1, 5000, MEBIBYTE, MEBIBYTE + 1]) {
      const content = 'x'.repeat(size);
      const path = await writeIn(folder, 'again.css', content);
      const reader = new SourceReader(2 * MEBIBYTE);
      const snapshot = await reader.readAgain(path, 'again.css');
      assert.deepEqual(snapshot, await new SourceReader(2 * MEBIBYTE).read(path, 'again.css'));
      if (size === 1)
        assert.equal(snapshot.bytes.buffer.byteLength, size, 'it keeps no more memory than it has bytes');
      await writeFile(path, 'new');
      assert.equal(await reader.readAgain(path, 'again.css'), snapshot);
      assert.equal(await reader.read(path, 'again.css'), snapshot);
      reader.forget(path);
      assert.equal((await reader.readAgain(path, 'again.css')).bytes.toString(), 'new');
    }
  });

  it('joins who is reading', async () => {
    const path = await writeIn(folder, 'joined.css', 'a');
    const reader = new SourceReader(100);
    const [one, other] = [reader.read(path, 'joined.css'), reader.readAgain(path, 'joined.css')];
    assert.equal(await one, await other);
  });

  it('remembers no more than the memory it is given', async () => {
    const one = await writeIn(folder, 'one.css', 'a'.repeat(60));
    const two = await writeIn(folder, 'two.css', 'b'.repeat(60));
    const reader = new SourceReader(1000, 100);
    const first = await reader.readAgain(one, 'one.css');
    await reader.readAgain(two, 'two.css');
    assert.notEqual(await reader.readAgain(one, 'one.css'), first);
  });

  it('fails as read does', async () => {
    const large = await writeIn(folder, 'large.css', 'x'.repeat(100_001));
    const cases: readonly (readonly [path: string, code: string])[] = [
      [large, 'source-too-large'],
      [folder, 'source-unreadable'],
      [join(folder, 'missing.css'), 'source-unreadable'],
    ];
    const reader = new SourceReader(100_000);
    for (const [path, code] of cases) await assert.rejects(reader.readAgain(path, 'a'), { code });
  });
});

describe('isUnchanged', async () => {
  const folder = await temporaryFolder();
  const reader = new SourceReader(100);

  it('is true for a file left alone since', async () => {
    const path = await writeIn(folder, 'calm.css', 'a');
    const snapshot = await reader.read(path, 'calm.css');
    assert.equal(await reader.isUnchanged(snapshot, snapshot.changed + LATER), true);
  });

  it('is false for a file that changed close to the moment, or after it', async () => {
    const path = await writeIn(folder, 'close.css', 'a');
    const snapshot = await reader.read(path, 'close.css');
    assert.equal(await reader.isUnchanged(snapshot, snapshot.changed + 5), false);
    assert.equal(await reader.isUnchanged(snapshot, snapshot.changed - LATER), false);
  });

  const changes: readonly [name: string, change: (path: string) => Promise<void>][] = [
    [
      'replaced by one of the same age',
      async (path) => {
        const { atime, mtime } = await stat(path);
        await writeFile(`${path}.new`, 'b');
        await utimes(`${path}.new`, atime, mtime);
        await rename(`${path}.new`, path);
      },
    ],
    ['gone', (path) => rm(path)],
  ];
  for (const [name, change] of changes) {
    it(`is false for a file that is ${name}`, async () => {
      const path = await writeIn(folder, `${name}.css`, 'a');
      const snapshot = await reader.read(path, name);
      await untilClockMoves(snapshot.changed, folder);
      await change(path);
      assert.equal(await reader.isUnchanged(snapshot, Date.now() + LATER), false);
    });
  }
});

/** Waits until the file system gives files a later time than this one. */
async function untilClockMoves(time: number, folder: string): Promise<void> {
  const path = join(folder, 'clock');
  for (;;) {
    await writeFile(path, '');
    if ((await stat(path)).ctimeMs > time) return;
  }
}
