import { join } from 'node:path';
import { type Config, createCompressor, loadConfig, type ResolvedConfig } from '@widgy/compressor';
import { source } from '../cli/run-fixture.ts';
import { openDatabase } from '../database/open-database.ts';
import { openSettings, publicSettings, readSettings, writeSettings } from '../settings/index.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';

/** A small Widgy site: its editors may choose a colour, which stands in the pages' bundle. */
const FILES = {
  'package.json': '{"name":"boatyard","type":"module","exports":{}}',
  'widgets/note/render.liquid': '<p>{{ fields.text }}</p>',
  'widgets/note/style.css': '.note { margin: 0 }',
  'widgets/map/render.liquid': '<div class="map"></div>',
  'widgets/map/style.css': '.map { height: 20rem }',
  'widgets/map/editor.css': '.map { outline: 1px solid }',
  'widgets/map/client.ts': 'document.title = ("map" as string);',
  'static/page.css': 'body { margin: 3rem }',
  'static/harbour.css': 'body { background: navy }',
  'static/dune.css': 'body { background: wheat }',
  'templates/base.liquid': `<title>{{ settings.site.title }}</title>
{% compress css file page %}
<link rel="stylesheet" href="{{ static_url }}page.css">
{% for name in site.styles %}<link rel="stylesheet" href="{{ name | static }}">
{% endfor %}<style>:root { --brand: {{ settings.site.colour }} }</style>
{% endcompress %}
{% compress js %}{% for name in site.scripts %}<script type="module" src="{{ name | static }}"></script>{% endfor %}{% endcompress %}
{% block content %}{% endblock %}`,
  'templates/home.liquid': `{% layout 'base' %}{% block content %}<h1>Boats</h1>{% endblock %}`,
  'templates/admin.liquid': `{% compress css file editor %}{% for name in site.editorStyles %}<link rel="stylesheet" href="{{ name | static }}">{% endfor %}{% endcompress %}`,
  'site.ts': `import { defineSite, defineWidget } from ${source('../widgets/index.ts')};
const folder = import.meta.dirname;
const widget = (type) => defineWidget({ type, label: type, directory: folder + '/widgets/' + type });
export const site = defineSite({ folder, widgets: [widget('note'), widget('map')] });`,
  'settings.ts': `import { defineSetting, defineSettings } from ${source('../settings/index.ts')};
import { z } from 'zod';
const text = (name, value) =>
  defineSetting({ name, label: name, schema: z.string().default(value), isEditable: true, isPublic: true });
export const settings = defineSettings([text('site.title', 'Boatyard'), text('site.colour', 'teal')]);`,
  'compressor.config.ts': `import { offlineContext } from ${source('../offline/index.ts')};
export default {
  mode: 'offline',
  offline: { context: offlineContext(() => import('./widgy.config.ts')) },
};`,
} as const;

/** Makes the folder of a site. `widgy` are options in its configuration beside `site` and `settings`, as code. */
export async function makeSite(widgy: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const config = `import { defineConfig } from ${source('../index.ts')};
export default defineConfig({
  site: () => import('./site.ts').then(({ site }) => site),
  settings: () => import('./settings.ts').then(({ settings }) => settings),
  ${widgy}
});`;
  const folder = await siteFolder({ ...FILES, 'widgy.config.ts': config, ...files });
  for (const name of ['zod', 'liquidjs']) await linkPackage(folder, name);
  return folder;
}

/** What the compressor is configured with in a folder. What it logs is added to `log`. */
export function configIn(folder: string, log: string[] = [], changes: Config = {}): Promise<ResolvedConfig> {
  const logger = { log: (_: string, message: string) => void log.push(message) };
  return loadConfig(join(folder, 'compressor.config.ts'), { cache: false, logger, ...changes });
}

/** Sets settings in a database, as editors do, and makes it if it is not there. */
export async function setSettings(
  folder: string,
  url: string,
  values: Readonly<Record<string, string>>,
  site?: string,
): Promise<void> {
  await withSettings(folder, url, site, async (store) => {
    const snapshot = await readSettings(store);
    const changes = Object.entries(values).map(([name, value]) => {
      return { kind: 'set', name, value, seen: snapshot.find(name)?.revision ?? 0 } as const;
    });
    const written = await writeSettings(store, changes, { id: null });
    if (!written.ok) throw new Error(written.refusal.what);
  });
}

/** Renders pages as a server does for visitors, with what the database holds. */
export async function renderPages(
  folder: string,
  url: string,
  templates: readonly string[],
  { log, site, variables = {} }: { log: string[]; site?: string; variables?: object },
): Promise<readonly string[]> {
  return await withSettings(folder, url, site, async (store) => {
    const { site: registry } = await import(join(folder, 'site.ts'));
    const settings = publicSettings(await readSettings(store));
    const compressor = await createCompressor(await configIn(folder, log));
    const page = { site: registry, settings, static_url: '/static/', ...variables };
    const pages = await Promise.all(templates.map((template) => compressor.render(template, page)));
    await compressor.close();
    return pages;
  });
}

async function withSettings<T>(
  folder: string,
  url: string,
  site: string | undefined,
  step: (store: ReturnType<typeof openSettings>) => Promise<T>,
): Promise<T> {
  const { settings } = await import(join(folder, 'settings.ts'));
  const database = await openDatabase({ url, migrations: 'apply' });
  try {
    return await step(openSettings({ settings, database, ...(site === undefined ? {} : { site }) }));
  } finally {
    await database.close();
  }
}
