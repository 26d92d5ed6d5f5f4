import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { insertDocument } from './database/contract/fixtures.ts';
import { appendOperation, type Database, readTree, saveTree } from './database/index.ts';
import { openMigrated, testDatabases } from './testing/test-databases.ts';
import {
  applyOperation,
  checkOperation,
  checkTree,
  createTree,
  createWidget,
  findWidget,
  formatOperation,
  formatTree,
  hashTree,
  invertOperation,
  newWidget,
  type Operation,
  parseOperation,
  parseTree,
  type Tree,
} from './tree/index.ts';
import { counter, operationFor, randomIntent, randomTree, SEED } from './tree/random-fixture.ts';
import { checkWidgetFields, defineSite, defineWidget, readWidgetForm } from './widgets/index.ts';

const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      type: 'page',
      label: 'Page',
      isRootChoice: true,
      children: { accept: ['content'], default: ['note'] },
      files: [],
    }),
    defineWidget({
      type: 'note',
      label: 'Note',
      groups: ['content'],
      fields: z.object({
        text: z.string().default('').meta({ kind: 'rich-text' }),
        stars: z.int().max(5).default(3),
      }),
      files: [],
    }),
  ],
});

/** What databases, encodings and templates stumble over. */
const HOSTILE = "a\0b \ud800 \u{1f600} e\u0301 </script> '); drop table trees; --\u2028";

/** Keeps a tree and the operations that somebody does to it: each in one transaction with its inverse. */
async function keep({ kysely, transaction }: Database, base: Tree, operations: readonly Operation[]) {
  const stored = { hash: hashTree(base), content: formatTree(base) };
  await saveTree(kysely, stored, 1);
  const document = await insertDocument(kysely, { draft_base: stored.hash });
  let tree = base;
  let after = 0;
  for (const operation of operations) {
    const applied = applyOperation(tree, operation);
    const inverted = invertOperation(tree, operation);
    if (!applied.ok || !inverted.ok) continue;
    const appended = await transaction((own) =>
      appendOperation(own, {
        document,
        after,
        operation: formatOperation(operation),
        inverse: formatOperation(inverted.operation),
        author: null,
        now: 1,
      }),
    );
    assert.deepEqual(appended, { outcome: 'accepted', sequence: after + 1 });
    tree = applied.tree;
    after += 1;
  }
  return { document, tree };
}

/** Reads a draft: the tree that it starts from, the tree it is at, and that one with everything undone. */
async function read({ kysely }: Database, document: string) {
  const { draft_base } = await kysely
    .selectFrom('documents')
    .select('draft_base')
    .where('id', '=', document)
    .executeTakeFirstOrThrow();
  const parsed = parseTree(JSON.parse((await readTree(kysely, draft_base)) ?? ''));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const log = await kysely
    .selectFrom('operations')
    .select(['operation', 'inverse'])
    .where('document', '=', document)
    .orderBy('sequence')
    .execute();
  const follow = (start: Tree, texts: readonly string[]) =>
    texts.reduce((tree, text) => {
      const operation = parseOperation(JSON.parse(text));
      assert.ok(operation.ok, JSON.stringify(operation));
      const applied = applyOperation(tree, operation.value);
      assert.ok(applied.ok, JSON.stringify(applied));
      return applied.tree;
    }, start);
  const tree = follow(
    parsed.value,
    log.map(({ operation }) => operation),
  );
  const undone = follow(tree, log.map(({ inverse }) => inverse).reverse());
  return { base: parsed.value, tree, undone, count: log.length };
}

for (const { name, createUrl } of testDatabases) {
  describe(`widgets, trees and ${name}`, () => {
    it('keep what somebody did to a page, with what this code does not know', async () => {
      const database = await openMigrated(await createUrl());
      const page = newWidget(site.catalogue, 'page', counter('w'));
      assert.ok(page);
      const old = createWidget({ id: 'old', type: 'gone', fields: { any: [HOSTILE, { x: null }] } });
      const base = createTree(createWidget({ ...page, children: [...page.children, old] }));

      const note = findWidget(base, 'w1');
      assert.equal(note?.type, 'note');
      const form = [
        ['fields.text', HOSTILE],
        ['fields.stars', '5'],
      ] as const;
      const answer = readWidgetForm(site, note.type, form, note.fields);
      assert.ok(answer.status === 'read');
      const set: Operation = { kind: 'set', id: note.id, fields: answer.fields, unset: [] };
      const checked = checkOperation(base, set, site.catalogue);
      assert.ok(checked.ok, JSON.stringify(checked));

      const kept = await keep(database, base, [set]);
      const draft = await read(database, kept.document);
      assert.equal(draft.count, 1);
      assert.equal(formatTree(draft.base), formatTree(base));
      assert.equal(hashTree(draft.tree), hashTree(checked.tree));
      assert.equal(hashTree(draft.undone), hashTree(base));
      assert.deepEqual(findWidget(draft.tree, 'old'), old);
      assert.deepEqual(
        checkTree(draft.tree, site.catalogue).map(({ code, ids }) => [code, ids]),
        [['type-unknown', ['old']]],
      );
      // What was checked once is what it is: nothing is escaped or changed a second time.
      const fields = findWidget(draft.tree, 'w1')?.fields ?? {};
      assert.deepEqual(checkWidgetFields(site, 'note', fields), { ok: true, fields: answer.fields });
      assert.equal(fields.text, HOSTILE.replace('<', '&lt;').replace('>', '&gt;').replace("'", '&#39;'));
    });

    it('keep any operations on any tree', async () => {
      const database = await openMigrated(await createUrl());
      let count = 0;
      await fc.assert(
        fc.asyncProperty(randomTree(), fc.array(randomIntent, { maxLength: 8 }), async (base, intents) => {
          const newId = counter('n');
          const wanted: Operation[] = [];
          intents.reduce((tree, intent) => {
            const operation = operationFor(tree, intent, newId);
            const applied = applyOperation(tree, operation);
            wanted.push(operation);
            return applied.ok ? applied.tree : tree;
          }, base);
          const { document, tree } = await keep(database, base, wanted);
          const draft = await read(database, document);
          count += draft.count;
          assert.equal(hashTree(draft.tree), hashTree(tree));
          assert.equal(hashTree(draft.undone), hashTree(base));
        }),
        { seed: SEED, numRuns: 25 },
      );
      assert.ok(count > 50, `only ${count} operations`);
    });
  });
}
