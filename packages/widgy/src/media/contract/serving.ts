import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import { WidgyError } from '../../errors.ts';
import { changeMedia, deleteMedia, purgeMedia } from '../change-media.ts';
import { SERVED_MS } from '../limits.ts';
import { pdf, picture } from '../media-fixture.ts';
import { mediaResponse } from '../response.ts';
import { added, ann, type OpenEmpty } from './opened.ts';

const GUARDS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'public, max-age=31536000, immutable',
};

/** Tests of serving media, on one kind of database. */
export function testServing(openEmpty: OpenEmpty): void {
  const pathOf = (url: string) => url.replace('/media/', '');

  describe('serving media', () => {
    it('shows pictures', async () => {
      const { store, storage } = await openEmpty();
      const media = await added(store, { bytes: await picture('jpeg'), fileName: 'a.jpg' });
      for (const { url, type, bytes } of [media, ...media.renditions]) {
        const { status, headers, body } = await mediaResponse(store, pathOf(url));
        const { etag, ...rest } = headers;
        assert.equal(status, 200);
        assert.deepEqual(rest, { ...GUARDS, 'content-type': type, 'content-length': String(bytes) });
        assert.match(etag ?? '', /^"[0-9a-f]{16,64}"$/);
        assert.ok(body);
        assert.deepEqual(await buffer(body), await storage.read(url.slice(1)));
      }
    });

    const downloads: readonly [name: string, disposition: string][] = [
      ['Prices.pdf', 'attachment; filename=Prices.pdf'],
      ['Prices', 'attachment; filename=Prices.pdf'],
      ['Prices.exe', 'attachment; filename=Prices.exe.pdf'],
      ['a "b"; c.pdf', 'attachment; filename="a \\"b\\"; c.pdf"'],
      [
        'Größe 二.pdf',
        'attachment; filename="Gr??e ?.pdf"; filename*=UTF-8\'\'Gr%C3%B6%C3%9Fe%20%E4%BA%8C.pdf',
      ],
    ];
    it('lets documents be downloaded only, under their names', async () => {
      const { store } = await openEmpty();
      const { id, url } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      let seen = 1;
      for (const [name, disposition] of downloads) {
        const changed = await changeMedia(store, id, { name, seen }, ann);
        assert.ok(changed.ok, name);
        seen = changed.media.revision;
        const { status, headers, body } = await mediaResponse(store, pathOf(url));
        assert.deepEqual([status, headers['content-type']], [200, 'application/pdf']);
        assert.equal(headers['content-disposition'], disposition);
        assert.equal(headers['content-security-policy'], GUARDS['content-security-policy']);
        assert.equal(headers['x-content-type-options'], 'nosniff');
        assert.ok(body);
        assert.deepEqual(await buffer(body), pdf);
      }
    });

    it('says that a client has it already', async () => {
      const { store } = await openEmpty();
      const { url, hash } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      const tags: readonly [tag: string, status: number][] = [
        [`"${hash}"`, 304],
        [`W/"${hash}"`, 304],
        [`"other", "${hash}"`, 304],
        ['*', 304],
        [hash, 200],
        ['"other"', 200],
        ['', 200],
      ];
      for (const [tag, status] of tags) {
        const answer = await mediaResponse(store, pathOf(url), { headers: { 'if-none-match': tag } });
        assert.equal(answer.status, status, tag);
        assert.equal(answer.headers.etag, `"${hash}"`);
        assert.equal(answer.body === undefined, status === 304);
        answer.body?.destroy();
      }
      const head = await mediaResponse(store, pathOf(url), { isHead: true });
      assert.deepEqual(
        [head.status, head.body, head.headers['content-length']],
        [200, undefined, String(pdf.length)],
      );
    });

    it('finds nothing but media', async (test) => {
      const { store, storage, database, openAlso } = await openEmpty();
      const { url, hash } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      await storage.write(`media/${hash}/document.exe`, Buffer.from('x'));
      await storage.write('secret.txt', Buffer.from('x'));
      const absent = 'f'.repeat(64);
      const paths: readonly [path: string, statements: number][] = [
        ['', 0],
        ['secret.txt', 0],
        ['../secret.txt', 0],
        ['..%2fsecret.txt', 0],
        [`${hash}/../../secret.txt`, 0],
        [`${hash}/document.exe`, 0],
        [`${hash}/document.pdf%00`, 0],
        [`${hash}/DOCUMENT.PDF`, 0],
        [url, 0],
        [`${absent}/document.pdf`, 1],
        [`${hash}/original.png`, 1],
        [`${hash}/400-0123456789abcdef.webp`, 0],
      ];
      for (const [path, count] of paths) {
        await test.test(JSON.stringify(path), async () => {
          const statements = await statementsOfWork(database, async () => {
            assert.deepEqual(await mediaResponse(store, path), {
              status: 404,
              headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
            });
          });
          assert.equal(statements.length, count);
        });
      }
      assert.equal((await mediaResponse(openAlso({ site: 'other' }), pathOf(url))).status, 404);
      await storage.remove(`media/${hash}/document.pdf`);
      assert.equal((await mediaResponse(store, pathOf(url))).status, 404);
    });

    it('asks the database once in a while, and not while it cannot be asked', async () => {
      const { store: adding, database, clock, openAlso } = await openEmpty();
      const { url } = await added(adding, { bytes: pdf, fileName: 'a.pdf' });
      let isAway = false;
      const store = openAlso({
        database: {
          ...database,
          get kysely() {
            if (isAway) throw new WidgyError('database-unreachable', { message: 'it is away' });
            return database.kysely;
          },
        },
      });
      const head = () => mediaResponse(store, pathOf(url), { isHead: true });
      const counts = async () => (await statementsOfWork(database, head)).length;
      assert.deepEqual([await counts(), await counts()], [1, 0]);
      clock.time += SERVED_MS;
      assert.deepEqual([await counts(), await counts()], [0, 0]);
      clock.time += 1;
      assert.deepEqual([await counts(), await counts()], [1, 0]);
      clock.time += SERVED_MS * 2;
      isAway = true;
      assert.equal((await head()).status, 200);
      const unknown = mediaResponse(store, `${'f'.repeat(64)}/document.pdf`);
      await assert.rejects(unknown, withCode('database-unreachable'));
    });

    it('goes on from the bin, and ends with a purge', async () => {
      const { store, clock, openAlso } = await openEmpty();
      const { id, url } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      const other = openAlso();
      const statuses = async () =>
        await Promise.all(
          [store, other].map(async (own) => (await mediaResponse(own, pathOf(url), { isHead: true })).status),
        );
      await deleteMedia(store, id, { seen: 1 }, ann);
      assert.deepEqual(await statuses(), [200, 200]);
      assert.equal((await purgeMedia(store, id, { seen: 2, isReviewed: false })).ok, true);
      assert.deepEqual(await statuses(), [404, 200]);
      clock.time += SERVED_MS + 1;
      assert.deepEqual(await statuses(), [404, 404]);
    });

    it('says so where the storage fails', async () => {
      const { store, storage } = await openEmpty();
      const { url } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      storage.isFailing = true;
      await assert.rejects(mediaResponse(store, pathOf(url)), withCode('media-storage-failed'));
    });
  });
}
