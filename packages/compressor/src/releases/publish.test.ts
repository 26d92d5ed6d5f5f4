import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CompressorError } from '../errors.ts';
import { releaseId } from '../manifest/manifest.ts';
import { memoryStorage } from '../storage/memory.ts';
import { namesIn } from '../storage/names-in.ts';
import type { Storage } from '../storage/storage.ts';
import { takeLock } from './gc-lock.ts';
import { type Publication, publish } from './publish.ts';
import { listReleases, readRelease, releaseFile } from './release.ts';
import { fileOf, lackingIn, lateStorage, releaseOf } from './releases-fixture.ts';

const HOUR = 3_600_000;
const [a, b, c] = [fileOf('a.css'), fileOf('b.css'), fileOf('c.css')];

function publishTo(storage: Storage, release: Publication, isThorough = false): Promise<void> {
  return publish(release, { storage, concurrency: 2, isThorough, pause: async () => {} });
}

/** A storage that writes down what is done to it. */
function noted(inner: Storage = memoryStorage(1e6)): Storage & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    ...inner,
    calls,
    write(name, content, modified) {
      calls.push(`write ${name}`);
      return inner.write(name, content, modified);
    },
    touch(name) {
      calls.push(`touch ${name}`);
      return inner.touch(name);
    },
  };
}

describe('publishing', () => {
  it('writes each file after what is beside it, and the release last', async () => {
    const storage = noted();
    await publish(releaseOf('one', [a, b]), { storage, concurrency: 1, isThorough: false });
    assert.deepEqual(storage.calls, [
      `write ${a.name}.br`,
      `write ${a.name}`,
      `write ${b.name}.br`,
      `write ${b.name}`,
      'write releases/one.json',
    ]);
  });

  it('gives a file and what is beside it one time', async () => {
    const storage = memoryStorage(1e6);
    await publishTo(storage, releaseOf('one', [a, b]));
    const times = new Set<number | undefined>();
    for (const name of [a.name, `${a.name}.br`, b.name]) {
      times.add((await storage.stat(name))?.modified.getTime());
    }
    assert.equal(times.size, 1);
  });

  it('writes nothing again, and makes young what is old', async () => {
    const storage = noted();
    await publishTo(storage, releaseOf('one', [a]));
    storage.calls.length = 0;
    await storage.write('b.css', Buffer.from('foreign'));
    await storage.write(b.name, await b.load(), new Date(Date.now() - 2 * HOUR));
    storage.calls.length = 0;
    await publishTo(storage, releaseOf('two', [a, b]));
    assert.deepEqual(storage.calls, [`write ${b.name}.br`, `touch ${b.name}`, 'write releases/two.json']);
  });

  it('makes a release that is published again the newest', async () => {
    const storage = noted();
    await publishTo(storage, releaseOf('one', [a]));
    storage.calls.length = 0;
    await publishTo(storage, releaseOf('one', [a]));
    assert.deepEqual(storage.calls, ['write releases/one.json', 'touch releases/one.json']);
  });

  it('puts right a file that was cut off, with what is beside it', async () => {
    const storage = memoryStorage(1e6);
    await storage.write(a.name, Buffer.from('cut'));
    await storage.write(`${a.name}.gz`, Buffer.from('of the cut one'));
    await publishTo(storage, releaseOf('one', [a]));
    assert.deepEqual(await storage.read(a.name), await a.load());
    assert.deepEqual(await namesIn(storage), [a.name, `${a.name}.br`, 'releases/one.json'].sort());
  });

  it('refuses an id that stands for other files, before anything is written', async () => {
    const storage = noted();
    await publishTo(storage, releaseOf('one', [a]));
    storage.calls.length = 0;
    await assert.rejects(publishTo(storage, releaseOf('one', [b])), { code: 'release-taken' });
    assert.deepEqual(storage.calls, []);
  });

  it('refuses an id that looks like the hash of another release', async () => {
    const storage = noted();
    const id = '0123456789abcdef';
    await assert.rejects(publishTo(storage, releaseOf(id, [a])), { code: 'release-taken' });
    assert.deepEqual(storage.calls, []);
  });

  it('puts right a release that is not what its hash says', async () => {
    const storage = memoryStorage(1e6);
    const { text, files } = releaseOf('', [a]);
    const id = releaseId(text);
    await storage.write(releaseFile(id), Buffer.from(text.slice(0, 10)));
    await publishTo(storage, { id, text, files });
    assert.deepEqual(Object.keys((await readRelease(storage, id)).artifacts), [a.name]);
  });

  it('is the same for two who publish one release at once', async () => {
    const storage = memoryStorage(1e6);
    const release = releaseOf('one', [a, b, c]);
    await Promise.all([publishTo(storage, release), publishTo(storage, release)]);
    assert.deepEqual(await lackingIn(storage), []);
  });

  it('lets two releases be published at once', async () => {
    const storage = memoryStorage(1e6);
    await Promise.all([
      publishTo(storage, releaseOf('one', [a, b])),
      publishTo(storage, releaseOf('two', [b, c])),
    ]);
    assert.deepEqual((await listReleases(storage)).map(({ id }) => id).sort(), ['one', 'two']);
    assert.deepEqual(await lackingIn(storage), []);
  });

  it('waits for whoever deletes, and says so', async () => {
    const storage = memoryStorage(1e6);
    const lock = await takeLock(storage);
    const seen: string[] = [];
    await publish(releaseOf('one', [a]), {
      storage,
      concurrency: 1,
      isThorough: false,
      onWait: () => seen.push('waits'),
      pause: async () => {
        seen.push('pause');
        if (seen.length > 2) await lock.release();
      },
    });
    assert.deepEqual(seen, ['waits', 'pause', 'pause']);
  });

  it('does not mind lists that are late', async () => {
    const late = await lateStorage(memoryStorage(1e6));
    await publishTo(late.storage, releaseOf('one', [a, b]));
    await publishTo(late.storage, releaseOf('two', [b, c]));
    await late.catchUp();
    assert.deepEqual(await lackingIn(late.storage), []);
  });

  for (const isThorough of [false, true]) {
    it(`says that a storage lost what was written${isThorough ? ', though it lists it' : ''}`, async () => {
      const inner = memoryStorage(1e6);
      const storage: Storage = {
        ...inner,
        write: async (name, content, modified) => name === b.name || inner.write(name, content, modified),
        async *list(prefix) {
          yield* inner.list(prefix);
          if (isThorough && prefix === '') yield { name: b.name, size: b.size, modified: new Date() };
        },
      };
      const publishing = publishTo(storage, releaseOf('one', [a, b]), isThorough);
      await assert.rejects(publishing, { code: 'artifact-missing' });
    });
  }
});

