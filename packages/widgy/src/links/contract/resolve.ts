import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { parseReference, type Reference } from '../../widgets/fields/reference.ts';
import { linkChoices } from '../choices.ts';
import { missingTargets, resolveReferences } from '../resolve.ts';
import { createThings, type Thing, thingLinkables } from './things.ts';

const THINGS: readonly Thing[] = [
  { type: 'page', id: '1', label: 'about us', url: '/about' },
  { type: 'page', id: '2', label: 'Zoo', url: undefined },
  { type: 'page', id: '3', label: 'Ärger', url: '/a' },
  { type: 'page', id: '10', label: 'Page 10', url: '/10' },
  { type: 'page', id: '9', label: 'Page 9', url: '/9' },
  { type: 'shop/boat', id: 'x', label: 'Dinghy', url: '/boats/x' },
];
const linkables = thingLinkables();
const references = (...texts: readonly string[]): readonly Reference[] =>
  texts.map((text) => {
    const reference = parseReference(text);
    assert.ok(reference, text);
    return reference;
  });

/** Tests of references and choices, on one kind of database. */
export function testResolve({ createUrl }: TestDatabases): void {
  describe('references and choices', () => {
    const open = async () => {
      const database = await openMigrated(await createUrl());
      await createThings(database.kysely, THINGS);
      return database;
    };

    it('are resolved with one statement for each type', async () => {
      const database = await open();
      const wanted = references(
        'widgy:page/1',
        'widgy:page/2',
        'widgy:page/1',
        'widgy:page/99',
        'widgy:shop/boat/x',
        'widgy:shop/boat/1',
        'widgy:gone/1',
      );
      const statements = await statementsOfWork(database, async () =>
        assert.deepEqual(
          await resolveReferences(database.kysely, linkables, wanted),
          new Map([
            ['widgy:page/1', { id: '1', label: 'about us', url: '/about' }],
            ['widgy:page/2', { id: '2', label: 'Zoo', url: undefined }],
            ['widgy:shop/boat/x', { id: 'x', label: 'Dinghy', url: '/boats/x' }],
          ]),
        ),
      );
      assert.equal(statements.length, 2);
      const links = wanted.map((target, at) => ({ widget: `w${at}`, field: 'to', target }));
      const missing = await missingTargets(database.kysely, linkables, links);
      assert.deepEqual(
        missing.map(({ widget }) => widget),
        ['w3', 'w5', 'w6'],
      );
      assert.deepEqual(
        await statementsOfWork(database, () => resolveReferences(database.kysely, linkables, [])),
        [],
      );
    });

    it('are offered in groups and in order', async () => {
      const database = await open();
      const statements = await statementsOfWork(database, async () => {
        const groups = await linkChoices(database.kysely, linkables);
        assert.deepEqual(
          groups.map(({ type, label, targets }) => [type, label, targets.map((target) => target.label)]),
          [
            ['shop/boat', 'Boats', ['Dinghy']],
            ['page', 'pages', ['about us', 'Ärger', 'Page 9', 'Page 10', 'Zoo']],
          ],
        );
      });
      assert.equal(statements.length, 2);
    });

    it('are searched', async () => {
      const { kysely } = await open();
      const ids = async (question: Parameters<typeof linkChoices>[2]) =>
        (await linkChoices(kysely, linkables, question)).map(({ type, targets }) =>
          [type, ...targets.map(({ id }) => id)].join(' '),
        );
      assert.deepEqual(await ids({ text: '  PAGE ' }), ['page 9 10']);
      assert.deepEqual(await ids({ text: "'; drop table things; --" }), []);
      assert.deepEqual(await ids({ text: 'a\0b\ud800' }), []);
      assert.deepEqual(await ids({ types: ['shop/boat', 'gone'] }), ['shop/boat x']);
      assert.deepEqual(await ids({ types: [] }), []);
      assert.deepEqual(await ids({ limit: 1 }), ['shop/boat x', 'page 1']);
    });
  });
}
