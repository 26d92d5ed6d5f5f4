import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { boatyard, perPage, title } from '../settings-fixture.ts';
import { readSettings } from '../snapshot.ts';
import { openSettings, type SettingsStore } from '../store.ts';
import { resetSetting, type SettingChange, writeSettings } from '../write.ts';

const ann = { id: 'ann' };

/** Tests of changing settings, on one kind of database. */
export function testWriting({ createUrl, isShared }: TestDatabases): void {
  const open = async (file: Readonly<Record<string, unknown>> = {}) => {
    const url = await createUrl();
    const database = await openMigrated(url);
    const openOn = (own: Database): SettingsStore =>
      openSettings({ settings: boatyard, database: own, file, now: () => 1_790_000_000_123 });
    const rows = () => database.kysely.selectFrom('settings').selectAll().orderBy('name').execute();
    const second = async () => openOn(isShared ? await openMigrated(url) : database);
    return { database, store: openOn(database), second, rows };
  };

  describe('changing settings', () => {
    it('keeps all changes in two statements, with their author', async () => {
      const { database, store, rows } = await open();
      const statements = await statementsOfWork(database, async () => {
        const changes = [
          set('site.title', 'Slipway', 0),
          set('list.perPage', 20, 0),
          set('list.note', null, 0),
        ];
        assert.deepEqual(await writeSettings(store, changes, ann), {
          ok: true,
          revisions: { 'site.title': 1, 'list.perPage': 1, 'list.note': 1 },
        });
      });
      assert.deepEqual(
        statements
          .map((statement) => /^\w+/.exec(statement)?.[0])
          .filter((word) => word === 'select' || word === 'insert'),
        ['select', 'insert'],
      );
      const common = { site: 'default', revision: 1, updated_at: 1_790_000_000_123, author: 'ann' };
      assert.deepEqual(await rows(), [
        { ...common, name: 'list.note', value: 'null' },
        { ...common, name: 'list.perPage', value: '20' },
        { ...common, name: 'site.title', value: '"Slipway"' },
      ]);
      const snapshot = await readSettings(store);
      assert.deepEqual(
        [snapshot.get(title), snapshot.get(perPage), snapshot.find('list.note')?.source],
        ['Slipway', 20, 'database'],
      );
    });

    it('keeps texts that databases would change', async () => {
      const { store } = await open();
      const text = '\0\ud800e\u0301\u2028"\\';
      assert.equal((await writeSettings(store, [set('site.title', text, 0)], ann)).ok, true);
      assert.equal((await readSettings(store)).get(title), text);
    });

    it('goes back to the default, and counts on', async () => {
      const { store, rows } = await open();
      const write = async (...changes: readonly SettingChange[]) => await writeSettings(store, changes, ann);
      await write(set('site.title', 'One', 0));
      const reset = await resetSetting(store, title, { seen: 1 }, { id: null });
      assert.deepEqual(reset, { ok: true, revisions: { 'site.title': 2 } });
      assert.deepEqual((await readSettings(store)).find('site.title'), {
        ...{ value: 'Boatyard', source: 'default', revision: 2 },
      });
      const late = await write(set('site.title', 'Late', 1));
      assert.equal(late.ok === false && late.refusal.code, 'stale');
      assert.deepEqual(await write(set('site.title', 'Two', 2)), {
        ok: true,
        revisions: { 'site.title': 3 },
      });
      assert.deepEqual(
        (await rows()).map(({ value, author }) => [value, author]),
        [['"Two"', 'ann']],
      );
      assert.deepEqual(await write({ kind: 'reset', name: 'list.note', seen: 0 }), {
        ok: true,
        revisions: { 'list.note': 0 },
      });
    });

    const refused: readonly [name: string, changes: readonly SettingChange[], expected: object][] = [
      [
        'what is no setting',
        [set('site.gone', 1, 0), set('constructor', 1, 0)],
        { code: 'settings-unknown', names: ['site.gone', 'constructor'] },
      ],
      [
        'what the file gives',
        [set('site.colour', '#000000', 0)],
        { code: 'settings-fixed', names: ['site.colour'] },
      ],
      [
        'putting back what the file gives',
        [{ kind: 'reset', name: 'site.colour', seen: 0 }],
        { code: 'settings-fixed', names: ['site.colour'] },
      ],
      [
        'what is not editable',
        [set('list.theme', 'dune', 0)],
        { code: 'settings-fixed', names: ['list.theme'] },
      ],
      [
        'the same twice',
        [set('site.title', 'a', 0), set('site.title', 'b', 0)],
        { code: 'settings-repeated', names: ['site.title'] },
      ],
      [
        'what does not fit',
        [
          set('site.title', 'x'.repeat(21), 0),
          set('list.perPage', '20', 0),
          set('mail.password', undefined, 0),
          set('site.links', [{ label: 'a', top: 1 }], 0),
        ],
        {
          code: 'settings-invalid',
          errors: [
            { code: 'too-long', path: '/site.title', message: 'Use at most 20 characters.' },
            { code: 'wrong-kind', path: '/list.perPage', message: 'Enter a number.' },
            { code: 'not-json', path: '/mail.password', message: 'JSON cannot hold a undefined' },
            {
              code: 'unknown-field',
              path: '/site.links/0/top',
              message: 'There is no field "top" here. Did you mean "to"?',
            },
          ],
        },
      ],
      [
        'too much',
        [set('site.title', 'x'.repeat(64 * 1024), 0)],
        {
          code: 'settings-invalid',
          errors: [
            { code: 'field-too-large', path: '/site.title', message: 'the field has more than 65536 bytes' },
          ],
        },
      ],
      [
        'what others changed',
        [set('site.title', 'Mine', 0), set('mail.password', 'mine', 0), set('list.perPage', 30, 1)],
        {
          code: 'stale',
          settings: [
            { name: 'site.title', revision: 1, value: 'Kept' },
            { name: 'mail.password', revision: 1, value: undefined },
          ],
        },
      ],
    ];
    it('refuses all if one cannot be', async (test) => {
      const { database, store, rows } = await open({ 'site.colour': '#ffffff' });
      const kept = [
        set('site.title', 'Kept', 0),
        set('mail.password', 's3cret', 0),
        set('list.perPage', 20, 0),
      ];
      assert.equal((await writeSettings(store, kept, ann)).ok, true);
      const before = await rows();
      for (const [name, changes, expected] of refused) {
        await test.test(name, async () => {
          const statements = await statementsOfWork(database, async () => {
            // Beside each stands one that could be done.
            const written = await writeSettings(store, [...changes, set('list.note', 'x', 0)], ann);
            assert.ok(!written.ok);
            const { what, ...rest } = written.refusal;
            assert.notEqual(what, '');
            assert.deepEqual(rest, expected);
            assert.doesNotMatch(JSON.stringify(written), /s3cret/);
          });
          if (!('settings' in expected)) assert.deepEqual(statements, []);
          assert.deepEqual(await rows(), before);
        });
      }
    });

    it('leaves alone what is there already', async () => {
      const { database, store, rows } = await open();
      const changes = [set('site.title', 'Slipway', 0)];
      await writeSettings(store, changes, ann);
      const before = await rows();
      const statements = await statementsOfWork(database, async () => {
        const again = await writeSettings(store, changes, { id: 'bob' });
        assert.deepEqual(again, { ok: true, revisions: { 'site.title': 1 } });
      });
      assert.equal(statements.filter((statement) => statement.startsWith('insert')).length, 0);
      assert.deepEqual(await rows(), before);
      assert.deepEqual(await statementsOfWork(database, () => writeSettings(store, [], ann)), []);
    });

    it('lets one of two writers win who have seen the same', async () => {
      const { store, second } = await open();
      const other = await second();
      for (let seen = 0; seen < 5; seen += 1) {
        const written = await Promise.all([
          writeSettings(store, [set('site.title', `a${seen}`, seen)], ann),
          writeSettings(other, [set('site.title', `b${seen}`, seen)], { id: 'bob' }),
        ]);
        const outcomes = written.map((one) => (one.ok ? 'kept' : one.refusal.code));
        assert.deepEqual(outcomes.toSorted(), ['kept', 'stale']);
        const winner = outcomes[0] === 'kept' ? 'a' : 'b';
        assert.equal((await readSettings(store)).get(title), `${winner}${seen}`);
      }
    });

    it('lets both of two writers win who change different settings', async () => {
      const { store, second } = await open();
      const other = await second();
      const written = await Promise.all([
        writeSettings(store, [set('site.title', 'Both', 0)], ann),
        writeSettings(other, [set('list.perPage', 33, 0)], { id: 'bob' }),
      ]);
      assert.deepEqual(
        written.map(({ ok }) => ok),
        [true, true],
      );
      const snapshot = await readSettings(store);
      assert.deepEqual([snapshot.get(title), snapshot.get(perPage)], ['Both', 33]);
    });
  });
}

function set(name: string, value: unknown, seen: number): SettingChange {
  return { kind: 'set', name, value, seen };
}
