import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import type { Author } from '../author.ts';
import {
  accepted,
  ann,
  codeOf,
  createFrom,
  olderSite,
  openStore,
  operation,
  strictSite,
} from '../documents-fixture.ts';
import { type ChangeRequest, changeDraft } from '../drafts/change-draft.ts';
import { foldDraft } from '../drafts/fold-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { readState } from '../drafts/read-state.ts';
import { undoChange } from '../drafts/undo-change.ts';
import {
  FOLD_OPERATIONS,
  FOLD_SIZE,
  KEPT_SIZE,
  MAX_OPERATIONS,
  MAX_READ_SIZE,
  MAX_REBASED_PAIRS,
} from '../limits.ts';
import { openDocuments } from '../store.ts';
import { insert, openChanges, page, remove, set, stored } from './changes-fixture.ts';
import { note } from './document-fixture.ts';

/** Tests of changing drafts. */
export function testChanges(databases: TestDatabases): void {
  const open = (options?: Parameters<typeof openStore>[1]) => openChanges(databases, options);
  const { createUrl } = databases;

  describe('a change', () => {
    it('is kept, with what undoes it', async () => {
      const { store, document, change } = await open();
      const before = await stored(store, document);
      const changed = accepted(await change({ operations: [set('a', { stars: 5 }), remove('b')] }));
      assert.equal(changed.sequence, 1);
      const after = await stored(store, document);
      assert.match(after, /"id":"a","type":"note"/);
      assert.doesNotMatch(after, /"id":"b"/);
      const undone = accepted(await undoChange(store, document, { change: 1 }, ann));
      assert.equal(undone.sequence, 2);
      assert.equal(await stored(store, document), before);
      accepted(await undoChange(store, document, { change: 2 }, ann));
      assert.equal(await stored(store, document), after);
    });

    it('sanitises and completes the fields it brings', async () => {
      const { store, document, change } = await open();
      const hostile = '<b>x</b><script>alert(1)</script>';
      const operations = [
        insert('new', 'two', { text: hostile }),
        set('a', { text: hostile }),
        operation({
          kind: 'insert',
          widget: { id: 's', type: 'section', children: [note('deep', { text: hostile })] },
          at: { parent: 'page' },
        }),
      ];
      const { operations: done } = accepted(await change({ operations }));
      assert.doesNotMatch(await stored(store, document), /<script/);
      const [first] = done;
      assert.ok(first?.kind === 'insert');
      assert.deepEqual(Object.keys(first.widget.fields).sort(), ['stars', 'text', 'to']);
    });

    it('is rebased over what others did', async () => {
      const { store, document, change } = await open();
      accepted(await change({ operations: [remove('a')] }));
      accepted(await change({ operations: [insert('c', 'one')] }));
      const move = operation({ kind: 'move', id: 'b', to: { parent: 'one', before: 'a' } });
      const changed = accepted(
        await change({ operations: [insert('d', 'two'), move, set('two', { title: 'x' })] }),
      );
      assert.equal(changed.sequence, 3);
      const text = await stored(store, document);
      assert.match(text, /"id":"b".*"id":"c".*"id":"one".*"id":"d"/);
    });

    it('of the same field to another value is refused with both values', async () => {
      const { change } = await open();
      accepted(await change({ operations: [set('one', { title: 'Theirs' })] }));
      const refused = await change({ operations: [set('a', { stars: 1 }), set('one', { title: 'Mine' })] });
      assert.ok(!refused.ok && refused.refusal.code === 'conflict');
      const { index, conflict, sequence } = refused.refusal;
      assert.deepEqual({ index, sequence, code: conflict.code }, { index: 1, sequence: 1, code: 'fields' });
      assert.deepEqual(conflict.fields, [{ name: 'title', base: 'One', mine: 'Mine', theirs: 'Theirs' }]);
    });

    it('that has nothing left to do is acknowledged, and not kept', async () => {
      const { store, document, change } = await open();
      accepted(await change({ operations: [remove('a')] }));
      const again = accepted(await change({ operations: [remove('a')] }));
      assert.deepEqual([again.sequence, again.operations], [1, []]);
      const nothing = accepted(await change({ after: 1, operations: [set('one', { title: 'One' })] }));
      assert.equal(nothing.sequence, 1);
      assert.equal((await readDraft(store, document))?.state.sequence, 1);
    });

    const cases: readonly [name: string, request: Partial<ChangeRequest>, code: string][] = [
      ['that fits no rule', { operations: [insert('x', 'page')] }, 'operation-refused'],
      ['about what is not there', { operations: [set('x', {})] }, 'operation-refused'],
      [
        'with an unknown type',
        {
          operations: [
            operation({ kind: 'insert', widget: { id: 'x', type: 'gone' }, at: { parent: 'two' } }),
          ],
        },
        'operation-refused',
      ],
      ['with fields that do not fit', { operations: [set('a', { stars: 9 })] }, 'fields-invalid'],
      ['with an unknown field', { operations: [set('a', { colour: 1 })] }, 'fields-invalid'],
      ['with an unsafe link', { operations: [set('a', { to: 'javascript:alert(1)' })] }, 'fields-invalid'],
      ['with a link to nothing', { operations: [set('a', { to: 'widgy:page/9' })] }, 'links-missing'],
      ['of a draft that is still to come', { after: 7, operations: [set('a', {})] }, 'sequence-unknown'],
      [
        'with too many operations',
        { operations: Array(MAX_OPERATIONS + 1).fill(remove('a')) },
        'operations-too-many',
      ],
      ['with a key that is too long', { key: 'x'.repeat(129), operations: [remove('a')] }, 'text-invalid'],
      ['with an empty key', { key: '', operations: [remove('a')] }, 'text-invalid'],
      ['with half a character in its key', { key: '\ud800', operations: [remove('a')] }, 'text-invalid'],
    ];
    for (const [name, request, code] of cases) {
      it(`${name} is refused, and nothing of it is done`, async () => {
        const { store, document, change } = await open();
        const before = await stored(store, document);
        const operations = [set('b', { stars: 1 }), ...(request.operations ?? [])];
        assert.equal(codeOf(await change({ ...request, operations })), code);
        assert.equal(await stored(store, document), before);
      });
    }

    it('of a document that is not there is refused', async () => {
      const { store } = await open();
      const request = { after: 0, operations: [remove('a')] };
      assert.equal(codeOf(await changeDraft(store, 'absent', request, ann)), 'document-missing');
    });

    it('edits around a type that the code no longer has', async () => {
      const old = { id: 'old', type: 'gone', fields: { any: [1] } };
      const earlier = await openStore(await createUrl(), { site: olderSite });
      const document = await createFrom(earlier, { ...page, children: [...page.children, old] });
      const { database, now, newId } = earlier;
      const store = openDocuments({ database, now, newId, site: strictSite });
      const change = (request: ChangeRequest) => changeDraft(store, document, request, ann);
      accepted(await change({ after: 0, operations: [set('a', { stars: 1 }), insert('c', 'two')] }));
      assert.match(await stored(store, document), /"any":\[1\]/);
      assert.equal(
        codeOf(await change({ after: 1, operations: [set('old', { any: 2 })] })),
        'operation-refused',
      );
      accepted(await change({ after: 1, operations: [remove('old')] }));
      accepted(await undoChange(store, document, { change: 2 }, ann));
      assert.match(await stored(store, document), /"any":\[1\]/);
    });

    it('is asked for all permissions it needs', async () => {
      const { change } = await open();
      const asked: string[] = [];
      const may = (allowed: (name: string) => boolean): Author => ({
        id: 'bob',
        may: (action, type) => {
          asked.push(`${action} ${type}`);
          return allowed(`${action} ${type}`);
        },
      });
      const operations = [
        operation({
          kind: 'duplicate',
          id: 'one',
          at: { parent: 'page' },
          ids: [
            ['one', 'x'],
            ['a', 'y'],
            ['b', 'z'],
          ],
        }),
        operation({ kind: 'move', id: 'a', to: { parent: 'two' } }),
        remove('two'),
      ];
      const refused = await change(
        { operations },
        may((name) => name !== 'delete note'),
      );
      assert.ok(!refused.ok && refused.refusal.code === 'not-permitted');
      assert.deepEqual([refused.refusal.action, refused.refusal.type], ['delete', 'note']);
      assert.deepEqual([...new Set(asked)].sort(), [
        'add note',
        'add section',
        'change note',
        'delete note',
        'delete section',
      ]);
      accepted(
        await change(
          { operations },
          may(() => true),
        ),
      );
    });
  });

  it('a change that is made for a draft of long ago is refused where fitting it would take long', async () => {
    const { document, store, change } = await open();
    const sets = (id: string, count: number) =>
      Array.from({ length: count }, (_, at) => set(id, { stars: -at - 1 }));
    accepted(await change({ operations: sets('a', 100) }));
    accepted(await change({ operations: sets('b', MAX_REBASED_PAIRS / 100) }));
    const refused = await change({ operations: sets('b', MAX_REBASED_PAIRS / 100) });
    assert.ok(!refused.ok && refused.refusal.code === 'stale' && refused.refusal.sequence === 2);
    accepted(await undoChange(store, document, { change: 2 }, ann));
  });

  it('a draft is kept anew after many operations, and after large ones', async () => {
    const { store, document, change } = await open();
    const base = async () => (await readState(store.database.kysely, document))?.baseSequence;
    const text = (length: number) => set('a', { text: 'x'.repeat(length) });
    accepted(await change({ operations: [text(1000)] }));
    assert.equal(await base(), 0);
    accepted(
      await change({
        after: 1,
        operations: Array.from({ length: FOLD_OPERATIONS }, (_, at) => set('b', { stars: -at })),
      }),
    );
    assert.equal(await base(), 2);
    accepted(await change({ after: 2, operations: [text(90_000)] }));
    assert.equal(await base(), 2);
    for (let after = 3; after < 3 + FOLD_SIZE / 90_000; after += 1)
      accepted(await change({ after, operations: [text(90_000 + after)] }));
    assert.notEqual(await base(), 2);
  });

  it('the log keeps no more than so many characters, and one request reads no more than so many', async () => {
    const { store, document, change } = await open();
    const { kysely } = store.database;
    for (let after = 0; after < 6; after += 1)
      accepted(await change({ after, operations: [set('a', { stars: -after })] }));
    // Spaces change nothing in JSON; only the three newest changes that have them fit.
    const spaces = ' '.repeat(MAX_READ_SIZE + 1);
    await sql`update operations set inverses = inverses || cast(${spaces} as text)`.execute(kysely);
    accepted(await change({ after: 6, operations: [set('a', { stars: 0 })] }));
    await foldDraft(store, (await readDraft(store, document))?.draft ?? assert.fail());
    const kept = await kysely.selectFrom('operations').select('sequence').orderBy('sequence').execute();
    assert.deepEqual(
      kept.map(({ sequence }) => sequence),
      [4, 5, 6, 7],
    );
    assert.equal(KEPT_SIZE, 4 * MAX_READ_SIZE);
    store.drafts.clear();
    assert.equal(codeOf(await change({ after: 5, operations: [set('b', { stars: 0 })] })), 'stale');
    assert.equal(codeOf(await change({ after: 1, operations: [set('b', { stars: 0 })] })), 'stale');
    accepted(await change({ after: 6, operations: [set('b', { stars: 0 })] }));
  });

  it('a hook may refuse, and is asked in the transaction', async () => {
    const asked: string[] = [];
    const { store, document, change } = await open({
      before: async (event, transaction) => {
        asked.push(event.kind);
        const { count } = await transaction
          .selectFrom('operations')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        return Number(count) > 1 ? 'one change is enough' : undefined;
      },
    });
    const told: string[] = [];
    store.events.listen(({ kind }) => told.push(kind));
    accepted(await change({ operations: [remove('a')] }));
    const refused = await change({ after: 1, operations: [remove('b')] });
    assert.ok(!refused.ok);
    assert.deepEqual(refused.refusal, { code: 'vetoed', what: 'one change is enough' });
    assert.deepEqual([asked, told], [['created', 'changed', 'changed'], ['changed']]);
    assert.match(await stored(store, document), /"id":"b"/);
  });

  it('changes take few statements, however many there were', async () => {
    const { store, change } = await open();
    for (let after = 0; after < 120; after += 1) {
      const statements = await statementsOfWork(store.database, () =>
        change({ after, operations: [set('a', { stars: -after })] }),
      );
      // Once in a while the tree is kept anew, in a transaction of its own.
      assert.equal(statements.length, after + 1 === 100 ? 4 + 7 : 4, statements.join('\n'));
    }
  });
}
