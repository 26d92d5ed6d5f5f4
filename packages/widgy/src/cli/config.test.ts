import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineConfig } from '../config/config.ts';
import { strictSite } from '../documents/documents-fixture.ts';
import { type ErrorCode, hasCode } from '../errors.ts';
import { boatyard as settings } from '../settings/settings-fixture.ts';
import { siteFolder } from '../widgets/site-fixture.ts';
import { CONFIG_NAMES, checkConfig, loadConfig } from './load-config.ts';
import { accessSite } from './site-access.ts';

const site = strictSite;

describe('a configuration', () => {
  it('is what it was given', () => {
    const config = {
      ...{ site, settings, settingsFile: {}, siteId: 'harbour', database: () => 'sqlite::memory:' },
      ...({ linkables: [], rendering: {}, documents: {}, accessibilityGate: 'serious' } as const),
    };
    assert.equal(defineConfig(config), config);
    assert.equal(checkConfig(config, 'x'), config);
  });

  const bad: readonly [what: string, config: unknown, code: ErrorCode, message: RegExp][] = [
    ['is none', undefined, 'config-invalid', /no configuration/],
    ['is a list', [], 'config-invalid', /no configuration/],
    ['has no site', {}, 'config-invalid', /site must be what defineSite gives/],
    ['has a site that is none', { site: { types: 1 } }, 'config-invalid', /site must be/],
    ['has a database that is none', { site, database: 1 }, 'config-invalid', /database must be/],
    ['has linkables that are no list', { site, linkables: {} }, 'config-invalid', /linkables must be/],
    ['has settings that are none', { site, settings: {} }, 'config-invalid', /settings must be/],
    ['has no file of settings', { site, settingsFile: [] }, 'config-invalid', /settingsFile must be/],
    ['has an id that is none', { site, siteId: 'a b' }, 'config-invalid', /siteId must be an id/],
    [
      'has a gate that is no impact',
      { site, accessibilityGate: 'severe' },
      'config-invalid',
      /accessibilityGate must be one of minor, moderate, serious, critical/,
    ],
    ['has a key that is mistyped', { site, databse: '' }, 'config-unknown-key', /"databse"[\s\S]*"database"/],
    ['has a key of an object', JSON.parse('{"__proto__":1}'), 'config-unknown-key', /__proto__/],
    [
      'has a mistyped key inside',
      { site, rendering: { root: [] } },
      'config-unknown-key',
      /"rendering.root"[\s\S]*"roots"/,
    ],
    [
      'has a mistyped key of documents',
      { site, documents: { isReviwed: true } },
      'config-unknown-key',
      /"isReviewed"/,
    ],
  ];
  for (const [what, config, code, message] of bad) {
    it(`is refused when it ${what}`, () => {
      assert.throws(
        () => checkConfig(config, 'x'),
        (error) => hasCode(error, code) && message.test(error.message),
      );
    });
  }

  const withCode =
    (code: ErrorCode, message = /./) =>
    (error: unknown) =>
      hasCode(error, code) && message.test(error.message);

  it('is looked for by its names, or by the one that is given', async () => {
    const config = (name: string) => `export default { site: () => { throw new Error('${name}') } }`;
    const folder = await siteFolder(
      Object.fromEntries([...CONFIG_NAMES, 'other.ts'].map((name) => [name, config(name)])),
    );
    const failure = async (name?: string) => {
      const access = accessSite(await loadConfig(folder, name), {});
      return await access.site().then(
        () => assert.fail('it gave a site'),
        (error: unknown) => String(error),
      );
    };
    assert.match(await failure(), /site of the configuration failed: Error: widgy\.config\.ts/);
    assert.match(await failure('other.ts'), /other\.ts/);
    await assert.rejects(loadConfig(folder, 'none.ts'), withCode('config-not-found', /none\.ts/));
    const empty = await siteFolder({});
    await assert.rejects(loadConfig(empty, undefined), withCode('config-not-found', /widgy\.config\.ts/));
  });

  it('says why its file cannot be loaded', async () => {
    const folder = await siteFolder({
      'a.ts': 'export default {',
      'b.ts': `throw new Error('no')`,
      'c.mts': '',
    });
    await assert.rejects(loadConfig(folder, 'a.ts'), withCode('config-invalid', /a\.ts cannot be loaded/));
    await assert.rejects(loadConfig(folder, 'b.ts'), withCode('config-invalid', /Error: no/));
    await assert.rejects(loadConfig(folder, 'c.mts'), withCode('config-invalid', /defineConfig/));
  });

  it('gives what its functions give, and refuses what is none of it', async () => {
    const good = accessSite({ site: async () => site, rendering: () => ({ roots: [] }) }, {});
    assert.deepEqual([await good.site(), await good.rendering()], [site, { roots: [] }]);
    const given = JSON.parse('{"types":1}');
    const bad = accessSite({ site: () => given, rendering: () => given, database: () => given }, {});
    await assert.rejects(bad.site(), withCode('config-invalid', /gave no site/));
    const badSettings = accessSite({ site, settings: () => given }, {});
    await assert.rejects(badSettings.settings(), withCode('config-invalid', /settings .*gave no settings/));
    const list = JSON.parse('[]');
    const badFile = accessSite({ site, settings, settingsFile: () => list }, {});
    await assert.rejects(badFile.settings(), withCode('config-invalid', /settingsFile .*gave no object/));
    assert.equal(await good.settings(), undefined);
    await assert.rejects(bad.rendering(), withCode('config-unknown-key', /rendering\.types/));
    await assert.rejects(
      bad.withDatabase('ignore', async () => {}),
      withCode('config-invalid', /gave no URL/),
    );
  });

  it('takes the database of the environment where it names none', async () => {
    const access = accessSite({ site }, { DATABASE_URL: 'mysql://me:secret@db/site' });
    await assert.rejects(
      access.withDatabase('ignore', async () => {}),
      (error) => hasCode(error, 'database-url-invalid') && !error.message.includes('secret'),
    );
    const own = accessSite({ site, database: ':memory:' }, { DATABASE_URL: 'mysql://db' });
    assert.equal(await own.withDatabase('ignore', async ({ kind }) => kind), 'sqlite');
  });
});
