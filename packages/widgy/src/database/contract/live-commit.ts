import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CompiledQuery, type Insertable, sql } from 'kysely';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import type { Database } from '../database.ts';
import { liveCommitQuery, readLiveCommit } from '../live-commit.ts';
import type { CommitsTable } from '../tables.ts';
import { saveTree } from '../trees.ts';
import { commit, insertDocument, statementsOfWork } from './fixtures.ts';

/** Tests of what visitors see of a document, and of how the database finds it. */
export function testLiveCommit({ createUrl }: TestDatabases): void {
  const open = async () => await openMigrated(await createUrl());

  describe('the live commit', () => {
    const NOW = 1000;
    const approved = { approved_by: 'ann', approved_at: 1 };
    /** What there is, oldest first; then the number of the commit that is live, without and with review. */
    const cases: readonly [
      name: string,
      commits: readonly Partial<Insertable<CommitsTable>>[],
      live: number | undefined,
      reviewed: number | undefined,
    ][] = [
      ['none without commits', [], undefined, undefined],
      ['one that is ready from this moment on', [{ publish_at: NOW }], 1, undefined],
      ['none before its time', [{ publish_at: NOW + 1 }], undefined, undefined],
      ['none that is only kept', [{ publish_at: null }], undefined, undefined],
      ['the newest of those that are ready', [{}, {}, {}], 3, undefined],
      ['an older one until the newer one is ready', [{}, { publish_at: 2000 }], 1, undefined],
      [
        'a later commit with an earlier time, over one that waits',
        [{}, { publish_at: 2000 }, {}],
        3,
        undefined,
      ],
      [
        'a later commit, though its time came before',
        [{ publish_at: 900 }, { publish_at: 100 }],
        2,
        undefined,
      ],
      ['only what is approved, where that counts', [approved, {}, approved, {}], 4, 3],
      ['time and approval of the same commit', [approved, { ...approved, publish_at: 2000 }, {}], 3, 1],
      ['none that is withdrawn', [approved, { ...approved, is_withdrawal: 1 }], undefined, undefined],
      ['one until it is withdrawn', [approved, { ...approved, is_withdrawal: 1, publish_at: 2000 }], 1, 1],
      ['one that came after a withdrawal', [{}, { is_withdrawal: 1 }, {}], 3, undefined],
    ];
    for (const [name, commits, live, reviewed] of cases) {
      it(`is ${name}`, async () => {
        const { kysely } = await open();
        const other = await insertDocument(kysely);
        await kysely
          .insertInto('commits')
          .values(commit(other, 1, approved))
          .execute();
        const document = await insertDocument(kysely);
        for (const [index, own] of commits.entries()) {
          const tree = `tree ${index + 1}`;
          await saveTree(kysely, { hash: tree, content: `"${tree}"` }, 1);
          await kysely
            .insertInto('commits')
            .values(commit(document, index + 1, { tree, ...own }))
            .execute();
        }
        for (const [isReviewed, expected] of [
          [false, live],
          [true, reviewed],
        ] as const) {
          assert.deepEqual(
            await readLiveCommit(kysely, { document, now: NOW, isReviewed }),
            expected && { commit: expected, hash: `tree ${expected}` },
          );
        }
      });
    }

    it('is read with one statement, however many commits there are', async () => {
      const database = await open();
      for (const count of [1, 100]) {
        const document = await insertHistory(database, count);
        const statements = await statementsOfWork(database, () =>
          readLiveCommit(database.kysely, { document, now: 0, isReviewed: false }),
        );
        assert.equal(statements.length, 1);
      }
    });

    it('is found by indices, without sorting', async () => {
      const database = await open();
      const { kind, kysely } = database;
      // Enough that a database has no reason to read all instead.
      const [document = assert.fail()] = await Promise.all(
        Array.from({ length: 40 }, () => insertHistory(database, 50)),
      );
      await sql.raw(kind === 'sqlite' ? 'analyze' : 'vacuum analyze').execute(kysely);
      for (const isReviewed of [false, true]) {
        const plan = await planOf(
          database,
          liveCommitQuery({ document, now: 5, isReviewed }).compile(kysely),
        );
        assert.match(
          plan,
          kind === 'sqlite'
            ? /SEARCH shown USING COVERING INDEX commits_live/
            : /Index (Only )?Scan Backward using commits_(live|pkey)/,
        );
        assert.doesNotMatch(plan, /\bSCAN\b|Seq Scan|Sort|TEMP B-TREE/);
      }
    });
  });
}

/** Makes a document with so many commits, each with a tree of its own; returns its id. */
async function insertHistory({ kysely }: Database, count: number): Promise<string> {
  const document = await insertDocument(kysely);
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const treeOf = (number: number) => `${document} ${number}`;
  const trees = numbers.map((number) => ({ hash: treeOf(number), content: '{}', created_at: 1 }));
  await kysely.insertInto('trees').values(trees).execute();
  const commits = numbers.map((number) =>
    commit(document, number, {
      tree: treeOf(number),
      ...(number % 2 === 0 ? { approved_by: 'ann', approved_at: 1 } : {}),
    }),
  );
  await kysely.insertInto('commits').values(commits).execute();
  return document;
}

/** How the database would do a query, as it says itself. */
async function planOf({ kind, kysely }: Database, { sql: text, parameters }: CompiledQuery): Promise<string> {
  const explain = kind === 'sqlite' ? 'explain query plan' : 'explain';
  const { rows } = await kysely.executeQuery(CompiledQuery.raw(`${explain} ${text}`, [...parameters]));
  return JSON.stringify(rows);
}
