import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { contentHash } from '../hash.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { testStorage } from './contract.ts';
import { type FailingStorage, failingStorage } from './failing-fixture.ts';
import { folderStorage } from './folder.ts';
import { memoryStorage } from './memory.ts';
import { namesIn } from './names-in.ts';
import type { Storage } from './storage.ts';
import { tieredStorage } from './tiered.ts';

testStorage('tiered: a folder before memory', async () =>
  tieredStorage({
    near: folderStorage(await temporaryFolder()),
    far: memoryStorage(1e6),
    onNearFailure: unexpected,
  }),
);
testStorage('tiered: a near storage that forgets everything at once', async () =>
  tieredStorage({ near: memoryStorage(1), far: memoryStorage(1e6), onNearFailure: unexpected }),
);

function unexpected(error: unknown): void {
  assert.fail(String(error));
}

const BYTES = Buffer.from('a{}');
const NAME = `a.${contentHash(BYTES)}.css`;

interface Both {
  readonly near: FailingStorage;
  readonly far: FailingStorage;
  readonly both: Storage;
  readonly told: string[];
}

function setUp(): Both {
  const near = failingStorage('near');
  const far = failingStorage('far');
  const told: string[] = [];
  const both = tieredStorage({ near, far, onNearFailure: (error) => told.push(String(error)) });
  return { near, far, both, told };
}

/** What a storage holds under the name of the tests, asked past its notes and failures. */
async function held(storage: FailingStorage): Promise<string | undefined> {
  storage.isFailing = false;
  return (await storage.read(NAME))?.toString();
}

