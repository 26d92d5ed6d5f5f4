import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { consoleLogger, silentLogger } from '../log.ts';
import { memoryStorage } from '../storage/memory.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { Config } from './config.ts';
import { loadConfig, resolveConfig } from './resolve.ts';

function withNodeEnv(context: TestContext, value: string | undefined): void {
  const before = process.env.NODE_ENV;
  const set = (to: string | undefined): void => {
    if (to === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = to;
  };
  context.after(() => set(before));
  set(value);
}

describe('resolveConfig', () => {
  it('fills in all defaults', (context) => {
    withNodeEnv(context, undefined);
    assert.deepEqual(resolveConfig({}, '/site'), {
      base: '/site',
      mode: 'development',
      templates: {
        engine: 'liquid',
        roots: ['/site/templates'],
        watch: [],
        extensions: ['.liquid', '.html'],
      },
      static: { url: '/static/', roots: ['/site/static'] },
      output: {
        directory: '/site/public/assets',
        storage: undefined,
        url: '/assets/',
        shared: true,
        integrity: true,
        attributes: { css: {}, js: {} },
      },
      build: {
        browsers: ['baseline widely available'],
        minify: false,
        sourceMaps: true,
        dataUris: 0,
        transformers: [],
        kinds: [],
        jsx: { runtime: 'automatic', importSource: 'react' },
      },
      offline: {
        context: {},
        templateContexts: {},
        include: ['**/*'],
        exclude: [],
        onMiss: 'original',
        manifest: '/site/compressor.manifest.json',
        release: undefined,
        timeout: 10_000,
        allow: [],
      },
      budgets: [],
      cache: { directory: '/site/.cache/widgy-compressor' },
      secrets: [],
      limits: { sourceBytes: 16 * 2 ** 20, urlLength: 4000, memoryBytes: 64 * 2 ** 20, storageRequests: 16 },
      hooks: {},
      logger: consoleLogger,
    });
  });

  it('keeps the build cache beside the packages, where there are any', async () => {
    const folder = await temporaryFolder({ 'node_modules/some/package.json': '{}' });
    const place = join(folder, 'node_modules/.cache/widgy-compressor');
    assert.deepEqual(resolveConfig({}, folder).cache, { directory: place });
    assert.deepEqual(resolveConfig({ cache: { directory: 'kept' } }, folder).cache, {
      directory: join(folder, 'kept'),
    });
    assert.equal(resolveConfig({ cache: false }, folder).cache, false);
  });

  const modes: readonly [environment: string | undefined, config: Config, mode: string][] = [
    [undefined, {}, 'development'],
    ['test', {}, 'development'],
    ['production', {}, 'in-request'],
    ['production', { mode: 'development' }, 'development'],
    [undefined, { mode: 'in-request' }, 'in-request'],
  ];
  for (const [environment, config, mode] of modes) {
    it(`NODE_ENV ${environment} with ${JSON.stringify(config)} is ${mode}`, (context) => {
      withNodeEnv(context, environment);
      assert.equal(resolveConfig(config, '/site').mode, mode);
    });
  }

  it('makes small files without maps outside of development, unless told otherwise', () => {
    const { build, output } = resolveConfig({ mode: 'in-request' }, '/site');
    assert.deepEqual([build.minify, build.sourceMaps, output.shared], [true, false, false]);
    const own = resolveConfig(
      { mode: 'in-request', build: { minify: false, sourceMaps: true }, output: { shared: true } },
      '/site',
    );
    assert.deepEqual([own.build.minify, own.build.sourceMaps, own.output.shared], [false, true, true]);
  });

  const sharing: readonly [config: Config, isShared: boolean][] = [
    [{ mode: 'development' }, true],
    [{ mode: 'in-request' }, false],
    [{ mode: 'in-request', output: { storage: memoryStorage(1) } }, true],
    [{ mode: 'in-request', output: { storage: memoryStorage(1), shared: false } }, false],
    [{ mode: 'offline', output: { storage: memoryStorage(1) } }, false],
    [{ mode: 'offline', output: { storage: memoryStorage(1), shared: true } }, true],
  ];
  for (const [config, isShared] of sharing) {
    const { storage, ...output } = config.output ?? {};
    it(`knows what servers share: ${config.mode} ${storage ? 'with' : 'without'} a storage, ${JSON.stringify(output)}`, () => {
      const resolved = resolveConfig(config, '/site').output;
      assert.equal(resolved.shared, isShared);
      assert.equal(resolved.storage, storage);
    });
  }

  it('resolves paths against the base, and leaves packages to the finder', () => {
    const config = resolveConfig(
      {
        templates: { roots: ['views', '/else/views'], watch: ['widgets'] },
        static: { roots: ['../shared', 'npm:kit/dist'] },
        output: { directory: './out' },
      },
      '/site/web',
    );
    assert.deepEqual(config.templates.roots, ['/site/web/views', '/else/views']);
    assert.deepEqual(config.templates.watch, ['/site/web/widgets']);
    assert.deepEqual(config.static.roots, ['/site/shared', 'npm:kit/dist']);
    assert.equal(config.output.directory, '/site/web/out');
  });

  it('reads budgets', () => {
    const { budgets } = resolveConfig(
      {
        budgets: [
          { page: 'a', bytes: '1.5 kB' },
          { block: 'b', bytes: 7, kind: 'js', encoding: 'raw' },
          { artifact: 'c', bytes: 0 },
        ],
      },
      '/site',
    );
    assert.deepEqual(budgets, [
      { of: 'page', pattern: 'a', kind: undefined, bytes: 1500, encoding: 'br' },
      { of: 'block', pattern: 'b', kind: 'js', bytes: 7, encoding: 'raw' },
      { of: 'artifact', pattern: 'c', kind: undefined, bytes: 0, encoding: 'br' },
    ]);
  });

  it('takes one browser query or secret for a list of one', () => {
    const secret = '0123456789abcdef';
    const config = resolveConfig({ secret, build: { browsers: 'chrome 120' } }, '/site');
    assert.deepEqual([config.secrets, config.build.browsers], [[secret], ['chrome 120']]);
    assert.deepEqual(resolveConfig({ secret: undefined }, '/site').secrets, []);
    assert.deepEqual(resolveConfig({ secret: [secret, `${secret}2`] }, '/site').secrets, [
      secret,
      `${secret}2`,
    ]);
  });

  it('passes objects of your own on as they are', () => {
    class Transformer {
      readonly name = 'mine';
      readonly version = '1';
      readonly extensions = ['.x'];
      readonly output = 'css';
      readonly #text = 'kept';
      async transform(): Promise<{ text: string; dependencies: string[] }> {
        return { text: this.#text, dependencies: [] };
      }
    }
    const transformer = new Transformer();
    const engine = (): object => ({});
    const config = resolveConfig(
      { build: { transformers: [transformer] }, templates: { engine }, logger: silentLogger },
      '/site',
    );
    assert.equal(config.build.transformers[0], transformer);
    assert.equal(config.templates.engine, engine);
    assert.equal(config.logger, silentLogger);
  });
});

describe('loadConfig', async () => {
  const folder = await temporaryFolder({
    'package.json': '{"type":"module"}',
    'good.config.ts':
      'const url: string = "/s/"; export default { static: { url }, output: { directory: "out" } };',
    'syntax.config.ts': 'export default {',
    'throws.config.ts': 'throw new Error("no settings");',
    'imports.config.ts': 'import "./absent.ts"; export default {};',
    'named.config.ts': 'export const config = {};',
    'function.config.ts': 'export default () => ({});',
    'unknown.config.ts': 'export default { static: { urls: "/s/" } };',
  });

  it('resolves a file against its folder, by path and by URL', async () => {
    for (const file of [join(folder, 'good.config.ts'), pathToFileURL(join(folder, 'good.config.ts'))]) {
      const config = await loadConfig(file);
      assert.deepEqual(
        [config.base, config.static.url, config.output.directory],
        [folder, '/s/', join(folder, 'out')],
      );
    }
  });

  const wrong: readonly [file: string, code: string, message: RegExp][] = [
    ['absent.config.ts', 'config-not-found', /there is no file .*absent\.config\.ts/],
    ['syntax.config.ts', 'config-invalid', /cannot be loaded: SyntaxError/],
    ['throws.config.ts', 'config-invalid', /cannot be loaded: Error: no settings/],
    ['imports.config.ts', 'config-invalid', /cannot be loaded: .*absent\.ts/],
    ['named.config.ts', 'config-invalid', /has no default export.*export default defineConfig/s],
    ['function.config.ts', 'config-invalid', /the configuration is wrong: .*object/],
    ['unknown.config.ts', 'config-unknown-key', /no option "static\.urls".*"static\.url"/s],
  ];
  for (const [file, code, message] of wrong) {
    it(`refuses ${file}`, async () => {
      const path = join(folder, file);
      await assert.rejects(loadConfig(path), (error: Error & { code?: string; place?: { file: string } }) => {
        assert.equal(error.code, code);
        assert.match(error.message, message);
        if (code !== 'config-not-found') assert.equal(error.place?.file, relative(process.cwd(), path));
        return true;
      });
    });
  }
});
