import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import { readGeneration } from '../../database/generation.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { type Author, trustedAuthor } from '../author.ts';
import { deleteDocument } from '../delete-document.ts';
import { accepted, ann, codeOf, createFrom, openStore, operation } from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { MAX_PRESENT, MAX_PRESENT_OF_AUTHOR, PRESENCE_MS } from '../limits.ts';
import { endPresence } from '../presence/end-presence.ts';
import { readPresence } from '../presence/read-presence.ts';
import { tellPresence } from '../presence/tell-presence.ts';
import { openDocuments } from '../store.ts';

const bob = trustedAuthor('bob');
const nobody = trustedAuthor();

/** Tests of who is at a document. */
export function testPresence({ name, createUrl }: TestDatabases): void {
  const open = async () => {
    const clock = { now: 1_000_000 };
    const url = await createUrl();
    const store = await openStore(url, { now: () => clock.now });
    await createFrom(store, { id: 'root', type: 'page' }, 'd');
    await createFrom(store, { id: 'root', type: 'page' }, 'e');
    const tell = (client: string, author: Author, widget: string | null = null, document = 'd') =>
      tellPresence(store, document, { client, widget }, author);
    /** Who is at a document: `a ann one, b bob -`. */
    const present = async (document = 'd') =>
      ((await readPresence(store, [document])).get(document) ?? [])
        .map(({ client, author, widget }) => `${client} ${author} ${widget ?? '-'}`)
        .join(', ');
    const rows = async () =>
      (await store.database.kysely.selectFrom('presence').select('client').execute()).length;
    return { url, clock, store, tell, present, rows };
  };

  describe('who is at a document', () => {
    it('is whoever said so, and where they said last that they are', async () => {
      const { tell, present } = await open();
      assert.equal(await present(), '');
      assert.deepEqual(accepted(await tell('b', bob)).present, [
        { client: 'b', author: 'bob', widget: null },
      ]);
      accepted(await tell('a', ann, 'one'));
      accepted(await tell('c', ann, 'two', 'e'));
      assert.deepEqual(accepted(await tell('d', nobody, 'w'.repeat(100))).present.length, 3);
      assert.equal(await present(), `a ann one, b bob -, d null ${'w'.repeat(100)}`);
      accepted(await tell('a', ann));
      accepted(await tell('b', bob, 'two'));
      assert.equal(await present(), `a ann -, b bob two, d null ${'w'.repeat(100)}`);
      assert.equal(await present('e'), 'c ann two');
    });

    it('is read for many documents by one statement, and for none by none', async () => {
      const { store, tell } = await open();
      accepted(await tell('a', ann));
      accepted(await tell('b', bob, null, 'e'));
      const reading = await statementsOfWork(store.database, async () => {
        const found = await readPresence(store, ['e', 'd', 'absent']);
        assert.deepEqual([...found.keys()].toSorted(), ['d', 'e']);
        assert.equal((await readPresence(store, [])).size, 0);
      });
      assert.equal(reading.length, 1);
    });

    it('ends some time after they said it last, without a word from anybody', async () => {
      const { clock, tell, present, rows } = await open();
      accepted(await tell('a', ann));
      clock.now += PRESENCE_MS - 1;
      assert.equal(await present(), 'a ann -');
      accepted(await tell('b', bob));
      clock.now += 1;
      assert.equal(await present(), 'b bob -');
      accepted(await tell('b', bob));
      clock.now += PRESENCE_MS - 1;
      assert.equal(await present(), 'b bob -');
      clock.now += 1;
      assert.equal(await present(), '');
      assert.equal(await rows(), 1, 'what is over is forgotten when somebody says something');
      accepted(await tell('c', ann, null, 'e'));
      assert.equal(await rows(), 1);
    });

    it('ends when they say so, and with the document', async () => {
      const { store, tell, present, rows } = await open();
      accepted(await tell('a', ann));
      accepted(await tell('b', ann));
      await endPresence(store, 'd', 'a', ann);
      await endPresence(store, 'd', 'a', ann);
      await endPresence(store, 'd', 'a\0', ann);
      await endPresence(store, 'e', 'b', ann);
      assert.equal(await present(), 'b ann -');
      accepted(await deleteDocument(store, 'd', { after: 0 }, ann));
      assert.equal(await rows(), 0);
      assert.equal(codeOf(await tell('b', ann)), 'document-missing');
    });

    it('is said of a client by nobody but its author, as long as it is there', async () => {
      const { clock, store, tell, present } = await open();
      accepted(await tell('a', ann, 'one'));
      accepted(await tell('n', nobody, 'two'));
      for (const [client, author] of [
        ['a', bob],
        ['a', nobody],
        ['n', bob],
      ] as const) {
        assert.equal(codeOf(await tell(client, author, 'three')), 'client-taken');
        await endPresence(store, 'd', client, author);
      }
      assert.equal(await present(), 'a ann one, n null two');
      accepted(await tell('a', bob, 'other', 'e'));
      assert.equal(await present('e'), 'a bob other', 'another document has clients of its own');
      clock.now += PRESENCE_MS;
      accepted(await tell('a', bob));
      assert.equal(await present(), 'a bob -');
    });

    it('is not refused because of a clock that was wrong and was put back', async () => {
      const { clock, tell, present, rows } = await open();
      accepted(await tell('a', ann));
      accepted(await tell('b', bob));
      clock.now -= PRESENCE_MS;
      assert.equal(await present(), '');
      accepted(await tell('a', ann));
      assert.equal(await present(), 'a ann -');
      assert.equal(await rows(), 1);
    });

    it('is nothing that cannot be kept', async () => {
      const { tell, rows } = await open();
      for (const id of ['', 'a b', 'a\0', '\ud800', 'x'.repeat(101)]) {
        assert.equal(codeOf(await tell(id, ann)), 'text-invalid');
        assert.equal(codeOf(await tell('a', ann, id)), 'text-invalid');
      }
      assert.equal(codeOf(await tell('a', ann, null, 'absent')), 'document-missing');
      assert.equal(await rows(), 0);
    });

    it('is no more than so many, and so many of one author', async () => {
      const { clock, store, tell, present } = await open();
      const authors = Array.from({ length: MAX_PRESENT / MAX_PRESENT_OF_AUTHOR }, (_, at) =>
        at === 0 ? nobody : trustedAuthor(`author-${at}`),
      );
      for (const [at, author] of authors.entries()) {
        for (let own = 0; own < MAX_PRESENT_OF_AUTHOR; own++) accepted(await tell(`c${at}-${own}`, author));
        if (at > 0) continue;
        assert.equal(codeOf(await tell('more', author)), 'presence-full');
        accepted(await tell('more', author, null, 'e'));
      }
      assert.equal((await present()).split(', ').length, MAX_PRESENT);
      assert.equal(codeOf(await tell('more', ann)), 'presence-full');
      accepted(await tell('c0-0', nobody, 'moved'));
      assert.match(await present(), /c0-0 null moved/);
      await endPresence(store, 'd', 'c1-0', trustedAuthor('author-1'));
      accepted(await tell('more', ann));
      clock.now += PRESENCE_MS;
      assert.equal(accepted(await tell('last', ann)).present.length, 1);
    });

    it('is said by three statements, however many are there', async () => {
      const { clock, store, tell } = await open();
      const count = async (work: () => Promise<unknown>) =>
        (await statementsOfWork(store.database, work)).length;
      assert.equal(await count(() => tell('a', ann)), 3);
      for (let at = 0; at < 50; at++) accepted(await tell(`b${at}`, trustedAuthor(`b${at}`)));
      assert.equal(await count(() => tell('a', ann, 'one')), 3);
      assert.equal(await count(() => tell('a', bob)), 3);
      assert.equal(await count(() => endPresence(store, 'd', 'b1', trustedAuthor('b1'))), 1);
      clock.now += PRESENCE_MS;
      assert.equal(await count(() => tell('a', ann)), 3);
    });

    it('is told in this process, and changes nothing that visitors see', async () => {
      const { store, tell } = await open();
      const before = await readGeneration(store.database.kysely, 'default');
      const told: string[] = [];
      store.presenceEvents.listen(({ document }) => told.push(document));
      store.events.listen(({ kind }) => told.push(kind));
      accepted(await tell('a', ann));
      codeOf(await tell('a', bob));
      accepted(await tell('a', ann, 'one', 'e'));
      await endPresence(store, 'd', 'a', bob);
      await endPresence(store, 'd', 'a', ann);
      await endPresence(store, 'd', 'a', ann);
      assert.deepEqual(told, ['d', 'e', 'd']);
      assert.deepEqual(await readGeneration(store.database.kysely, 'default'), before);
    });

    it('keeps nobody from saving', async () => {
      const { store, tell, present } = await open();
      accepted(await changeDraft(store, 'd', { after: 0, operations: [section] }, ann));
      const work = Array.from({ length: 20 }, async (_, at) => {
        accepted(await tell(`a${at % 5}`, ann, `w${at}`));
        accepted(await changeDraft(store, 'd', { after: 1, operations: [note(at)] }, ann));
      });
      await Promise.all(work);
      assert.equal((await present()).split(', ').length, 5);
    });

    if (name === 'PostgreSQL') {
      it('does not wait for a transaction that saves', async () => {
        const { url, store, tell } = await open();
        const other = openDocuments({ database: await openMigrated(url), site: store.site });
        await other.database.transaction(async (transaction) => {
          await transaction.updateTable('documents').set({ draft_hash: 'x' }).where('id', '=', 'd').execute();
          accepted(await tell('a', ann, 'one'));
          accepted(await tell('a', ann, 'two'));
        });
      });
    }
  });
}

const section = operation({ kind: 'insert', widget: { id: 's', type: 'section' }, at: { parent: 'root' } });

const note = (at: number) =>
  operation({ kind: 'insert', widget: { id: `n${at}`, type: 'note' }, at: { parent: 's' } });
