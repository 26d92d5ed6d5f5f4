import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { isSameJson, type JsonValue } from '../../tree/json.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { defineSetting } from '../define-setting.ts';
import { offlineSettings } from '../offline-settings.ts';
import { publicSettings } from '../public-settings.ts';
import { boatyard, links, note, perPage, theme, title } from '../settings-fixture.ts';
import { perRequest, readSettings } from '../snapshot.ts';
import { openSettings, type SettingsOptions } from '../store.ts';
import { unknownSettings } from '../unknown-settings.ts';
import type { SettingWarning } from '../warning.ts';

/** Tests of reading settings, on one kind of database. */
export function testReading({ createUrl }: TestDatabases): void {
  const open = async (options: Partial<SettingsOptions> = {}) => {
    const database = await openMigrated(await createUrl());
    return { database, ...settingsIn(database, options) };
  };

  /** Opens the settings of a site. */
  const settingsIn = (
    database: Database,
    { site = 'default', ...options }: Partial<SettingsOptions> = {},
  ) => {
    const told: SettingWarning[] = [];
    const onProblem = (warning: SettingWarning) => told.push(warning);
    const insert = (rows: Rows, own: object = {}) => insertRows(database, rows, { site, ...own });
    return {
      ...{ site, told, insert },
      store: openSettings({ settings: boatyard, database, site, onProblem, ...options }),
    };
  };

  describe('reading settings', () => {
    it('gives file over database over default, in one statement', async () => {
      const { database, store, told, insert } = await open({
        file: { 'site.title': 'File', 'list.note': null },
      });
      await insert({ 'site.title': '"Row"', 'site.colour': '"#abcdef"', 'list.note': null });
      const [statement = '', ...more] = await statementsOfWork(database, async () => {
        const snapshot = await readSettings(store);
        const value: string = snapshot.get(title);
        assert.equal(value, 'File');
        assert.equal(snapshot.get(note), null);
        assert.deepEqual(snapshot.find('site.colour'), { value: '#abcdef', source: 'database', revision: 1 });
        assert.deepEqual(snapshot.find('list.perPage'), { value: 10, source: 'default', revision: 0 });
        assert.equal(snapshot.find('constructor'), undefined);
      });
      assert.match(statement, /^select .* from "settings"/);
      assert.deepEqual(more, []);
      assert.deepEqual(
        told.map(({ code, name }) => `${code} ${name}`),
        ['setting-shadowed site.title'],
      );
    });

    it('tells of a row once, again when it was written anew, and no more when it is right', async () => {
      const { database, store, told, insert, site } = await open({ file: { 'site.title': 'File' } });
      const read = async (text: string, revision: number) => {
        await database.kysely.deleteFrom('settings').where('site', '=', site).execute();
        await insert({ 'site.title': text }, { revision });
        await readSettings(store);
        await readSettings(store);
        return [told.length, store.report().length];
      };
      assert.deepEqual(await read('"Row"', 1), [1, 1]);
      assert.deepEqual(await read('"Row 2"', 2), [2, 1]);
      assert.deepEqual(await read('"File"', 3), [2, 0]);
    });

    it('gives the default for what does not fit, and reports it without the value', async () => {
      const rows = {
        'site.title': '{',
        'site.colour': '"red"',
        'site.links': '[{"label":"","to":"/"}]',
        'list.perPage': '0',
        'list.theme': '"dune"',
        'mail.password': '["s3cret"]',
      };
      const { store, told, insert } = await open();
      await insert(rows);
      const snapshot = await readSettings(store);
      for (const name of Object.keys(rows)) {
        assert.equal(snapshot.find(name)?.source, 'default', name);
      }
      assert.deepEqual(
        [snapshot.get(perPage), snapshot.get(theme), snapshot.get(links)],
        [10, 'harbour', []],
      );
      assert.deepEqual(
        told.map(({ code, name, errors }) => [
          code,
          name,
          ...errors.map((error) => `${error.code} ${error.path}`),
        ]),
        [
          ['setting-misfit', 'site.title', 'not-json /site.title'],
          ['setting-misfit', 'site.colour', 'refused /site.colour'],
          ['setting-misfit', 'site.links', 'required /site.links/0/label'],
          ['setting-misfit', 'list.perPage', 'too-small /list.perPage'],
          // It is not editable any more.
          ['setting-shadowed', 'list.theme'],
          ['setting-misfit', 'mail.password', 'wrong-kind /mail.password'],
        ],
      );
      assert.doesNotMatch(inspect([told, store, snapshot], { depth: 5 }), /s3cret/);
    });

    it('is one reading for a request, however many ask, and a new one for the next', async () => {
      const { database, store, insert } = await open();
      const request = perRequest(store);
      const statements = await statementsOfWork(database, async () => {
        const [first, second] = await Promise.all([request(), request()]);
        await insert({ 'site.title': '"Later"' });
        assert.equal(first, second);
        assert.equal(await request(), first);
        assert.equal((await request()).get(title), 'Boatyard');
      });
      assert.equal(statements.filter((statement) => statement.startsWith('select')).length, 1);
      assert.equal((await perRequest(store)()).get(title), 'Later');
    });

    it('keeps sites apart', async () => {
      const { database, store } = await open();
      const other = settingsIn(database, { site: 'other' });
      await other.insert({ 'site.title': '"Other"' });
      assert.equal((await readSettings(store)).get(title), 'Boatyard');
      assert.equal((await readSettings(other.store)).get(title), 'Other');
    });

    it('refuses a setting that is not in the registry', async () => {
      const { store } = await open();
      const snapshot = await readSettings(store);
      const twin = defineSetting({ name: title.name, label: 'Twin', schema: title.schema });
      assert.throws(() => snapshot.get(twin), withCode('name-unknown'));
    });

    it('lists rows that no setting has, and leaves them', async () => {
      const { database, store, insert, site } = await open();
      await insert({
        'site.gone': '"s3cret"',
        'a.b': '1',
        'site.title': '"x"',
        'site.reset': null,
      });
      await insert({ 'site.elsewhere': '1' }, { site: 'elsewhere' });
      await readSettings(store);
      const statements = await statementsOfWork(database, async () => {
        assert.deepEqual(await unknownSettings(store), [
          { name: 'a.b', updatedAt: 7, author: 'ann' },
          { name: 'site.gone', updatedAt: 7, author: 'ann' },
        ]);
      });
      assert.equal(statements.length, 1);
      const left = await database.kysely
        .selectFrom('settings')
        .select('name')
        .where('site', '=', site)
        .execute();
      assert.equal(left.length, 4);
    });

    it('gives templates what is public and nothing else', async () => {
      const { store, insert } = await open();
      await insert({
        'site.links': '[{"label":"Boats","to":"/boats"}]',
        'mail.password': '"s3cret"',
      });
      const settings = publicSettings(await readSettings(store));
      assert.deepEqual(JSON.parse(JSON.stringify(settings)), {
        site: { title: 'Boatyard', colour: '#1d4f5c', links: [{ label: 'Boats', to: '/boats' }] },
        list: { theme: 'harbour' },
      });
      for (const each of objectsIn(settings)) {
        assert.ok(Object.isFrozen(each));
        assert.equal(Array.isArray(each) || Object.getPrototypeOf(each) === null, true);
      }
      const template =
        '{{ settings.site.links[0].label }},{{ settings.mail.password }}{{ settings.site.constructor }}';
      const loose = new Liquid({ ownPropertyOnly: false });
      assert.equal(await loose.parseAndRender(template, { settings }), 'Boats,');
    });

    it('reads once for a build ahead of time, and says which settings it was for', async () => {
      const { database, store, insert } = await open({ file: { 'site.colour': '#000000' } });
      await insert({ 'site.title': '"Row"' });
      const { settings, wasRead } = offlineSettings(store);
      const statements = await statementsOfWork(database, async () => {
        assert.equal(await settings.site?.colour?.(), '#000000');
        assert.equal(await settings.list?.theme?.(), 'harbour');
        assert.deepEqual(wasRead(), []);
        assert.deepEqual(await Promise.all([settings.site?.title?.(), settings.site?.links?.()]), [
          'Row',
          [],
        ]);
      });
      assert.equal(statements.length, 1);
      assert.deepEqual(wasRead(), ['site.links', 'site.title']);
    });

    it('equals file, else database, else default', async () => {
      const { database } = await open();
      let count = 0;
      const values: Readonly<Record<string, fc.Arbitrary<JsonValue>>> = {
        'site.title': fc.string({ maxLength: 10 }),
        'list.perPage': fc.integer({ min: 1, max: 100 }),
        'list.note': fc.option(fc.string({ unit: 'binary' })),
        'site.links': fc.array(
          fc.record({ label: fc.string({ minLength: 1 }), to: fc.constant('/a') }, { noNullPrototype: true }),
          {
            maxLength: 3,
          },
        ),
      };
      const some = fc.record(values, { requiredKeys: [], noNullPrototype: true });
      const property = fc.asyncProperty(some, some, async (file, rows) => {
        count += 1;
        const { store, insert } = settingsIn(database, { file, site: `s${count}` });
        const texts = Object.entries(rows).map(([name, value]) => [name, JSON.stringify(value)]);
        await insert(Object.fromEntries(texts));
        const snapshot = await readSettings(store);
        const shadowed: string[] = [];
        for (const [name, { setting }] of boatyard.all) {
          const inFile = Object.hasOwn(file, name) ? file[name] : undefined;
          const inRows = Object.hasOwn(rows, name) ? rows[name] : undefined;
          const [value, source] =
            inFile !== undefined
              ? [inFile, 'file']
              : inRows !== undefined
                ? [inRows, 'database']
                : [setting.default, 'default'];
          assert.deepEqual(snapshot.find(name), { value, source, revision: inRows === undefined ? 0 : 1 });
          assert.deepEqual(snapshot.get(setting), value);
          if (inFile !== undefined && inRows !== undefined && !isSameJson(inFile, inRows))
            shadowed.push(name);
        }
        assert.deepEqual(
          store.report().map(({ name }) => name),
          shadowed,
        );
      });
      await fc.assert(property, { seed: SEED, numRuns: 40 });
    });
  });
}

type Rows = Readonly<Record<string, string | null>>;

async function insertRows({ kysely }: Database, rows: Rows, own: { readonly site: string }): Promise<void> {
  const values = Object.entries(rows).map(([name, value]) => {
    return { name, value, revision: 1, updated_at: 7, author: 'ann', ...own };
  });
  if (values.length > 0) await kysely.insertInto('settings').values(values).execute();
}

/** A value and all objects and lists in it. */
function objectsIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}
