import assert from 'node:assert/strict';
import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../testing/folder.ts';
import { testStorage } from './contract.ts';
import { folderStorage } from './folder.ts';
import { memoryStorage } from './memory.ts';

testStorage('memory', async () => memoryStorage(1_000_000));
testStorage('folder', async () => folderStorage(await temporaryFolder()));
testStorage('folder that does not exist', async () =>
  folderStorage(join(await temporaryFolder(), 'deep/down')),
);

describe('memoryStorage', () => {
  it('forgets what was not asked for longest', async () => {
    const storage = memoryStorage(100);
    await storage.write('a', Buffer.alloc(40));
    await storage.write('b', Buffer.alloc(40));
    await storage.read('a');
    await storage.write('c', Buffer.alloc(40));
    const kept = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => (await storage.read(name)) !== undefined),
    );
    assert.deepEqual(kept, [true, false, true]);
  });

  it('does not keep what is larger than all its room', async () => {
    const storage = memoryStorage(100);
    await storage.write('a', Buffer.alloc(10));
    await storage.write('large', Buffer.alloc(1000));
    assert.equal(await storage.read('large'), undefined);
    assert.equal((await storage.read('a'))?.length, 10);
  });
});

describe('folderStorage', () => {
  it('leaves nothing behind but what was written', async () => {
    const folder = await temporaryFolder();
    const storage = folderStorage(folder);
    await Promise.all(Array.from({ length: 10 }, () => storage.write('builds/a.json', Buffer.from('{}'))));
    await storage.write('b.css', Buffer.from('b'));
    assert.deepEqual((await readdir(folder, { recursive: true })).sort(), [
      'b.css',
      'builds',
      'builds/a.json',
    ]);
  });

  it('shows all of a file or nothing', async () => {
    const folder = await temporaryFolder();
    const storage = folderStorage(folder);
    const content = Buffer.alloc(5_000_000, 'x');
    let isDone = false;
    const writing = storage.write('large.js', content).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      const seen = await storage.read('large.js');
      assert.ok(seen === undefined || seen.length === content.length);
      const names = await readdir(folder);
      assert.ok(names.every((name) => name === 'large.js' || name.startsWith('.')));
    }
    await writing;
    assert.deepEqual(await readFile(join(folder, 'large.js')), content);
  });

  it('does not show files that a crash left half written', async () => {
    const folder = await temporaryFolder({ '.0b50.tmp': 'half' });
    assert.equal(await folderStorage(folder).read('.0b50.tmp'), undefined);
  });

  it('clears up after writers that were killed, and leaves alone what is being written', async () => {
    const name = (digit: number) => `.${digit}b505f2a-64c1-4d0e-8a57-0d1c7f3f8a11.tmp`;
    const [old, oldBelow, young] = [name(1), `builds/${name(2)}`, name(3)];
    const all = { [old]: 'half', [oldBelow]: 'half', [young]: 'half', '.own.tmp': 'x', 'a.css': 'a' };
    const folder = await temporaryFolder(all);
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    for (const file of Object.keys(all).filter((file) => file !== young)) {
      await utimes(join(folder, file), yesterday, yesterday);
    }
    await folderStorage(folder).tidy?.();
    assert.deepEqual((await readdir(folder, { recursive: true })).sort(), [
      young,
      '.own.tmp',
      'a.css',
      'builds',
    ]);
  });

  it('says that a folder cannot be listed', async () => {
    const storage = folderStorage(join(await temporaryFolder(), 'x'.repeat(300)));
    await assert.rejects(storage.list('')[Symbol.asyncIterator]().next(), {
      code: 'storage-failed',
      summary: '"*" cannot be listed in the output folder (ENAMETOOLONG)',
    });
  });

  it('says that a folder cannot be written, and leaves nothing', async () => {
    const folder = await temporaryFolder({ file: 'a regular file' });
    const storage = folderStorage(join(folder, 'file'));
    await assert.rejects(storage.write('a.css', Buffer.from('a')), {
      name: 'CompressorError',
      code: 'storage-failed',
    });
    assert.equal(await storage.read('a.css'), undefined);
    assert.deepEqual(await readdir(folder), ['file']);
  });

  it('says that a folder cannot be written where a part of the name is a file', async () => {
    const storage = folderStorage(await temporaryFolder({ builds: 'a regular file' }));
    await assert.rejects(storage.write('builds/a.json', Buffer.from('a')), { code: 'storage-failed' });
  });
});
