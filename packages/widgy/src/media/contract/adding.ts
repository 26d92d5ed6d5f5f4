import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import { addMedia, type Upload } from '../add-media.ts';
import { MAX_UPLOADS } from '../limits.ts';
import { listMedia, readMedia } from '../list-media.ts';
import { pdf, picture, sidewaysPhoto } from '../media-fixture.ts';
import { createWorkshop } from '../workshop.ts';
import { added, ann, type OpenEmpty, START } from './opened.ts';

/** Tests of uploads, on one kind of database. */
export function testAdding(openEmpty: OpenEmpty): void {
  const upload = (bytes: Uint8Array, fileName: string, own: Partial<Upload> = {}): Upload => {
    return { bytes, fileName, ...own };
  };

  describe('adding media', () => {
    it('keeps a picture in all its sizes, and a row of it', async () => {
      const { store, storage, stored } = await openEmpty();
      const bytes = await picture('jpeg', { width: 900, height: 300 });
      const stream = Readable.from([bytes.subarray(0, 100), bytes.subarray(100)]);
      const sent = { stream, fileName: '../Our boat.jpg', type: 'image/jpeg', alt: ' A red\nboat ' };
      const answer = await addMedia(store, sent, ann);
      assert.ok(answer.ok);
      const { id, hash: own, url, renditions, bytes: size, ...rest } = answer.media;
      assert.deepEqual(rest, {
        ...{ name: 'Our boat.jpg', alt: 'A red boat', kind: 'image', type: 'image/jpeg' },
        ...{ width: 900, height: 300, deletedAt: null, revision: 1, createdAt: START, author: 'ann' },
      });
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.equal(url, `/media/${own}/original.jpg`);
      const original = await storage.read(`media/${own}/original.jpg`);
      assert.ok(original);
      assert.deepEqual([hash('sha256', original), original.length], [own, size]);
      assert.deepEqual(
        renditions.map(({ width, height, type }) => `${width}x${height} ${type}`),
        ['400x133 image/webp', '800x267 image/webp', '900x300 image/webp', '900x300 image/jpeg'],
      );
      for (const rendition of renditions) {
        const kept = await storage.read(rendition.url.slice(1));
        assert.ok(kept);
        assert.equal(kept.length, rendition.bytes);
        assert.ok(rendition.url.includes(`-${hash('sha256', kept).slice(0, 16)}.`));
      }
      assert.deepEqual(
        await stored(),
        [url, ...renditions.map((one) => one.url)].map((one) => one.slice(1)).toSorted(),
      );
      assert.deepEqual(await readMedia(store, id), answer.media);
    });

    it('keeps a document as it is', async () => {
      const { store, storage } = await openEmpty();
      const media = await added(store, upload(pdf, 'Prices.pdf', { type: 'application/pdf' }));
      assert.deepEqual(
        [media.kind, media.type, media.width, media.renditions, media.bytes, media.hash],
        ['document', 'application/pdf', null, [], pdf.length, hash('sha256', pdf)],
      );
      assert.deepEqual(await storage.read(`media/${media.hash}/document.pdf`), pdf);
    });

    it('takes two statements, whatever the size of the site', async () => {
      const { store, database } = await openEmpty();
      await added(store, upload(pdf, 'a.pdf'));
      const statements = await statementsOfWork(database, () => added(store, upload(pdf, 'b.pdf')));
      assert.deepEqual(
        statements.map((statement) => /^insert into "\w+"/.exec(statement)?.[0]).filter(Boolean),
        ['insert into "media_claims"', 'insert into "media"'],
      );
      assert.equal(statements.filter((statement) => /^(select|update|delete)/.test(statement)).length, 0);
    });

    it('keeps the same bytes once, for as many as send them', async () => {
      const { store, storage, stored, openAlso } = await openEmpty();
      const bytes = await sidewaysPhoto();
      const sites = [store, store, openAlso({ site: 'other' })];
      const all = await Promise.all(sites.map((own, at) => added(own, upload(bytes, `${at}.jpg`))));
      assert.equal(new Set(all.map(({ id }) => id)).size, 3);
      assert.equal(new Set(all.map(({ url }) => url)).size, 1);
      assert.equal((await stored()).length, 3);
      const written = storage.calls.filter((call) => call.startsWith('write'));
      assert.equal(written.length, 9);
      assert.equal(new Set(written).size, 3);
    });

    it('keeps one for a form that is sent twice', async () => {
      const { store, openAlso } = await openEmpty();
      const bytes = await picture('png');
      const sent = upload(bytes, 'a.png', { id: 'form-1' });
      const [first, second] = await Promise.all([added(store, sent), added(store, sent)]);
      assert.deepEqual(first, second);
      assert.equal(first.id, 'form-1');
      assert.equal((await listMedia(store)).items.length, 1);
      const others: readonly [typeof store, Upload, string][] = [
        [store, upload(pdf, 'a.pdf', { id: 'form-1' }), 'id-taken'],
        [openAlso({ site: 'other' }), sent, 'id-taken'],
        [store, upload(bytes, 'a.png', { id: 'a b' }), 'id-invalid'],
        [store, upload(bytes, 'a.png', { id: '__proto__' }), 'id-invalid'],
      ];
      for (const [own, other, code] of others) {
        const answer = await addMedia(own, other, ann);
        assert.equal(!answer.ok && answer.refusal.code, code);
      }
      assert.deepEqual((await listMedia(openAlso({ site: 'other' }))).items, []);
    });

    it('gives a name to what has none', async () => {
      const { store } = await openEmpty();
      assert.equal((await added(store, upload(await picture('gif'), '../'))).name, 'original.webp');
      assert.equal((await added(store, upload(pdf, ''))).name, 'document.pdf');
    });

    it('takes the types that the site adds, as documents', async () => {
      const csv = {
        type: 'text/csv',
        extensions: ['csv'],
        isOne: (bytes: Uint8Array) => bytes[0] === 97,
      } as const;
      const { store } = await openEmpty({ types: [csv] });
      const media = await added(store, upload(Buffer.from('a,b\n'), 'a.csv', { type: 'text/csv' }));
      assert.deepEqual([media.kind, media.url.split('/').at(-1)], ['document', 'document.csv']);
    });
  });

  describe('an upload that is refused', () => {
    const refused: readonly [what: string, upload: () => Promise<Upload>, code: string][] = [
      ['nothing', async () => upload(Buffer.alloc(0), 'a.png'), 'empty'],
      [
        'HTML named .png',
        async () => upload(Buffer.from('<html><script>1</script>'), 'a.png'),
        'type-refused',
      ],
      [
        'an SVG with a script',
        async () => upload(Buffer.from('<svg onload="alert(1)"/>'), 'a.svg'),
        'type-refused',
      ],
      ['a PNG named .pdf', async () => upload(await picture('png'), 'a.pdf'), 'type-mismatch'],
      ['half a PNG', async () => upload((await picture('png')).subarray(0, 60), 'a.png'), 'damaged'],
      ['too much', async () => upload(Buffer.alloc(2001, '%PDF-'), 'a.pdf'), 'too-large'],
      [
        'too much, bit by bit',
        async () => ({ stream: Readable.from([pdf, Buffer.alloc(2000)]), fileName: 'a.pdf' }),
        'too-large',
      ],
      [
        'a picture of too many pixels',
        async () => upload(await picture('png', { width: 101, height: 100 }), 'a.png'),
        'too-many-pixels',
      ],
      [
        'too many words',
        async () => upload(await picture('png'), 'a.png', { alt: 'x'.repeat(1001) }),
        'text-too-long',
      ],
    ];
    it('leaves nothing behind', async (test) => {
      const { store, stored, database } = await openEmpty({
        limits: { bytes: 2000, pixels: 10_000 },
      });
      for (const [what, make, code] of refused) {
        await test.test(what, async () => {
          const sent = await make();
          const answer = await addMedia(store, sent, ann);
          assert.equal(!answer.ok && answer.refusal.code, code);
          assert.ok(!answer.ok && answer.refusal.what.length > 10);
          assert.deepEqual(await stored(), []);
          assert.deepEqual(await database.kysely.selectFrom('media').selectAll().execute(), []);
          if ('stream' in sent) assert.equal(sent.stream.destroyed, true);
        });
      }
      // Each of them has left: there is room for as many as ever.
      const leaving = Array.from({ length: MAX_UPLOADS }, () => store.workshop.enter());
      assert.ok(leaving.every((leave) => leave !== undefined));
    });

    it('in the middle of its bytes leaves nothing behind', async () => {
      const { store, stored } = await openEmpty();
      const bytes = await picture('png');
      const stream = new PassThrough();
      stream.write(bytes.subarray(0, 40));
      const adding = addMedia(store, { stream, fileName: 'a.png' }, ann);
      stream.destroy(new Error('the client went away'));
      const answer = await adding;
      assert.equal(!answer.ok && answer.refusal.code, 'interrupted');
      assert.deepEqual(await stored(), []);
      assert.deepEqual((await listMedia(store)).items, []);
    });

    it('as too many are under way costs nothing, and is taken later', async () => {
      const { store } = await openEmpty({ workshop: createWorkshop({ uploads: 2 }) });
      const slow = [new PassThrough(), new PassThrough()];
      const adding = slow.map((stream) => addMedia(store, { stream, fileName: 'a.pdf' }, ann));
      const stream = Readable.from([pdf]);
      const answer = await addMedia(store, { stream, fileName: 'b.pdf' }, ann);
      assert.equal(!answer.ok && answer.refusal.code, 'busy');
      assert.equal(stream.destroyed, true);
      for (const one of slow) one.end(pdf);
      assert.deepEqual(
        (await Promise.all(adding)).map(({ ok }) => ok),
        [true, true],
      );
      assert.equal(
        (await addMedia(store, { stream: Readable.from([pdf]), fileName: 'b.pdf' }, ann)).ok,
        true,
      );
    });
  });

  describe('an upload that fails', () => {
    it('in the storage has no row, and may be sent again', async () => {
      const { store, storage } = await openEmpty();
      const sent = upload(await picture('png'), 'a.png');
      storage.isFailing = true;
      await assert.rejects(addMedia(store, sent, ann), withCode('media-storage-failed'));
      assert.deepEqual((await listMedia(store)).items, []);
      storage.isFailing = false;
      const media = await added(store, sent);
      assert.ok(await storage.stat(media.url.slice(1)));
    });

    it('half-way through its files has no row either', async () => {
      const { database, storage, openAlso } = await openEmpty();
      let writes = 0;
      const store = openAlso({
        storage: {
          ...storage,
          write: async (name, content) => {
            writes += 1;
            if (writes === 2) throw new Error('the disk is full');
            return await storage.write(name, content);
          },
        },
      });
      await assert.rejects(
        addMedia(store, upload(await picture('png'), 'a.png'), ann),
        withCode('media-storage-failed'),
      );
      assert.equal(writes, 2);
      assert.deepEqual(await database.kysely.selectFrom('media').selectAll().execute(), []);
    });

    it('between bytes and row leaves bytes alone, which do no harm', async () => {
      const { store, database, stored, openAlso } = await openEmpty();
      let transactions = 0;
      const failing = openAlso({
        database: {
          ...database,
          transaction: async (step) => {
            transactions += 1;
            if (transactions === 2) throw new Error('killed');
            return await database.transaction(step);
          },
        },
      });
      const sent = upload(pdf, 'a.pdf');
      await assert.rejects(addMedia(failing, sent, ann), /killed/);
      assert.equal((await stored()).length, 1);
      assert.deepEqual((await listMedia(store)).items, []);
      await added(store, sent);
      assert.equal((await stored()).length, 1);
    });

    it('inside a transaction is refused', async () => {
      const { store, database } = await openEmpty();
      const inside = database.transaction(async () => await addMedia(store, upload(pdf, 'a.pdf'), ann));
      await assert.rejects(inside, withCode('transaction-nested'));
    });
  });
}
