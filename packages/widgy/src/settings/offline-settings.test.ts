import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Config, compressSite, createCompressor, resolveConfig, silentLogger } from '@widgy/compressor';
import { Liquid } from 'liquidjs';
import { openMigrated } from '../testing/test-databases.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import { offlineSettings } from './offline-settings.ts';
import { publicSettings } from './public-settings.ts';
import { boatyard, theme, title } from './settings-fixture.ts';
import { readSettings } from './snapshot.ts';
import { openSettings, type SettingsOptions } from './store.ts';
import { writeSettings } from './write.ts';

describe('offlineSettings', () => {
  it('needs no database for what cannot be edited', async () => {
    const store = openSettings({
      settings: boatyard,
      database: () => assert.fail('the database is not needed'),
      file: { 'site.title': 'Slipway', 'site.links': [{ label: 'Home', to: '/' }] },
    });
    const { settings, wasRead } = offlineSettings(store);
    assert.equal(await settings.site?.[title.key]?.(), 'Slipway');
    assert.equal(await settings.list?.[theme.key]?.(), 'harbour');
    assert.deepEqual(wasRead(), []);
    assert.deepEqual(
      [settings.site?.title, settings.list?.theme, settings.site?.colour].map((own) => own?.keptIn),
      [undefined, undefined, 'the database'],
    );
    const template =
      '{{ settings.site.links[0].label }}{{ settings.mail.password }}{{ settings.site.constructor }}';
    assert.equal(
      await new Liquid().parseAndRender(template, {
        settings: { ...settings, site: { links: await settings.site?.links?.() } },
      }),
      'Home',
    );
    assert.deepEqual(
      Object.entries(settings).map(([group, own]) => [group, Object.keys(own)]),
      [
        ['site', ['title', 'colour', 'links']],
        ['list', ['theme']],
      ],
    );
  });

  it('fails where it needs a database that is not there, and tries again', async () => {
    let isThere = false;
    const store = openSettings({
      settings: boatyard,
      database: () => {
        if (!isThere) throw new Error('no database');
        return assert.fail('asked again');
      },
    });
    const { settings, wasRead } = offlineSettings(store);
    await assert.rejects(async () => await settings.site?.title?.(), /no database/);
    assert.deepEqual(wasRead(), ['site.title']);
    isThere = true;
    // One build says the same throughout; the next one asks again.
    await assert.rejects(async () => await settings.site?.colour?.(), /no database/);
    await assert.rejects(async () => await offlineSettings(store).settings.site?.title?.(), /asked again/);
  });

  it('is an offline context, whose pages then find what was built', async () => {
    const folder = await siteFolder({
      'package.json': '{"type":"module"}',
      'templates/fixed.liquid':
        '{% compress css %}<style>.{{ settings.list.theme }} { color: red }</style>{% endcompress %}',
      'templates/edited.liquid':
        '<title>{{ settings.site.title }}</title>{% compress css %}<style>a { color: {{ settings.site.colour }} }{% for link in settings.site.links %}.{{ link.label }} { top: 0 }{% endfor %}</style>{% endcompress %}',
    });
    await linkPackage(folder, 'liquidjs');
    const build = async (database: SettingsOptions['database'], templates: string) => {
      const store = openSettings({ settings: boatyard, database });
      const { settings, wasRead } = offlineSettings(store);
      const config: Config = {
        ...{ mode: 'offline', logger: silentLogger, cache: false },
        offline: { context: { settings }, include: templates },
      };
      const resolved = resolveConfig(config, folder);
      const { diagnostics } = await compressSite(resolved, { encodings: false });
      return { store, wasRead, resolved, codes: diagnostics.map(({ code }) => code) };
    };
    const absent = () => Promise.reject(new Error('no database'));
    const fixed = await build(absent, 'fixed.liquid');
    assert.deepEqual([fixed.codes, fixed.wasRead()], [[], []]);
    const failed = await build(absent, 'edited.liquid');
    assert.deepEqual(new Set(failed.codes), new Set(['context-failed']));

    const database = await openMigrated(':memory:');
    const first = openSettings({ settings: boatyard, database });
    const change = {
      kind: 'set',
      name: 'site.links',
      value: [{ label: 'boats', to: '/' }],
      seen: 0,
    } as const;
    assert.equal((await writeSettings(first, [change], { id: null })).ok, true);
    const edited = await build(database, 'edited.liquid');
    assert.deepEqual(
      [edited.codes, edited.wasRead()],
      [
        ['variable-changes', 'variable-changes'],
        ['site.colour', 'site.links'],
      ],
    );
    const compressor = await createCompressor(edited.resolved);
    const page = await compressor.render('edited.liquid', {
      settings: publicSettings(await readSettings(edited.store)),
    });
    await compressor.close();
    assert.match(page, /^<title>Boatyard<\/title><link /);
  });
});
