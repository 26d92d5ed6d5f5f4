import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { insertDocument, statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { applyOperation } from '../../tree/apply.ts';
import { counter, operationFor, randomIntent, randomTree, SEED } from '../../tree/random-fixture.ts';
import type { Reference } from '../../widgets/fields/reference.ts';
import { linkedOperation, linkedTree, linkingSite } from '../links-fixture.ts';
import { type Link, linkChanges, linkKey, linksIn } from '../links-in.ts';
import { copyLinks, readLinks, replaceDraftLinks, writeDraftLinks } from '../stored-links.ts';

const site = linkingSite();
const PAGE: Reference = { type: 'page', id: '1' };
const link = (widget: string, target = PAGE, field = 'to'): Link => ({ widget, field, target });
const sorted = (links: readonly Link[]) => links.map(linkKey).toSorted();

/** Tests of links, on one kind of database. */
export function testStoredLinks({ createUrl }: TestDatabases): void {
  describe('links', () => {
    it('are those of the draft, whatever was done to it', async () => {
      const { kysely, transaction } = await openMigrated(await createUrl());
      let count = 0;
      await fc.assert(
        fc.asyncProperty(randomTree(), fc.array(randomIntent, { maxLength: 6 }), async (random, intents) => {
          const document = await insertDocument(kysely);
          let tree = linkedTree(random);
          await transaction((own) => replaceDraftLinks(own, document, linksIn(tree.root, site)));
          const newId = counter('n');
          for (const intent of intents) {
            const applied = applyOperation(tree, linkedOperation(operationFor(tree, intent, newId)));
            if (!applied.ok) continue;
            const changes = linkChanges(tree, applied.tree, site);
            await transaction((own) => writeDraftLinks(own, document, changes));
            tree = applied.tree;
            count += changes.added.length + changes.removed.length;
          }
          assert.deepEqual(sorted(await readLinks(kysely, document, 0)), sorted(linksIn(tree.root, site)));
        }),
        { seed: SEED, numRuns: 15 },
      );
      assert.ok(count > 10, `only ${count} changes`);
    });

    it('are written in as many statements as the changes have sides', async () => {
      const database = await openMigrated(await createUrl());
      const document = await insertDocument(database.kysely);
      const other = await insertDocument(database.kysely);
      const write = (own: string, added: readonly Link[], removed: readonly Link[]) =>
        statementsOfWork(database, () =>
          database.transaction((step) => writeDraftLinks(step, own, { added, removed })),
        );
      // Beginning and ending the transaction are statements too.
      const around = (await write(document, [], [])).length;
      const count = async (added: readonly Link[], removed: readonly Link[] = []) =>
        (await write(document, added, removed)).length - around;
      const three = [link('a'), link('b'), link('a', { type: 'shop/boat', id: 'x' }, 'it\'s "quoted" – ≥')];
      assert.equal(await count(three), 1);
      await write(other, three, []);
      assert.deepEqual(sorted(await readLinks(database.kysely, document, 0)), sorted(three));
      assert.equal(await count([link('c')], [link('a'), link('z')]), 2);
      assert.deepEqual(
        sorted(await readLinks(database.kysely, document, 0)),
        sorted([...three.slice(1), link('c')]),
      );
      assert.equal(await count([], [link('c')]), 1);
      assert.equal(await count([link('b'), link('b')]), 1, 'what is there stays');
      assert.deepEqual(sorted(await readLinks(database.kysely, document, 0)), sorted(three.slice(1)));
      assert.deepEqual(sorted(await readLinks(database.kysely, other, 0)), sorted(three));
    });

    it('may be more than a database takes parameters', async () => {
      const database = await openMigrated(await createUrl());
      const document = await insertDocument(database.kysely);
      const many = Array.from({ length: 20_000 }, (_, at) => link(`w${at}`));
      const statements = await statementsOfWork(database, () =>
        database.transaction((own) => replaceDraftLinks(own, document, many)),
      );
      assert.equal(statements.filter((sql) => /links/.test(sql)).length, 2);
      assert.equal((await readLinks(database.kysely, document, 0)).length, 20_000);
      await database.transaction((own) =>
        writeDraftLinks(own, document, { added: [], removed: many.slice(1) }),
      );
      assert.deepEqual(await readLinks(database.kysely, document, 0), [link('w0')]);
    });

    it('of a draft become those of a commit in one statement', async () => {
      const database = await openMigrated(await createUrl());
      const document = await insertDocument(database.kysely);
      const other = await insertDocument(database.kysely);
      const links = [link('a'), link('b')];
      await database.transaction((own) => replaceDraftLinks(own, document, links));
      await database.transaction((own) => replaceDraftLinks(own, other, [link('x')]));
      const statements = await statementsOfWork(database, () =>
        database.transaction((own) => copyLinks(own, document, 0, 1)),
      );
      assert.equal(statements.filter((sql) => /links/.test(sql)).length, 1);
      await database.transaction((own) => replaceDraftLinks(own, document, []));
      assert.deepEqual(await readLinks(database.kysely, document, 0), []);
      assert.deepEqual(sorted(await readLinks(database.kysely, document, 1)), sorted(links));
      assert.deepEqual(await readLinks(database.kysely, other, 1), []);
      await assert.rejects(
        database.transaction(async (own) => {
          await copyLinks(own, document, 1, 2);
          await copyLinks(own, document, 1, 2);
        }),
        withCode('database-constraint'),
      );
      assert.deepEqual(await readLinks(database.kysely, document, 2), []);
    });

    it('are kept of no document that is not there', async () => {
      const { transaction } = await openMigrated(await createUrl());
      await assert.rejects(
        transaction((own) => writeDraftLinks(own, 'none', { added: [link('a')], removed: [] })),
        withCode('database-constraint'),
      );
    });
  });
}
