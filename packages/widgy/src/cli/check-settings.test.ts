import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openDatabase } from '../database/open-database.ts';
import { boatyard } from '../settings/settings-fixture.ts';
import { testDatabases } from '../testing/test-databases.ts';
import { siteFolder } from '../widgets/site-fixture.ts';
import { checkSettings } from './check-settings.ts';
import { formatDiagnostic } from './diagnostic.ts';
import { runIn, source } from './run-fixture.ts';

/** Writes rows as somebody may have left them: by an older version of the code, or by hand. */
async function writeRows(url: string, values: Readonly<Record<string, string | null>>, site = 'default') {
  const database = await openDatabase({ url, migrations: 'apply' });
  const rows = Object.entries(values).map(([name, value]) => {
    return { site, name, value, revision: 1, updated_at: 0, author: null };
  });
  await database.kysely.insertInto('settings').values(rows).execute();
  return database;
}

const SECRET = '"hunter2"';

const cases: readonly [what: string, values: Record<string, string | null>, found: readonly string[]][] = [
  ['what fits', { 'site.title': '"Slipway"' }, []],
  [
    'a name that no setting has',
    { 'site.titel': SECRET },
    [
      'warning setting site.titel: the database has a value of it, and the site has no such setting [setting-unknown]\n    Did you mean "site.title"? Bring the setting back, under this name. Until then its value is kept, and nobody gets it.',
    ],
  ],
  ['a name whose value was put back', { 'site.titel': null }, []],
  [
    'a value that does not fit any more',
    { 'site.title': JSON.stringify('x'.repeat(21)) },
    [
      'error setting site.title, at /site.title: the setting "site.title" has a value in the database that does not fit it: its default value counts: Use at most 20 characters. [setting-misfit]',
    ],
  ],
  [
    'all that does not fit',
    { 'site.links': '[{"label":"","to":"/"},{"label":"b","to":7}]' },
    ['error setting site.links, at /site.links/0/label', 'error setting site.links, at /site.links/1/to'],
  ],
  ['a secret', { 'mail.password': SECRET.repeat(2) }, ['error setting mail.password, at /mail.password']],
  [
    'a value beside one of the code',
    { 'list.theme': '"dune"' },
    [
      'warning setting list.theme: the setting "list.theme" has another value in the database: its default value counts [setting-shadowed]',
    ],
  ],
];

for (const { name, createUrl } of testDatabases) {
  describe(`checking settings in ${name}`, () => {
    for (const [what, values, expected] of cases) {
      it(`looks at ${what}, and tells no value`, async () => {
        await using rows = await opened(createUrl, values);
        let statements = 0;
        rows.database.onStatement(() => {
          statements += 1;
        });
        const found = await checkSettings({ settings: boatyard, database: rows.database });
        assert.deepEqual([found.settings, statements], [boatyard.all.size, 2]);
        const told = found.diagnostics.map(formatDiagnostic);
        assert.deepEqual(
          told.map((text, at) => text.slice(0, expected[at]?.length)),
          expected,
        );
        assert.ok(!told.join().includes('hunter2'));
      });
    }

    it('looks at one site', async () => {
      await using rows = await opened(createUrl, { 'site.gone': '1' }, 'harbour');
      const codes = async (site: string) =>
        (await checkSettings({ settings: boatyard, database: rows.database, site })).diagnostics.map(
          ({ code }) => code,
        );
      assert.deepEqual([await codes('default'), await codes('harbour')], [[], ['setting-unknown']]);
    });
  });
}

async function opened(
  createUrl: () => Promise<string>,
  values: Readonly<Record<string, string | null>>,
  site?: string,
) {
  const database = await writeRows(await createUrl(), values, site);
  return { database, [Symbol.asyncDispose]: () => database.close() };
}

describe('widgy check', () => {
  const config = (more: string) => `
import { defineConfig } from ${source('../index.ts')};
import { boatyard } from ${source('../settings/settings-fixture.ts')};
import { strictSite } from ${source('../documents/documents-fixture.ts')};
export default defineConfig({ site: strictSite, settings: () => boatyard, ${more} });`;

  it('looks at the settings, with what the code says of them', async () => {
    const folder = await siteFolder({
      'package.json': '{"type":"module"}',
      'widgy.config.ts': config(`settingsFile: () => ({ 'site.title': 'Slipway' }), siteId: 'harbour'`),
    });
    const url = `sqlite:${join(folder, 'site.db')}`;
    await (await writeRows(url, { 'site.title': '"Boats"', 'site.gone': '1' }, 'harbour')).close();
    const environment = { DATABASE_URL: url };
    const { status, stdout, stderr } = await runIn(folder, ['check'], environment);
    assert.equal(status, 0);
    assert.match(stdout, /\n7 settings\n0 documents, 0 versions\n0 errors, 2 warnings\n$/);
    assert.match(
      stderr,
      /site\.title.*its file value counts \[setting-shadowed\][\s\S]*site\.gone.*\[setting-unknown\]/,
    );
    const json = JSON.parse((await runIn(folder, ['check', '--json'], environment)).stdout);
    assert.deepEqual(
      [json.settings, json.diagnostics.map(({ code, setting }: Record<string, string>) => [code, setting])],
      [
        7,
        [
          ['setting-shadowed', 'site.title'],
          ['setting-unknown', 'site.gone'],
        ],
      ],
    );
    const ofSite = await runIn(folder, ['check', '--site', '--json']);
    assert.deepEqual([ofSite.status, JSON.parse(ofSite.stdout).settings], [0, null]);
  });

  it('fails for a value that does not fit, and for a file that is wrong', async () => {
    const folder = await siteFolder({
      'package.json': '{"type":"module"}',
      'widgy.config.ts': config(''),
      'wrong.ts': config(`settingsFile: { 'site.titel': 'Slipway' }`),
    });
    const url = `sqlite:${join(folder, 'site.db')}`;
    await (await writeRows(url, { 'site.title': '7' })).close();
    const misfit = await runIn(folder, ['check'], { DATABASE_URL: url });
    assert.deepEqual([misfit.status, /\[setting-misfit\]/.test(misfit.stderr)], [1, true]);
    const wrong = await runIn(folder, ['check', '--config', 'wrong.ts'], { DATABASE_URL: url });
    assert.deepEqual(
      [wrong.status, /"site\.titel".*Did you mean "site\.title"/.test(wrong.stderr)],
      [2, true],
    );
  });
});