describe('tieredStorage', () => {
  const reads: readonly [
    title: string,
    kept: { near?: string; far?: string },
    failing: 'near' | 'far' | undefined,
    expected: { content?: string | Error; near?: string; farIsAsked: boolean },
  ][] = [
    [
      'gives what is near, and asks nobody',
      { near: 'a{}', far: 'a{}' },
      undefined,
      { content: 'a{}', near: 'a{}', farIsAsked: false },
    ],
    [
      'gives what is near while far fails',
      { near: 'a{}' },
      'far',
      { content: 'a{}', near: 'a{}', farIsAsked: false },
    ],
    [
      'gives what is far, and keeps it',
      { far: 'a{}' },
      undefined,
      { content: 'a{}', near: 'a{}', farIsAsked: true },
    ],
    [
      'gives what is far while near fails',
      { near: 'a{}', far: 'a{}' },
      'near',
      { content: 'a{}', near: 'a{}', farIsAsked: true },
    ],
    ['finds nothing where nothing is', {}, undefined, { farIsAsked: true }],
    [
      'fails when far fails and near has nothing',
      {},
      'far',
      { content: new Error('far is down'), farIsAsked: true },
    ],
    [
      'replaces a copy that is cut off',
      { near: 'a{', far: 'a{}' },
      undefined,
      { content: 'a{}', near: 'a{}', farIsAsked: true },
    ],
    [
      'replaces a copy that is empty',
      { near: '', far: 'a{}' },
      undefined,
      { content: 'a{}', near: 'a{}', farIsAsked: true },
    ],
    ['keeps nothing that is cut off far', { far: 'a{' }, undefined, { content: 'a{', farIsAsked: true }],
  ];
  for (const [title, kept, failing, expected] of reads) {
    it(title, async () => {
      const { near, far, both, told } = setUp();
      if (kept.near !== undefined) await near.write(NAME, Buffer.from(kept.near));
      if (kept.far !== undefined) await far.write(NAME, Buffer.from(kept.far));
      near.isFailing = failing === 'near';
      far.isFailing = failing === 'far';
      if (expected.content instanceof Error) {
        await assert.rejects(both.read(NAME), { code: 'storage-failed', summary: expected.content.message });
      } else {
        assert.equal((await both.read(NAME))?.toString(), expected.content);
      }
      assert.equal(far.calls.includes(`read ${NAME}`), expected.farIsAsked);
      assert.equal(told.length > 0, failing === 'near');
      assert.equal(await held(near), expected.near);
    });
  }

  it('streams from near, else from far', async () => {
    const { near, far, both } = setUp();
    const name = 'large.0123456789abcdef.bin';
    await far.write(name, BYTES);
    const opened = await both.open(name);
    assert.ok(opened);
    assert.deepEqual(await buffer(opened), BYTES);
    await near.write(name, BYTES);
    far.isFailing = true;
    assert.ok(await both.open(name));
    assert.equal(await setUp().both.open(name), undefined);
  });

  it('writes to both, and says what far says', async () => {
    const { near, far, both } = setUp();
    assert.equal(await both.write(NAME, BYTES), true);
    assert.deepEqual([await held(near), await held(far)], ['a{}', 'a{}']);
    assert.equal(await both.write(NAME, BYTES), false);
  });

  it('writes a stream to both', async () => {
    const { near, far, both } = setUp();
    await both.write(NAME, { size: BYTES.length, open: () => Readable.from([BYTES]) });
    assert.deepEqual([await held(near), await held(far)], ['a{}', 'a{}']);
  });

  it('has what far has, not what it was given, when another server was first', async () => {
    const { near, far, both } = setUp();
    const name = `${NAME}.br`;
    await far.write(name, Buffer.from('of another version'));
    assert.equal(await both.write(name, Buffer.from('own')), false);
    assert.equal(await near.read(name), undefined);
    assert.equal((await both.read(name))?.toString(), 'of another version');
  });

  it('keeps near what far does not take, and fails', async () => {
    const { far, both, near } = setUp();
    far.isFailing = true;
    await assert.rejects(both.write(NAME, BYTES), { summary: 'far is down' });
    assert.equal(await held(near), 'a{}');
    assert.equal((await both.read(NAME))?.toString(), 'a{}');
  });

  it('writes far although near fails', async () => {
    const { near, far, both, told } = setUp();
    near.isFailing = true;
    assert.equal(await both.write(NAME, BYTES), true);
    assert.equal(told.length, 1);
    assert.equal(await held(far), 'a{}');
  });

  it('publishes what only this server has: stat and list know what is far', async () => {
    const { near, far, both } = setUp();
    await near.write(NAME, BYTES);
    await far.write('b.css', BYTES);
    assert.equal(await both.stat(NAME), undefined);
    assert.deepEqual(await namesIn(both), ['b.css']);
    far.isFailing = true;
    await assert.rejects(both.stat(NAME), { summary: 'far is down' });
    await assert.rejects(namesIn(both), { summary: 'far is down' });
  });

  it('does not claim to have deleted what can still be read', async () => {
    for (const part of ['near', 'far'] as const) {
      const all = setUp();
      await all.both.write(NAME, BYTES);
      all[part].isFailing = true;
      await assert.rejects(all.both.remove(NAME), { summary: `${part} is down` });
    }
  });

  for (const name of ['gc.lock', 'releases/v1.json', 'releases/0123456789abcdef.json']) {
    it(`has no copy of ${name}, which may be another one tomorrow`, async () => {
      const { near, far, both } = setUp();
      await both.write(name, Buffer.from('old'));
      await both.read(name);
      assert.equal(await near.read(name), undefined);
      await far.remove(name);
      await far.write(name, Buffer.from('new'));
      assert.equal((await both.read(name))?.toString(), 'new');
      far.isFailing = true;
      await assert.rejects(both.read(name), { summary: 'far is down' });
    });
  }

  it('clears up in both, and needs only far for it', async () => {
    const told: unknown[] = [];
    const cleared: string[] = [];
    const part = (name: string, failure?: Error): Storage => ({
      ...memoryStorage(100),
      async tidy() {
        if (failure !== undefined) throw failure;
        cleared.push(name);
      },
    });
    const tidy = (near: Storage, far: Storage) =>
      tieredStorage({ near, far, onNearFailure: (error) => told.push(error) }).tidy?.();
    const down = new Error('down');
    await tidy(part('near'), part('far'));
    await tidy(part('near', down), part('far'));
    assert.deepEqual([cleared, told], [['near', 'far', 'far'], [down]]);
    await assert.rejects(async () => tidy(part('near'), part('far', down)), down);
  });

  it('makes both young, and needs only far for it', async () => {
    const { near, far, both, told } = setUp();
    await both.touch(NAME);
    near.isFailing = true;
    await both.touch(NAME);
    assert.equal(told.length, 1);
    assert.equal(far.calls.filter((call) => call.startsWith('touch')).length, 2);
    far.isFailing = true;
    await assert.rejects(both.touch(NAME), { summary: 'far is down' });
  });

  it('never shows a part of what it fetches', async () => {
    const content = Buffer.alloc(3_000_000, 'x');
    const name = `x.${contentHash(content)}.bin`;
    const far = memoryStorage(1e7);
    await far.write(name, content);
    const folder = folderStorage(join(await temporaryFolder(), 'near'));
    const both = tieredStorage({ near: folder, far, onNearFailure: unexpected });
    const seen = await Promise.all(Array.from({ length: 20 }, () => both.read(name)));
    assert.ok(seen.every((bytes) => bytes?.equals(content)));
    assert.ok((await folder.read(name))?.equals(content));
  });
});
