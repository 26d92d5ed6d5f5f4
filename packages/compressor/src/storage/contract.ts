import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { namesIn } from './names-in.ts';
import type { Storage } from './storage.ts';

/**
 * Tests of what every storage promises, for the test runner of Node.
 *
 * @param name for the report
 * @param create gives an empty storage, another one for each test
 */
export function testStorage(name: string, create: () => Promise<Storage>): void {
  describe(`storage contract: ${name}`, () => {
    it('gives back what was written, byte for byte', async () => {
      const storage = await create();
      const bytes = Buffer.from([0, 255, 10, 13, 0xc3, 0x28]);
      await storage.write('site.0123456789abcdef.css', bytes);
      assert.deepEqual(await storage.read('site.0123456789abcdef.css'), bytes);
    });

    it('keeps an empty content apart from no content', async () => {
      const storage = await create();
      await storage.write('empty.css', Buffer.alloc(0));
      assert.equal((await storage.read('empty.css'))?.length, 0);
      assert.equal(await storage.read('absent.css'), undefined);
    });

    it('knows size and age of what it holds', async () => {
      const storage = await create();
      const before = Date.now();
      await storage.write('sized.css', Buffer.from('é'));
      const file = await storage.stat('sized.css');
      assert.equal(file?.name, 'sized.css');
      assert.equal(file.size, 2);
      assert.ok(Math.abs(file.modified.getTime() - before) < CLOCKS_DIFFER);
      assert.equal(await storage.stat('absent.css'), undefined);
      assert.equal(await storage.stat('../sized.css'), undefined);
    });

    it('says whether it wrote', async () => {
      const storage = await create();
      assert.equal(await storage.write('a.css', Buffer.from('a')), true);
      assert.equal(await storage.write('a.css', Buffer.from('a')), false);
    });

    it('takes and gives content bit by bit', async () => {
      const storage = await create();
      const bytes = randomBytes(300_000);
      const parts = [0, 1, 2].map((part) => bytes.subarray(part * 100_000, (part + 1) * 100_000));
      await storage.write('streamed.bin', { size: bytes.length, open: () => Readable.from(parts) });
      assert.deepEqual(await storage.read('streamed.bin'), bytes);
      const opened = await storage.open('streamed.bin');
      assert.ok(opened);
      assert.deepEqual(await buffer(opened), bytes);
      assert.equal(await storage.open('absent.bin'), undefined);
    });

    it('gives a stretch of content', async () => {
      const storage = await create();
      await storage.write('part.bin', Buffer.from('0123456789'));
      for (const [start, end, part] of [
        [0, 3, '0123'],
        [4, 4, '4'],
        [6, 9, '6789'],
      ] as const) {
        const opened = (await storage.open('part.bin', { start, end })) ?? assert.fail();
        assert.equal((await buffer(opened)).toString(), part);
      }
      assert.equal(await storage.open('absent.bin', { start: 0, end: 1 }), undefined);
    });

    it('leaves nothing of content that fails on the way', async () => {
      const storage = await create();
      const failing = async function* () {
        yield Buffer.from('begin');
        throw new Error('gone');
      };
      const content = { size: 10, open: () => Readable.from(failing()) };
      await assert.rejects(storage.write('half.bin', content));
      assert.equal(await storage.read('half.bin'), undefined);
      assert.deepEqual(await namesIn(storage), []);
    });

    it('lists what it holds, by the beginning of names', async () => {
      const storage = await create();
      assert.deepEqual(await namesIn(storage), []);
      const names = ['a.css', 'b.js', 'releases/1.json', 'releases/2.json', 'releases-old.json'];
      for (const name of names) await storage.write(name, Buffer.from(name));
      assert.deepEqual(await namesIn(storage), names.toSorted());
      assert.deepEqual(await namesIn(storage, 'releases/'), ['releases/1.json', 'releases/2.json']);
      assert.deepEqual(await namesIn(storage, 'rel'), [
        'releases-old.json',
        'releases/1.json',
        'releases/2.json',
      ]);
      assert.deepEqual(await namesIn(storage, 'none/'), []);
      for await (const file of storage.list('b')) assert.deepEqual(file, await storage.stat('b.js'));
    });

    it('deletes, also what is not there', async () => {
      const storage = await create();
      await storage.write('a.css', Buffer.from('a'));
      await storage.remove('a.css');
      await storage.remove('a.css');
      await storage.remove('never/there.css');
      assert.equal(await storage.read('a.css'), undefined);
      assert.equal(await storage.write('a.css', Buffer.from('b')), true);
      assert.equal((await storage.read('a.css'))?.toString(), 'b');
    });

    it('makes things young again, and nothing out of nothing', async () => {
      const storage = await create();
      await storage.write('a.css', Buffer.from('a'), new Date('2001-01-01'));
      const before = Date.now();
      await storage.touch('a.css');
      await storage.touch('absent.css');
      const { modified } = (await storage.stat('a.css')) ?? assert.fail();
      assert.ok(Math.abs(modified.getTime() - before) < CLOCKS_DIFFER);
      assert.equal((await storage.read('a.css'))?.toString(), 'a');
      assert.equal(await storage.stat('absent.css'), undefined);
    });

    it('never changes what is there', async () => {
      const storage = await create();
      await storage.write('a.css', Buffer.from('first'));
      await storage.write('a.css', Buffer.from('second'));
      assert.equal((await storage.read('a.css'))?.toString(), 'first');
    });

    it('lets many write one name at once', async () => {
      const storage = await create();
      const content = Buffer.alloc(100_000, 'x');
      await Promise.all(Array.from({ length: 20 }, () => storage.write('same.js', content)));
      assert.deepEqual(await storage.read('same.js'), content);
    });

    it('is not changed by what the writer does to the content afterwards', async () => {
      const storage = await create();
      const content = Buffer.from('abc');
      await storage.write('b.css', content);
      content.fill('x');
      assert.equal((await storage.read('b.css'))?.toString(), 'abc');
    });

    it('has folders', async () => {
      const storage = await create();
      await storage.write('builds/0123.json', Buffer.from('{}'));
      assert.equal((await storage.read('builds/0123.json'))?.toString(), '{}');
      assert.equal(await storage.read('builds'), undefined);
    });

    for (const name of ['img/a b (1).png', 'fonts/Größe.woff2', "it's+100%=fine@2x,~!.js"]) {
      it(`keeps the name ${JSON.stringify(name)}`, async () => {
        const storage = await create();
        await storage.write(name, Buffer.from('x'));
        assert.equal((await storage.read(name))?.toString(), 'x');
        assert.deepEqual(await namesIn(storage), [name]);
        await storage.touch(name);
        await storage.remove(name);
        assert.equal(await storage.stat(name), undefined);
      });
    }

    for (const bad of [
      '../a',
      '/a',
      'a/../b',
      'a\0b',
      '',
      'a//b',
      '.hidden',
      'a\\b',
      'x'.repeat(300),
      'a ',
      'a:b',
      'a\nb',
      'a/.b',
    ]) {
      it(`refuses the name ${JSON.stringify(bad.slice(0, 20))}`, async () => {
        const storage = await create();
        await assert.rejects(storage.write(bad, Buffer.from('x')), { code: 'storage-failed' });
        assert.equal(await storage.read(bad), undefined);
      });
    }
  });
}

/** Storages have clocks of their own, some of which know whole seconds only; in milliseconds. */
const CLOCKS_DIFFER = 60_000;
