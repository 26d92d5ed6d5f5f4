import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WidgyError } from '../../errors.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { appendChange } from '../changes.ts';
import type { Database, Snapshot } from '../database.ts';
import { readTree, saveTree } from '../trees.ts';
import { changeAfter, insertDocument, statementsOfWork, withCode } from './fixtures.ts';

/** Tests of transactions, and of operations that compare and swap in them. */
export function testTransactions({ createUrl, isShared }: TestDatabases): void {
  const open = async (retryFor?: number) => await openMigrated(await createUrl(), retryFor);
  const tree = { hash: 'h', content: '[]' };

  describe('a transaction', () => {
    it('keeps all of a step, and gives back its result', async () => {
      const { transaction, kysely } = await open();
      const result = await transaction(async (own) => {
        await saveTree(own, tree, 1);
        return await readTree(own, 'h');
      });
      assert.equal(result, '[]');
      assert.equal(await readTree(kysely, 'h'), '[]');
    });

    it('keeps nothing of a step that throws, and throws the same', async () => {
      const { transaction, kysely } = await open();
      const failure = new Error('mine');
      const failing = transaction(async (own) => {
        await saveTree(own, tree, 1);
        throw failure;
      });
      await assert.rejects(failing, (error) => error === failure);
      assert.equal(await readTree(kysely, 'h'), undefined);
    });

    it('keeps nothing where a statement fails', async () => {
      const { transaction, kysely } = await open();
      const failing = transaction(async (own) => {
        await saveTree(own, tree, 1);
        await insertDocument(own, { draft_base: 'absent' });
      });
      await assert.rejects(failing, withCode('database-constraint'));
      assert.equal(await readTree(kysely, 'h'), undefined);
    });

    it('is done again where others were in the way', async () => {
      const { transaction, kysely } = await open();
      let tries = 0;
      await transaction(async (own) => {
        tries += 1;
        await saveTree(own, { hash: `try ${tries}`, content: '' }, 1);
        if (tries < 4) throw new WidgyError('database-busy', { message: 'for the test' });
      });
      const kept = await kysely.selectFrom('trees').select('hash').execute();
      assert.deepEqual(kept, [{ hash: 'try 4' }]);
    });

    it('gives up after a time', async () => {
      const { transaction } = await open(0);
      let tries = 0;
      const failing = transaction(async () => {
        tries += 1;
        throw new WidgyError('database-busy', { message: 'for the test' });
      });
      await assert.rejects(failing, withCode('database-busy'));
      assert.equal(tries, 1);
    });

    const past: readonly [name: string, use: (database: Database) => Promise<unknown>][] = [
      ['a query past it', ({ kysely }) => readTree(kysely, 'h')],
      ['another one inside', ({ transaction }) => transaction(async () => {})],
    ];
    for (const [name, use] of past) {
      it(`refuses ${name}, instead of waiting for itself`, async () => {
        const database = await open();
        await assert.rejects(
          database.transaction(() => use(database)),
          withCode('transaction-nested'),
        );
        await use(database);
      });
    }

    it('lets what it started go on when it is over', async () => {
      const { transaction, kysely } = await open();
      const { promise: isOver, resolve: over } = Promise.withResolvers<void>();
      const later = await transaction(async () => ({ read: isOver.then(() => readTree(kysely, 'h')) }));
      over();
      assert.equal(await later.read, undefined);
    });

    it('says what it does', async () => {
      const database = await open();
      const kept = await statementsOfWork(database, () =>
        database.transaction((own) => saveTree(own, tree, 1)),
      );
      const failed = await statementsOfWork(database, () =>
        assert.rejects(database.transaction(() => Promise.reject(new Error('mine')))),
      );
      const [first, second, third] = kept;
      assert.match(
        `${first} ${third}`,
        /^(begin immediate|start transaction isolation level serializable) commit$/,
      );
      assert.match(second ?? '', /^insert into "trees"/);
      assert.deepEqual([kept.length, failed.at(-1)], [3, 'rollback']);
    });

    it('is as if alone: of two that read what the other writes, one sees what the other did', async () => {
      const url = await createUrl();
      const one = await openMigrated(url);
      const other = isShared ? await openMigrated(url) : one;
      // Each adds a tree only if there is none. Done at once, without care both would.
      const addFirst = ({ transaction }: Database, hash: string) =>
        transaction(async (own) => {
          const { count } = await own
            .selectFrom('trees')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow();
          if (count === 0) await saveTree(own, { hash, content: '' }, 1);
        });
      await Promise.all([addFirst(one, 'a'), addFirst(other, 'b'), addFirst(one, 'c'), addFirst(other, 'd')]);
      assert.equal((await one.kysely.selectFrom('trees').select('hash').execute()).length, 1);
    });
  });

  describe('appendChange', () => {
    it('appends to what its author knew, and to nothing else', async () => {
      const { transaction, kysely } = await open();
      const id = await insertDocument(kysely);
      const append = (after: number, document = id) =>
        transaction((own) => appendChange(own, changeAfter(document, after)));
      assert.deepEqual(await append(0), { outcome: 'accepted', sequence: 1 });
      assert.deepEqual(await append(1), { outcome: 'accepted', sequence: 2 });
      assert.deepEqual(await append(1), { outcome: 'stale', sequence: 2 });
      assert.deepEqual(await append(7), { outcome: 'stale', sequence: 2 });
      assert.deepEqual(await append(0, 'absent'), { outcome: 'missing' });
      const log = await kysely
        .selectFrom('operations')
        .select(['sequence', 'operations'])
        .orderBy('sequence')
        .execute();
      assert.deepEqual(log, [
        { sequence: 1, operations: '[{"0":1}]' },
        { sequence: 2, operations: '[{"1":1}]' },
      ]);
      const { draft_sequence, draft_hash } = await kysely
        .selectFrom('documents')
        .selectAll()
        .executeTakeFirstOrThrow();
      assert.deepEqual({ draft_sequence, draft_hash }, { draft_sequence: 2, draft_hash: 'hash 2' });
    });

    it('does a request once, whatever its author knows by now', async () => {
      const { transaction, kysely } = await open();
      const [id, other] = [await insertDocument(kysely), await insertDocument(kysely)];
      const append = (document: string, after: number, key: string) =>
        transaction((own) => appendChange(own, changeAfter(document, after, 'me', key)));
      assert.deepEqual(await append(id, 0, 'a'), { outcome: 'accepted', sequence: 1 });
      assert.deepEqual(await append(id, 0, 'a'), { outcome: 'repeated', sequence: 1 });
      assert.deepEqual(await append(id, 1, 'b'), { outcome: 'accepted', sequence: 2 });
      assert.deepEqual(await append(id, 2, 'a'), { outcome: 'repeated', sequence: 1 });
      assert.deepEqual(await append(id, 1, 'c'), { outcome: 'stale', sequence: 2 });
      assert.deepEqual(await append(other, 0, 'a'), { outcome: 'accepted', sequence: 1 });
    });

    it('takes two statements and a transaction', async () => {
      const database = await open();
      const id = await insertDocument(database.kysely);
      const append = () => database.transaction((own) => appendChange(own, changeAfter(id, 0)));
      assert.equal((await statementsOfWork(database, append)).length, 4);
    });

    it('loses nothing of 20 writers at once', async () => {
      const url = await createUrl();
      const connections = [await openMigrated(url)];
      while (isShared && connections.length < 4) connections.push(await openMigrated(url));
      const [first = assert.fail()] = connections;
      const id = await insertDocument(first.kysely);
      const write = async (writer: number) => {
        const { transaction } = connections[writer % connections.length] ?? first;
        let after = 0;
        for (let done = 0; done < 5; ) {
          const appended = await transaction((own) =>
            appendChange(own, changeAfter(id, after, `writer ${writer}`)),
          );
          assert.notEqual(appended.outcome, 'missing');
          if (appended.outcome === 'accepted') done += 1;
          if ('sequence' in appended) after = appended.sequence;
        }
      };
      await Promise.all(Array.from({ length: 20 }, (_, writer) => write(writer)));
      const log = await first.kysely
        .selectFrom('operations')
        .select(['sequence', 'author'])
        .orderBy('sequence')
        .execute();
      assert.deepEqual(
        log.map(({ sequence }) => sequence),
        Array.from({ length: 100 }, (_, index) => index + 1),
      );
      const counts = Object.groupBy(log, ({ author }) => author ?? '');
      assert.deepEqual(
        Object.values(counts).map((own) => own?.length),
        Array(20).fill(5),
      );
    });
  });

  describe('a snapshot', () => {
    const hashes = async (queries: Snapshot) =>
      (await queries.selectFrom('trees').select('hash').orderBy('hash').execute()).map(({ hash }) => hash);

    it('shows what there was when it began, while others write', {
      skip: !isShared && 'one connection',
    }, async () => {
      const url = await createUrl();
      const [reader, writer] = [await openMigrated(url), await openMigrated(url)];
      await saveTree(writer.kysely, { hash: 'a', content: '' }, 1);
      await reader.snapshot(async (queries) => {
        assert.deepEqual(await hashes(queries), ['a']);
        await writer.transaction((own) => saveTree(own, { hash: 'b', content: '' }, 1));
        assert.deepEqual(await hashes(queries), ['a']);
      });
      assert.deepEqual(await hashes(reader.kysely), ['a', 'b']);
    });

    it('refuses queries past it, and is refused inside a transaction', async () => {
      const database = await openMigrated(await createUrl());
      const { kysely, snapshot, transaction } = database;
      await assert.rejects(
        snapshot(() => hashes(kysely)),
        withCode('transaction-nested'),
      );
      await assert.rejects(
        transaction(() => snapshot(hashes)),
        withCode('transaction-nested'),
      );
      assert.deepEqual(await snapshot(hashes), []);
    });
  });
}
