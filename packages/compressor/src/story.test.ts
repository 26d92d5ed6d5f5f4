import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createCompressor } from './compressor.ts';
import type { Hooks } from './config/hooks.ts';
import { loadConfig } from './config/resolve.ts';
import { silentLogger } from './log.ts';
import { createFolder, TEST_SECRET, type TestFolder, urlsIn } from './testing/site.ts';

/** A site whose templates need what only its views know: registered widgets, and settings that live in a database. */
const FILES = {
  // Node reads a module once in a process, so the configuration of the beginning has a file of its own.
  'first.config.ts': `export default {
  mode: 'in-request',
  secret: '${TEST_SECRET}',
};`,
  'site.ts': `export const site = { styles: ['css/slideshow.scss', 'css/accordion.css'], scripts: ['js/slideshow.ts'] };`,
  'database.ts': `import { writeFileSync } from 'node:fs';
export async function loadSettings() {
  writeFileSync(new URL('database-was-opened', import.meta.url), '');
  return { title: 'Larter & Bly', accent: 'teal' };
}`,
  'static/css/slideshow.scss': '$gap: 4px; .slideshow { margin: $gap }',
  'static/css/accordion.css': '.accordion { top: 0 }',
  'static/css/teal.css': 'a { color: teal }',
  'static/css/editor.css': '.editor { top: 0 }',
  'static/js/slideshow.ts': 'const wait: number = 2; console.log(wait);',
  'templates/base.liquid': `<title>{{ settings.title }}</title>
{% compress css %}
{% for file in site.styles %}<link rel="stylesheet" href="{{ file | static }}">
{% endfor %}{% block styles %}{% endblock %}
{% endcompress %}
{% block content %}{% endblock %}
{% compress js %}{% for file in site.scripts %}<script type="module" src="{{ file | static }}"></script>{% endfor %}{% endcompress %}`,
  'templates/home.liquid': `{% layout 'base' %}{% block content %}{{ page.body }}{% endblock %}`,
  'templates/editor.liquid': `{% layout 'base' %}{% block styles %}<link rel="stylesheet" href="{% static 'css/editor.css' %}">{% endblock %}`,
};

const VISIT = {
  site: { styles: ['css/slideshow.scss', 'css/accordion.css'], scripts: ['js/slideshow.ts'] },
  settings: { title: 'x' },
  page: { body: 'y' },
};

async function startServer({ path }: TestFolder, assets: string, config = 'compressor.config.ts') {
  const built: string[] = [];
  const hooks: Hooks = { onArtifact: ({ name }) => void built.push(name) };
  const changes = { logger: silentLogger, output: { directory: join(path, assets) }, hooks };
  const compressor = await createCompressor(await loadConfig(join(path, config), changes));
  const status = async (url: string) =>
    (await compressor.handle({ method: 'GET', url, headers: {} }))?.status;
  return { compressor, built, status, [Symbol.asyncDispose]: () => compressor.close() };
}

function compress({ path }: TestFolder) {
  const bin = join(import.meta.dirname, 'cli/bin.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=widgy-source', bin, 'compress', '--json'],
    { cwd: path, encoding: 'utf8' },
  );
  return { status, stderr, ...JSON.parse(stdout) };
}

describe('a site that grows', () => {
  it('needs nothing on one server, then several servers, then builds ahead of time with one more file', async () => {
    await using folder = await createFolder(FILES);
    {
      // A page comes from one server, the browser asks another one for the bundle.
      await using one = await startServer(folder, 'assets-1', 'first.config.ts');
      await using two = await startServer(folder, 'assets-2', 'first.config.ts');
      for (const template of ['home.liquid', 'editor.liquid']) {
        const urls = urlsIn(await one.compressor.render(template, VISIT));
        assert.equal(urls.length, 2);
        for (const url of urls) assert.equal(await two.status(url), 200);
      }
    }

    // One more file of settings, imported by the main one with a single line.
    await folder.write({
      'compressor.config.ts': `import { offline } from './compressor.offline.ts';
export default { secret: '${TEST_SECRET}', ...offline };`,
      'compressor.offline.ts': `export const offline = { mode: 'offline', offline: { context: {} } };`,
    });
    const incomplete = compress(folder);
    assert.equal(incomplete.status, 1);
    assert.deepEqual(
      incomplete.diagnostics.map(({ code, template, line, message }: Record<string, unknown>) => [
        code,
        template,
        line,
        message,
      ]),
      [
        [
          'variable-missing',
          'base.liquid',
          3,
          'the block at base.liquid:2:1 reads "site.styles", which the context lacks',
        ],
        [
          'variable-missing',
          'base.liquid',
          7,
          'the block at base.liquid:7:1 reads "site.scripts", which the context lacks',
        ],
      ],
    );

    await folder.write({
      'compressor.offline.ts': `import { loadSettings } from './database.ts';
export const offline = {
  mode: 'offline',
  offline: { onMiss: 'error', context: { site: () => import('./site.ts').then((module) => module.site), settings: () => loadSettings() } },
};`,
    });
    const complete = compress(folder);
    assert.equal(complete.status, 0, complete.stderr);
    assert.deepEqual([complete.blocks, complete.recipes, complete.contexts], [2, 3, 1]);
    // The settings are read outside blocks only.
    assert.equal(existsSync(join(folder.path, 'database-was-opened')), false);

    // From then on every request only looks up, on every server, without the sources.
    await rm(join(folder.path, 'static'), { recursive: true });
    await using one = await startServer(folder, 'public/assets');
    await using two = await startServer(folder, 'public/assets');
    for (const template of ['home.liquid', 'editor.liquid']) {
      const page = await one.compressor.render(template, VISIT);
      assert.equal(await two.compressor.render(template, VISIT), page);
      assert.equal(urlsIn(page).length, 2, page);
      for (const url of urlsIn(page)) assert.equal(await two.status(url), 200);
    }
    assert.deepEqual([one.built, two.built], [[], []]);

    // And a block that really needs a setting opens the database, once.
    await folder.write({
      'static/css/teal.css': 'a { color: teal }',
      'templates/themed.liquid': `{% compress css %}<link rel="stylesheet" href="{{ settings.accent | prepend: 'css/' | append: '.css' | static }}">{% endcompress %}`,
      ...Object.fromEntries(Object.entries(FILES).filter(([name]) => name.startsWith('static/'))),
    });
    assert.equal(compress(folder).status, 0);
    assert.equal(existsSync(join(folder.path, 'database-was-opened')), true);
  });
});
