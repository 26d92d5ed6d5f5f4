import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Storage } from './storage.ts';

/** What every storage promises. */
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

    it('knows the size of what it holds', async () => {
      const storage = await create();
      await storage.write('sized.css', Buffer.from('é'));
      assert.equal(await storage.size('sized.css'), 2);
      assert.equal(await storage.size('absent.css'), undefined);
      assert.equal(await storage.size('../sized.css'), undefined);
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
      'a b',
    ]) {
      it(`refuses the name ${JSON.stringify(bad.slice(0, 20))}`, async () => {
        const storage = await create();
        await assert.rejects(storage.write(bad, Buffer.from('x')), { code: 'storage-failed' });
        assert.equal(await storage.read(bad), undefined);
      });
    }
  });
}