describe('a storage that fails', () => {
  /** The writes that publishing the second release takes. */
  const WRITES = 5;

  for (let failing = 1; failing <= WRITES; failing += 1) {
    it(`at write ${failing} leaves what was there, and the next time completes`, async () => {
      const inner = memoryStorage(1e6);
      await publishTo(inner, releaseOf('one', [a, b]));
      let writes = 0;
      const storage: Storage = {
        ...inner,
        async write(name, content, modified) {
          writes += 1;
          if (writes === failing) throw new CompressorError('storage-failed', { message: 'no connection' });
          return inner.write(name, content, modified);
        },
      };
      const release = releaseOf('two', [b, c, fileOf('d.css')]);
      await assert.rejects(publishTo(storage, release), { code: 'storage-failed' });
      assert.deepEqual(
        (await listReleases(storage)).map(({ id }) => id),
        ['one'],
      );
      assert.deepEqual(await lackingIn(storage), []);
      await publishTo(storage, release);
      assert.deepEqual(Object.keys((await readRelease(storage, 'two')).artifacts).length, 3);
      assert.deepEqual(await lackingIn(storage), []);
    });
  }

  it('is not asked to write more often than that', async () => {
    const storage = noted();
    await publishTo(storage, releaseOf('one', [a, b]));
    storage.calls.length = 0;
    await publishTo(storage, releaseOf('two', [b, c, fileOf('d.css')]));
    assert.equal(storage.calls.length, WRITES);
  });
});

describe('a release', () => {
  const cases: readonly (readonly [what: string, name: string, text: string, code: string])[] = [
    ['is not there', 'releases/other.json', '{}', 'release-missing'],
    ['is not what its hash says', 'releases/0123456789abcdef.json', '{}', 'manifest-invalid'],
    ['is damaged', 'releases/0123456789abcdef.json', '', 'manifest-invalid'],
  ];
  for (const [what, name, text, code] of cases) {
    it(`that ${what} is an error`, async () => {
      const storage = memoryStorage(1e6);
      await storage.write(name, Buffer.from(text));
      await assert.rejects(readRelease(storage, '0123456789abcdef'), { code });
    });
  }

  it('is found only under a name that is one', async () => {
    const storage = memoryStorage(1e6);
    for (const name of ['releases/a.json', 'releases/a.txt', 'releases/.json', 'releases/b/c.json']) {
      await storage.write(name, Buffer.from('{}')).catch(() => {}); // Some storages cannot keep such names at all.
    }
    assert.deepEqual(
      (await listReleases(storage)).map(({ id }) => id),
      ['a'],
    );
  });
});
