import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import { linkChoices } from '../../links/choices.ts';
import { resolveReferences } from '../../links/resolve.ts';
import { deleteMedia } from '../change-media.ts';
import { DEFAULT_MEDIA_PAGE, MAX_MEDIA_PAGE } from '../limits.ts';
import { listMedia, type MediaQuestion, readMedia } from '../list-media.ts';
import { linkablesOf, pdf, picture } from '../media-fixture.ts';
import { mediaObjects } from '../media-objects.ts';
import { added, allOf, ann, type OpenEmpty } from './opened.ts';

/** Tests of finding media, on one kind of database. */
export function testListing(openEmpty: OpenEmpty): void {
  /** Opens a site with so many documents, added one after the other, two at each time. */
  const withDocuments = async (count: number) => {
    const opened = await openEmpty();
    const { database, store, clock } = opened;
    const { id: first } = await added(store, { bytes: pdf, fileName: 'document 0.pdf' });
    const row = await database.kysely
      .selectFrom('media')
      .selectAll()
      .where('id', '=', first)
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: count - 1 }, (_, at) => ({
      ...{ ...row, id: `id-${at + 1}`, name: `document ${at + 1}.pdf`, search: `document ${at + 1}.pdf` },
      created_at: clock.time + Math.floor((at + 1) / 2),
    }));
    await database.kysely.insertInto('media').values(rows).execute();
    return opened;
  };

  describe('a list of media', () => {
    it('has each once, the newest first, page by page', async () => {
      const { store, database } = await withDocuments(7);
      const names: string[] = [];
      const pages: number[] = [];
      let after: string | undefined;
      do {
        const statements = await statementsOfWork(database, async () => {
          const page = await listMedia(store, { limit: 3, after });
          pages.push(page.items.length);
          names.push(...page.items.map(({ name }) => name));
          after = page.next ?? undefined;
        });
        assert.equal(statements.length, 1);
      } while (after !== undefined);
      assert.deepEqual(pages, [3, 3, 1]);
      assert.equal(new Set(names).size, 7);
      assert.deepEqual(names.slice(0, 2), ['document 6.pdf', 'document 5.pdf']);
    });

    const limits: readonly [limit: number | undefined, count: number][] = [
      [undefined, DEFAULT_MEDIA_PAGE],
      [2.9, 2],
      [0, 1],
      [-5, 1],
      [Number.NaN, 1],
      [1e9, MAX_MEDIA_PAGE],
    ];
    it('has as many as are asked for, within bounds', async () => {
      const { store } = await withDocuments(MAX_MEDIA_PAGE + 1);
      for (const [limit, count] of limits) {
        const { items, next } = await listMedia(store, { limit });
        assert.deepEqual([items.length, next === null], [count, false], String(limit));
      }
      for (const after of ['', 'x', '1-', '-1', '1-a b', "1-'; drop table media", '9'.repeat(16), '\0']) {
        assert.equal((await listMedia(store, { after, limit: 1 })).items[0]?.id, 'id-100', after);
      }
    });

    const searches: readonly [question: MediaQuestion, names: readonly string[]][] = [
      [{}, ['50%_off.pdf', 'Århus.png', 'Boat.png']],
      [{ text: 'BOAT' }, ['Boat.png']],
      [{ text: 'åRHUS' }, ['Århus.png']],
      [{ text: 'A\u030arh' }, ['Århus.png']],
      [{ text: 'red sail' }, ['Boat.png']],
      [{ text: 'sail red boat' }, ['Boat.png']],
      [{ text: 'red århus' }, []],
      [{ text: '%' }, ['50%_off.pdf']],
      [{ text: '_' }, ['50%_off.pdf']],
      [{ text: '!' }, []],
      [{ text: '\\' }, []],
      [{ text: "' or 1=1 --" }, []],
      [{ text: ' \0 ' }, ['50%_off.pdf', 'Århus.png', 'Boat.png']],
      [{ text: '\ud800' }, ['50%_off.pdf', 'Århus.png', 'Boat.png']],
      [{ text: `boat${' '.repeat(300)}nothing` }, ['Boat.png']],
      [{ kind: 'image' }, ['Århus.png', 'Boat.png']],
      [{ kind: 'document', text: 'off' }, ['50%_off.pdf']],
      [{ isDeleted: true }, ['Gone.pdf']],
    ];
    it('has what fits what was typed', async (test) => {
      const { store, clock, openAlso } = await openEmpty();
      const bytes = await picture('png');
      await added(store, { bytes, fileName: 'Boat.png', alt: 'A red one under sail' });
      clock.time += 1;
      await added(store, { bytes, fileName: 'Århus.png' });
      clock.time += 1;
      await added(store, { bytes: pdf, fileName: '50%_off.pdf' });
      const gone = await added(store, { bytes: pdf, fileName: 'Gone.pdf' });
      await deleteMedia(store, gone.id, { seen: 1 }, ann);
      await added(openAlso({ site: 'other' }), { bytes, fileName: 'Boat of others.png' });
      for (const [question, names] of searches) {
        await test.test(JSON.stringify(question), async () => {
          const { items, next } = await listMedia(store, question);
          assert.deepEqual([items.map(({ name }) => name), next], [names, null]);
        });
      }
      assert.equal(await readMedia(openAlso({ site: 'other' }), gone.id), undefined);
      assert.equal(await readMedia(store, 'a\0b'), undefined);
    });

    it('says so where the database was damaged', async () => {
      const { store, database } = await withDocuments(2);
      for (const renditions of ['', '{}', '[{"file":"a"}]', '[1]']) {
        await database.kysely
          .deleteFrom('media')
          .returningAll()
          .executeTakeFirstOrThrow()
          .then((row) =>
            database.kysely
              .insertInto('media')
              .values({ ...row, renditions })
              .execute(),
          );
        await assert.rejects(listMedia(store), withCode('stored-invalid'));
      }
    });
  });

  describe('a link to media', () => {
    it('leads to the largest rendition, and tells all sizes', async () => {
      const { store, database } = await openEmpty({ url: 'https://media.example/' });
      const sent = {
        bytes: await picture('png', { width: 1000, height: 10 }),
        fileName: 'a.png',
        alt: 'Boat',
      };
      const media = await added(store, sent);
      const [small, middle, large, last] = media.renditions;
      assert.ok(small && middle && large && last);
      const statements = await statementsOfWork(database, async () => {
        const reference = { type: 'media', id: media.id };
        const resolved = await resolveReferences(database.kysely, linkablesOf(store), [reference]);
        assert.deepEqual(resolved.get(`widgy:media/${media.id}`), {
          id: media.id,
          label: 'Boat',
          url: large.url,
          picture: { url: small.url, width: 400, height: small.height },
          data: {
            ...{
              name: 'a.png',
              alt: 'Boat',
              type: 'image/webp',
              bytes: large.bytes,
              width: 1000,
              height: 10,
            },
            srcset: `${small.url} 400w, ${middle.url} 800w, ${large.url} 1000w`,
            fallback: last.url,
          },
        });
      });
      assert.equal(statements.length, 1);
      assert.match(large.url, /^https:\/\/media\.example\/[0-9a-f]{64}\/1000-[0-9a-f]{16}\.webp$/);
      assert.match(last.url, /1000-[0-9a-f]{16}\.jpg$/);
    });

    it('to a document leads to it', async () => {
      const { store, database } = await openEmpty();
      const media = await added(store, { bytes: pdf, fileName: 'Prices.pdf' });
      const [group, ...more] = await linkChoices(database.kysely, linkablesOf(store), { text: 'PRICE' });
      assert.deepEqual(more, []);
      assert.deepEqual(group, {
        type: 'media',
        label: 'Files',
        targets: [
          {
            id: media.id,
            label: 'Prices.pdf',
            url: media.url,
            data: { name: 'Prices.pdf', alt: '', type: 'application/pdf', bytes: pdf.length },
          },
        ],
      });
    });

    it('is searched for among pictures alone', async () => {
      const { store, database } = await openEmpty();
      await added(store, { bytes: pdf, fileName: 'Boat prices.pdf' });
      await added(store, { bytes: await picture('png'), fileName: 'Boat.png' });
      await added(store, { bytes: await picture('png'), fileName: 'Quay.png' });
      const question = { text: 'boat', isPicture: true };
      const groups = await linkChoices(database.kysely, linkablesOf(store), question);
      assert.deepEqual(
        groups.map(({ type, targets }) => [type, ...targets.map(({ label }) => label)]),
        [['media', 'Boat.png']],
      );
    });

    it('in the bin is not offered, and leads where it led', async () => {
      const { store, database, openAlso } = await openEmpty();
      const { id, url } = await added(store, { bytes: pdf, fileName: 'a.pdf' });
      await deleteMedia(store, id, { seen: 1 }, ann);
      assert.deepEqual(await linkChoices(database.kysely, linkablesOf(store)), []);
      const resolve = (own: typeof store) =>
        resolveReferences(database.kysely, linkablesOf(own), [{ type: 'media', id }]);
      assert.equal((await resolve(store)).get(`widgy:media/${id}`)?.url, url);
      assert.equal((await resolve(openAlso({ site: 'other' }))).size, 0);
    });
  });

  describe('the objects of media', () => {
    it('are all that a backup has to hold, each once', async () => {
      const { store, stored, storage, openAlso } = await openEmpty();
      const png = await picture('png');
      for (const [bytes, fileName] of [
        [png, 'a.png'],
        [png, 'b.png'],
        [pdf, 'c.pdf'],
      ] as const) {
        await added(store, { bytes, fileName });
      }
      await added(openAlso({ site: 'other' }), { bytes: await picture('gif'), fileName: 'd.gif' });
      const objects = await allOf(mediaObjects(store));
      assert.deepEqual(objects.map(({ name }) => name).toSorted(), await stored());
      for (const { name, bytes } of objects) assert.equal((await storage.stat(name))?.size, bytes);
    });

    it('are asked for page by page', async () => {
      const { store, database } = await withDocuments(1001);
      const statements = await statementsOfWork(database, async () => {
        assert.equal((await allOf(mediaObjects(store))).length, 1);
      });
      assert.equal(statements.length, 3);
    });
  });
}
