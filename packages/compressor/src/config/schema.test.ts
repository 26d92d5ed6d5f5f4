import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkConfig } from './schema.ts';

const SHORT = 'fifteen letters';

describe('checkConfig', () => {
  const wrong: readonly [option: string, value: unknown, reason: RegExp][] = [
    ['mode', { mode: 'fast' }, /"development"\|"in-request"/],
    ['mode', { mode: 1 }, /./],
    ['templates', { templates: [] }, /object/],
    ['templates.engine', { templates: { engine: 'ejs' } }, /"liquid", "nunjucks" or a function/],
    ['templates.engine', { templates: { engine: {} } }, /"liquid", "nunjucks" or a function/],
    ['templates.roots', { templates: { roots: 'templates' } }, /array/],
    ['templates.roots', { templates: { roots: [] } }, />=1/],
    ['templates.roots.1', { templates: { roots: ['a', 1] } }, /string/],
    ['templates.watch', { templates: { watch: 'widgets' } }, /array/],
    ['templates.watch.0', { templates: { watch: [''] } }, /./],
    ['templates.extensions', { templates: { extensions: '.html' } }, /array/],
    ['templates.extensions.0', { templates: { extensions: ['html'] } }, /start with a dot/],
    ['static', { static: 'static' }, /object/],
    ['static.url', { static: { url: '/static' } }, /end with a slash/],
    ['static.url', { static: { url: 'static/' } }, /begin with a slash/],
    ['static.url', { static: { url: 1 } }, /string/],
    ['static.roots', { static: { roots: 'static' } }, /array/],
    ['static.roots.0', { static: { roots: [''] } }, /./],
    ['output.directory', { output: { directory: true } }, /string/],
    ['output.storage', { output: { storage: 's3://bucket' } }, /methods read, open/],
    ['output.storage', { output: { storage: { read() {}, write() {} } } }, /methods read, open/],
    ['output.url', { output: { url: '' } }, /./],
    ['output.shared', { output: { shared: 'yes' } }, /boolean/],
    ['output.url', { output: { url: '/a b/' } }, /quoted or percent-encoded/],
    ['output.url', { output: { url: 'https://cdn"/' } }, /quoted or percent-encoded/],
    ['output.integrity', { output: { integrity: 'sha256' } }, /boolean/],
    ['output.attributes', { output: { attributes: true } }, /object/],
    [
      'output.attributes.js',
      { output: { attributes: { js: { onload: 'x()' } } } },
      /"onload" is no attribute/,
    ],
    ['output.attributes.css', { output: { attributes: { css: { defer: true } } } }, /means nothing for css/],
    ['output.attributes.js.defer', { output: { attributes: { js: { defer: 1 } } } }, /a text or true/],
    ['build', { build: true }, /object/],
    ['build.browsers', { build: { browsers: 1 } }, /browserslist query or a list/],
    ['build.browsers', { build: { browsers: [] } }, /./],
    ['build.minify', { build: { minify: 'yes' } }, /boolean/],
    ['build.sourceMaps', { build: { sourceMaps: 1 } }, /boolean/],
    ['build.transformers', { build: { transformers: {} } }, /array/],
    ['build.transformers.0', { build: { transformers: [{}] } }, /transform method/],
    ['build.transformers.0', { build: { transformers: [{ transform() {} }] } }, /name, version, extensions/],
    ['build.transformers.0', { build: { transformers: [null] } }, /transform method/],
    ['build.jsx', { build: { jsx: 'preact' } }, /object/],
    ['build.jsx.runtime', { build: { jsx: { runtime: 'fast' } } }, /"automatic"\|"classic"/],
    ['build.jsx.importSource', { build: { jsx: { importSource: null } } }, /string/],
    ['secret', { secret: SHORT }, /16 characters/],
    ['secret', { secret: 1 }, /a text or a list of texts/],
    ['secret', { secret: [] }, /./],
    ['secret.0', { secret: [SHORT] }, /16 characters/],
    ['limits', { limits: null }, /object/],
    ['limits.sourceBytes', { limits: { sourceBytes: '1MB' } }, /number/],
    ['limits.urlLength', { limits: { urlLength: 0 } }, />0/],
    ['limits.memoryBytes', { limits: { memoryBytes: 1.5 } }, /int/],
    ['budgets', { budgets: { page: 'a', bytes: 1 } }, /array/],
    ['budgets.0', { budgets: [{ bytes: 1 }] }, /must name one of page, block and artifact/],
    ['budgets.0', { budgets: [{ page: 'a', block: 'b', bytes: 1 }] }, /must name one of page, block/],
    ['budgets.0.bytes', { budgets: [{ page: 'a' }] }, /a number of bytes, or a text such as "170 kB"/],
    ['budgets.0.bytes', { budgets: [{ page: 'a', bytes: '170kB' }] }, /a text such as "170 kB"/],
    ['budgets.0.bytes', { budgets: [{ page: 'a', bytes: -1 }] }, /a number of bytes/],
    [
      'budgets.1.kind',
      {
        budgets: [
          { page: 'a', bytes: 1 },
          { page: 'a', bytes: 1, kind: 'html' },
        ],
      },
      /"js"/,
    ],
    ['budgets.0.encoding', { budgets: [{ page: 'a', bytes: 1, encoding: 'gzip' }] }, /"br"\|"raw"/],
    ['logger', { logger: {} }, /log method/],
    ['logger', { logger: () => {} }, /log method/],
  ];
  for (const [option, value, reason] of wrong) {
    it(`names ${option} for ${JSON.stringify(value)}`, () => {
      const place = { file: 'compressor.config.ts' };
      assert.throws(
        () => checkConfig(value, place),
        (error: Error & { code?: string; summary?: string; place?: unknown }) => {
          assert.deepEqual([error.code, error.place], ['config-invalid', place]);
          const [, named, why = ''] =
            /^the option "([^"]*)" is wrong: (.*)$/s.exec(error.summary ?? '') ?? [];
          assert.equal(named, option);
          assert.match(why, reason);
          return true;
        },
      );
    });
  }

  for (const value of [undefined, null, 'x', [], () => {}]) {
    it(`names the configuration as a whole for ${String(value)}`, () => {
      assert.throws(() => checkConfig(value), {
        code: 'config-invalid',
        summary: /^the configuration is wrong: /,
      });
    });
  }

  const unknown: readonly [value: unknown, option: string, nearest: string][] = [
    [{ modes: 'development' }, 'modes', 'mode'],
    [{ templates: { engines: 'liquid' } }, 'templates.engines', 'templates.engine'],
    [{ static: { root: 'x' } }, 'static.root', 'static.roots'],
    [{ budgets: [{ page: 'a', byte: 1 }] }, 'budgets.0.byte', 'budgets.0.bytes'],
    [{ output: { dir: 'x' } }, 'output.dir', 'output.directory'],
    [{ output: { attributes: { style: {} } } }, 'output.attributes.style', ''],
    [{ build: { sourcemaps: true } }, 'build.sourcemaps', 'build.sourceMaps'],
    [{ build: { jsx: { import: 'x' } } }, 'build.jsx.import', 'build.jsx.importSource'],
    [{ limits: { urllength: 1 } }, 'limits.urllength', 'limits.urlLength'],
    [{ mode: 1, secrets: 'x' }, 'secrets', 'secret'],
    [{ constructor: 1 }, 'constructor', ''],
  ];
  for (const [value, option, nearest] of unknown) {
    it(`knows no option ${option}`, () => {
      assert.throws(() => checkConfig(value), {
        code: 'config-unknown-key',
        summary: `there is no option "${option}"`,
        help: nearest === '' ? /^Known here: / : new RegExp(`^Did you mean "${nearest}`),
      });
    });
  }
});
