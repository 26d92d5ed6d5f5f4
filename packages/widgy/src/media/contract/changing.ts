import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { insertDocument, statementsOfWork } from '../../database/contract/fixtures.ts';
import { writeDraftLinks } from '../../links/stored-links.ts';
import { changeMedia, deleteMedia, purgeMedia, restoreMedia } from '../change-media.ts';
import { listMedia, readMedia } from '../list-media.ts';
import { pdf, picture } from '../media-fixture.ts';
import type { MediaAnswer, RefusedMedia } from '../refusal.ts';
import { added, ann, type OpenEmpty, START } from './opened.ts';

/** Tests of changing, deleting and purging media, on one kind of database. */
export function testChanging(openEmpty: OpenEmpty): void {
  const bob = { id: 'bob' };
  const codeOf = (answer: MediaAnswer | RefusedMedia | { readonly ok: true }) =>
    'refusal' in answer ? answer.refusal.code : 'done';

  describe('changing media', () => {
    it('changes what is given, once', async () => {
      const { store, database, clock } = await openEmpty();
      const media = await added(store, { bytes: await picture('png'), fileName: 'a.png', alt: 'Old' });
      clock.time += 5;
      const change = { name: ' New.png ', alt: 'Boat', seen: 1 };
      const statements = await statementsOfWork(database, async () => {
        const answer = await changeMedia(store, media.id, change, bob);
        assert.deepEqual(answer, {
          ok: true,
          media: { ...media, name: 'New.png', alt: 'Boat', revision: 2 },
        });
      });
      assert.deepEqual(statements.map((one) => /^(select|update)/.exec(one)?.[0]).filter(Boolean), [
        'select',
        'update',
      ]);
      const [row] = await database.kysely.selectFrom('media').selectAll().execute();
      assert.deepEqual([row?.author, row?.changed_by, row?.changed_at], ['ann', 'bob', START + 5]);
      // The form that is sent again has its wish already.
      assert.equal(codeOf(await changeMedia(store, media.id, change, bob)), 'done');
      assert.equal((await readMedia(store, media.id))?.revision, 2);
      const one = await changeMedia(store, media.id, { alt: '', seen: 2 }, bob);
      assert.deepEqual(one.ok && [one.media.name, one.media.alt, one.media.revision], ['New.png', '', 3]);
      assert.deepEqual((await listMedia(store, { text: 'new' })).items.length, 1);
      assert.deepEqual((await listMedia(store, { text: 'boat' })).items.length, 0);
    });

    it('refuses what somebody else changed meanwhile, and says what is there', async () => {
      const { store } = await openEmpty();
      const { id } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      const both = await Promise.all([
        changeMedia(store, id, { name: 'Mine.pdf', seen: 1 }, ann),
        changeMedia(store, id, { name: 'Yours.pdf', seen: 1 }, bob),
      ]);
      assert.deepEqual(both.map(codeOf).toSorted(), ['done', 'stale']);
      const there = await readMedia(store, id);
      for (const answer of both) {
        assert.deepEqual(answer.ok ? answer.media : 'media' in answer.refusal && answer.refusal.media, there);
      }
      for (const act of [deleteMedia, changeMedia]) {
        assert.equal(codeOf(await act(store, id, { name: 'Late.pdf', seen: 1 }, ann)), 'stale');
      }
    });

    it('refuses what cannot be kept, and what is not there', async () => {
      const { store, openAlso } = await openEmpty();
      const { id } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      const other = openAlso({ site: 'other' });
      const cases: readonly [string, Promise<MediaAnswer | RefusedMedia | { readonly ok: true }>][] = [
        ['name-empty', changeMedia(store, id, { name: ' ', seen: 1 }, ann)],
        ['text-too-long', changeMedia(store, id, { name: 'x'.repeat(201), seen: 1 }, ann)],
        ['text-too-long', changeMedia(store, id, { alt: 'x'.repeat(1001), seen: 1 }, ann)],
        ['media-missing', changeMedia(store, 'gone', { name: 'b', seen: 1 }, ann)],
        ['media-missing', changeMedia(store, 'a\0\ud800', { name: 'b', seen: 1 }, ann)],
        ['media-missing', changeMedia(other, id, { name: 'b', seen: 1 }, ann)],
        ['media-missing', deleteMedia(other, id, { seen: 1 }, ann)],
        ['media-missing', purgeMedia(other, id, { seen: 1, isReviewed: false })],
        ['not-deleted', purgeMedia(store, id, { seen: 1, isReviewed: false })],
      ];
      for (const [code, answer] of cases) assert.equal(codeOf(await answer), code);
      assert.equal((await readMedia(store, id))?.revision, 1);
    });
  });

  describe('the bin', () => {
    it('takes media and gives them back', async () => {
      const { store } = await openEmpty();
      const { id } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      const counts = async () =>
        await Promise.all(
          [false, true].map(async (isDeleted) => (await listMedia(store, { isDeleted })).items.length),
        );
      const deleted = await deleteMedia(store, id, { seen: 1 }, bob);
      assert.deepEqual(deleted.ok && [deleted.media.deletedAt, deleted.media.revision], [START, 2]);
      assert.deepEqual(await counts(), [0, 1]);
      assert.equal(codeOf(await deleteMedia(store, id, { seen: 1 }, bob)), 'done');
      assert.equal(codeOf(await restoreMedia(store, id, { seen: 1 }, bob)), 'stale');
      const restored = await restoreMedia(store, id, { seen: 2 }, bob);
      assert.deepEqual(restored.ok && [restored.media.deletedAt, restored.media.revision], [null, 3]);
      assert.deepEqual(await counts(), [1, 0]);
      assert.equal(codeOf(await restoreMedia(store, id, { seen: 2 }, bob)), 'done');
    });

    it('is emptied of what nothing shows', async () => {
      const { store, database } = await openEmpty();
      const { id } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      await deleteMedia(store, id, { seen: 1 }, ann);
      const document = await insertDocument(database.kysely);
      const link = { widget: 'w', field: 'to', target: { type: 'media', id } };
      const write = (added: readonly (typeof link)[], removed: readonly (typeof link)[]) =>
        database.transaction((transaction) => writeDraftLinks(transaction, document, { added, removed }));
      await write([link], []);
      const refused = await purgeMedia(store, id, { seen: 2, isReviewed: false });
      assert.ok(!refused.ok && refused.refusal.code === 'linked');
      assert.deepEqual(
        [refused.refusal.total, refused.refusal.documents.map((one) => one.document)],
        [1, [document]],
      );
      assert.match(refused.refusal.what, /in one place/);
      await write([], [link]);
      assert.equal(codeOf(await purgeMedia(store, id, { seen: 1, isReviewed: false })), 'stale');
      assert.equal(codeOf(await purgeMedia(store, id, { seen: 2, isReviewed: false })), 'done');
      assert.equal(await readMedia(store, id), undefined);
      assert.equal(codeOf(await purgeMedia(store, id, { seen: 2, isReviewed: false })), 'media-missing');
    });
  });
}
