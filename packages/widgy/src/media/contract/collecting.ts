import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStorage } from '../../../../compressor/src/storage/memory.ts';
import { withCode } from '../../database/contract/fixtures.ts';
import { addMedia } from '../add-media.ts';
import { deleteMedia, purgeMedia } from '../change-media.ts';
import { collectMedia } from '../collect-media.ts';
import { UNUSED_MS } from '../limits.ts';
import { pdf, picture } from '../media-fixture.ts';
import { mediaObjects } from '../media-objects.ts';
import type { MediaStore } from '../store.ts';
import { added, allOf, ann, type OpenEmpty } from './opened.ts';

/** Tests of taking away what is unused, on one kind of database. */
export function testCollecting(openEmpty: OpenEmpty): void {
  const purge = async (store: MediaStore, id: string) => {
    await deleteMedia(store, id, { seen: 1 }, ann);
    assert.equal((await purgeMedia(store, id, { seen: 2, isReviewed: false })).ok, true);
  };
  /** Opens media whose clock shows the time of the storage, which has its own. */
  const open = async () => {
    const opened = await openEmpty();
    opened.clock.time = Date.now();
    return opened;
  };
  /** So long that everything is old, and every claim has ended. */
  const LATER = UNUSED_MS + 60_000;

  describe('what is stored and unused', () => {
    it('is taken away a day later, and nothing else is', async () => {
      const { store, storage, stored, clock, openAlso } = await open();
      const png = await picture('png');
      const kept = await added(store, { bytes: png, fileName: 'a.png' });
      const same = await added(openAlso({ site: 'other' }), { bytes: pdf, fileName: 'b.pdf' });
      const gone = await added(store, { bytes: pdf, fileName: 'c.pdf' });
      const alone = await added(store, { bytes: await picture('gif'), fileName: 'd.gif' });
      await storage.write('media/README.txt', Buffer.from('not ours'));
      await storage.write('assets/site.css', Buffer.from('not ours'));
      await purge(store, gone.id);
      await purge(store, alone.id);
      const before = await stored();
      assert.deepEqual(await collectMedia(store), { objects: 0, bytes: 0 });
      assert.deepEqual(await stored(), before);
      clock.time += LATER;
      const { objects, bytes } = await collectMedia(store);
      assert.equal(objects, 3);
      assert.equal(bytes, alone.bytes + alone.renditions.reduce((sum, one) => sum + one.bytes, 0));
      assert.deepEqual(
        await stored(),
        before.filter((name) => !name.includes(alone.hash)),
      );
      assert.ok(await storage.stat(kept.url.slice(1)));
      assert.ok(await storage.stat(same.url.slice(1)));
      assert.deepEqual(await collectMedia(store), { objects: 0, bytes: 0 });
    });

    it('stays as long as the bin has it', async () => {
      const { store, stored, clock } = await open();
      const { id } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      await deleteMedia(store, id, { seen: 1 }, ann);
      clock.time += LATER;
      assert.equal((await collectMedia(store)).objects, 0);
      assert.equal((await stored()).length, 1);
    });

    it('may be sent again while it is being taken away', async () => {
      const { store, storage, stored, clock, openAlso } = await open();
      const { id } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      await purge(store, id);
      clock.time += LATER;
      const upload = { bytes: pdf, fileName: 'b.pdf' };
      const asked: string[] = [];
      const collecting = openAlso({
        storage: {
          ...storage,
          remove: async (name) => {
            const answer = await addMedia(store, upload, ann);
            asked.push(answer.ok ? 'added' : answer.refusal.code);
            await storage.remove(name);
          },
        },
      });
      assert.equal((await collectMedia(collecting)).objects, 1);
      assert.deepEqual(asked, ['busy']);
      assert.deepEqual(await stored(), []);
      await added(store, upload);
      assert.equal((await stored()).length, 1);
    });

    it('is left to an upload that came first', async () => {
      const { store, storage, stored, clock, openAlso } = await open();
      const { id } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      await purge(store, id);
      clock.time += LATER;
      const collected: number[] = [];
      const adding = openAlso({
        storage: {
          ...storage,
          // The bytes are there already, and are old: only the claim says that they are wanted.
          write: async (name, content) => {
            const isWritten = await storage.write(name, content);
            collected.push((await collectMedia(store)).objects);
            return isWritten;
          },
        },
      });
      await added(adding, { bytes: pdf, fileName: 'b.pdf' });
      assert.deepEqual(collected, [0]);
      assert.deepEqual(
        await stored(),
        (await allOf(mediaObjects(store))).map(({ name }) => name),
      );
      clock.time += LATER;
      assert.equal((await collectMedia(store)).objects, 0);
    });

    it('is taken away the next time where the storage failed, and by whoever comes after a crash', async () => {
      const { store, storage, stored, clock, database, openAlso } = await open();
      const { id, hash } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      await purge(store, id);
      clock.time += LATER;
      const failing = openAlso({
        storage: { ...storage, remove: () => Promise.reject(new Error('the disk is gone')) },
      });
      await assert.rejects(collectMedia(failing), withCode('media-storage-failed'));
      assert.deepEqual(await database.kysely.selectFrom('media_claims').selectAll().execute(), []);
      // As a process leaves it that was killed between its claim and its end.
      const claim = { hash, is_removal: 1, until: clock.time + UNUSED_MS };
      await database.kysely.insertInto('media_claims').values(claim).execute();
      assert.equal((await collectMedia(store)).objects, 0);
      clock.time += UNUSED_MS;
      assert.equal((await collectMedia(store)).objects, 1);
      assert.deepEqual(await stored(), []);
    });

    it('is asked about in pieces', async () => {
      const { clock, openAlso } = await open();
      const storage = memoryStorage(1e7);
      const names = Array.from(
        { length: 450 },
        (_, at) => `media/${at.toString(16).padStart(64, '0')}/document.pdf`,
      );
      for (const name of names) await storage.write(name, pdf, new Date(clock.time - LATER));
      const young = `media/${'f'.repeat(64)}/document.pdf`;
      await storage.write(young, pdf);
      const collected = await collectMedia(openAlso({ storage }));
      assert.deepEqual(collected, { objects: 450, bytes: 450 * pdf.length });
      assert.deepEqual(
        (await allOf(storage.list(''))).map(({ name }) => name),
        [young],
      );
    });
  });
}
