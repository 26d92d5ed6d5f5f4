import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import nunjucks from 'nunjucks/src/environment.js';
import loaders from 'nunjucks/src/node-loaders.js';
import { resolveConfig } from '../config/resolve.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { fake } from './fake-handlers.ts';
import { loadEngine } from './load.ts';

describe("the site's own engine", () => {
  const engines: readonly [name: string, make: (folder: string) => object][] = [
    [
      'liquid',
      (folder) => {
        const engine = new Liquid({ root: folder, extname: '.html' });
        engine.registerFilter('shout', (value: string) => `${value.toUpperCase()}!`);
        return engine;
      },
    ],
    [
      'nunjucks',
      (folder) =>
        new nunjucks.Environment([new loaders.FileSystemLoader([folder])]).addFilter(
          'shout',
          (value: string) => `${value.toUpperCase()}!`,
        ),
    ],
  ];
  for (const [name, make] of engines) {
    it(`is known by what it is, keeps its filters, and names its own templates: ${name}`, async () => {
      const site = await temporaryFolder({
        'views/home.html': "{% compress css %}{{ 'a' | shout }}{% endcompress %}{% static 'b' %}",
      });
      const templates = { engine: () => make(join(site, 'views')), extensions: ['.html'] };
      const ours = await loadEngine(resolveConfig({ mode: 'in-request', templates }, site), fake().handlers);
      assert.equal(ours.name, name);
      assert.equal(await ours.render('home.html', {}), '[css file|A!]<b@home.html:1:53>');
    });
  }

  it('must be one', async () => {
    for (const engine of [() => ({}), async () => new Liquid()]) {
      const config = resolveConfig({ templates: { engine } }, '/site');
      await assert.rejects(loadEngine(config, fake().handlers), { code: 'config-invalid' });
    }
  });
});

describe('the package of an engine', () => {
  for (const [engine, name] of [
    ['liquid', 'liquidjs'],
    ['nunjucks', 'nunjucks'],
  ]) {
    it(`is asked for only if the engine is used: ${name}`, () => {
      const other = engine === 'liquid' ? 'nunjucks' : 'liquid';
      const program = `
        import { registerHooks } from 'node:module';
        registerHooks({
          resolve(specifier, context, next) {
            if (specifier !== '${name}' && !specifier.startsWith('${name}/')) return next(specifier, context);
            throw Object.assign(new Error('not installed'), { code: 'ERR_MODULE_NOT_FOUND' });
          },
        });
        const { loadEngine } = await import('${new URL('load.ts', import.meta.url).href}');
        const { resolveConfig } = await import('${new URL('../config/resolve.ts', import.meta.url).href}');
        const load = (engine) =>
          loadEngine(resolveConfig({ templates: { engine } }, '/site'), {}).then((made) => made.name, (error) => error.code);
        console.log(await load('${engine}'), await load('${other}'));
      `;
      const flags = ['--conditions=widgy-source', '--input-type=module', '--eval', program];
      const answer = execFileSync(process.execPath, flags, { encoding: 'utf8', timeout: 30_000 });
      assert.equal(answer.trim(), `tool-missing ${other}`);
    });
  }
});
