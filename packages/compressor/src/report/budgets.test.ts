import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkSite } from '../compress-site.ts';
import type { Budget, Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import { silentLogger } from '../log.ts';
import { compressFiles, contentsOf } from '../testing/offline-site.ts';
import { reportFolder } from '../testing/report-site.ts';
import { createFolder } from '../testing/site.ts';

const block = (kind: string, markup: string) => `{% compress ${kind} %}${markup}{% endcompress %}`;
const script = (name: string) => `<script src="{% static '${name}' %}"></script>`;
const sheet = (name: string) => `<link rel="stylesheet" href="{% static '${name}' %}">`;

const FILES = {
  'static/site.css': `a{color:red}`,
  'static/menu.js': `window.menu=[1,2,3]`,
  'static/shop.js': `window.shop=[1,2,3,4]`,
  'templates/base.liquid': `${block('css file site', sheet('site.css'))}\n{% block content %}{% endblock %}`,
  'templates/home.liquid': `{% layout 'base.liquid' %}{% block content %}${block('js', script('menu.js'))}{% endblock %}`,
  'templates/shop/cart.liquid': `{% layout 'base.liquid' %}{% block content %}${block('js', script('menu.js') + script('shop.js'))}{% endblock %}`,
};

describe('budgets', () => {
  const raw = { encoding: 'raw' } as const;
  const cases: readonly [name: string, budget: Budget, findings: RegExp[]][] = [
    ['a page that keeps it', { page: 'home.liquid', bytes: 33, ...raw }, []],
    [
      'a page that does not',
      { page: 'home.liquid', bytes: 31, ...raw },
      [
        /^error budget-exceeded home\.liquid the page weighs 32 B, 1 B more than the budget of 31 B for "home\.liquid"\. Most of it: menu\.js \(20 B\), site\.css \(12 B\)$/,
      ],
    ],
    [
      'pages by a pattern, scripts only',
      { page: '**/*', kind: 'js', bytes: 20, ...raw },
      [
        /cart\.liquid the page weighs 45 B of JavaScript, 25 B more .* Most of it: shop\.js \(\d+ B\), menu\.js/,
      ],
    ],
    ['style sheets only', { page: '**/*', kind: 'css', bytes: 12, ...raw }, []],
    [
      'a block by its name',
      { block: 'site', bytes: 3, ...raw },
      [/^error budget-exceeded base\.liquid:1:1 the block weighs 12 B, 9 B more/],
    ],
    [
      'blocks by their templates',
      { block: 'shop/*', bytes: 3, ...raw },
      [/^error budget-exceeded shop\/cart\.liquid:1:\d+ the block weighs 45 B/],
    ],
    ['blocks of a kind', { block: '*.liquid', kind: 'css', bytes: 12, ...raw }, []],
    [
      'an artifact by its plain name',
      { artifact: 'site.css', bytes: 0, ...raw },
      [/^error budget-exceeded base\.liquid:1:1 site\.[0-9a-f]{16}\.css weighs 12 B/],
    ],
    ['artifacts of a kind', { artifact: '*', kind: 'css', bytes: 12, ...raw }, []],
    [
      'with Brotli',
      { artifact: 'site.css', bytes: 11 },
      [/site\.[0-9a-f]{16}\.css weighs 12 B with Brotli, 1 B more than the budget of 11 B/],
    ],
    ['a text', { page: '**/*', bytes: '0.1 kB', ...raw }, []],
    [
      'what does not exist',
      { page: 'hoem.liquid', bytes: '170 kB' },
      [/^warning budget-unmatched the budget for the page "hoem\.liquid" limits nothing$/],
    ],
  ];
  for (const [name, budget, expected] of cases) {
    it(name, async () => {
      const { folder, findings } = await compressFiles(FILES, { budgets: [budget] });
      await using _folder = folder;
      assert.equal(findings.length, expected.length, findings.join('\n'));
      for (const [index, pattern] of expected.entries()) assert.match(findings[index] ?? '', pattern);
    });
  }

  it('keep a build from being written, and hold for check and report, too', async () => {
    const config: Config = { budgets: [{ page: 'home.liquid', bytes: 1 }] };
    const { folder, result } = await compressFiles(FILES, config);
    await using _folder = folder;
    assert.equal(result.isDone, false);
    assert.deepEqual(await contentsOf(`${folder.path}/public`), {});
    const resolved = resolveConfig({ mode: 'offline', logger: silentLogger, ...config }, folder.path);
    for (const { diagnostics } of [
      await checkSite(resolved),
      (await reportFolder(folder, config)).analysis,
    ]) {
      assert.deepEqual(diagnostics, result.diagnostics);
    }
  });

  it('can be made warnings', async () => {
    const { folder, result, findings } = await compressFiles(FILES, {
      budgets: [{ page: 'home.liquid', bytes: 1 }],
      offline: { allow: ['budget-exceeded'] },
    });
    await using _folder = folder;
    assert.equal(result.isDone, true);
    assert.match(findings[0] ?? '', /^warning budget-exceeded/);
  });

  it('are found in the build cache when nothing changed', async () => {
    await using folder = await createFolder({ ...FILES, 'static/site.css': 'a{color:red}'.repeat(100) });
    const config = resolveConfig(
      {
        mode: 'offline',
        logger: silentLogger,
        budgets: [{ artifact: '*', bytes: '1 MB' }],
        cache: { directory: 'kept' },
        build: { minify: false },
      },
      folder.path,
    );
    const kept = async () => (await contentsOf(`${folder.path}/kept`))['index.json'];
    await checkSite(config);
    const before = await kept();
    assert.ok(before?.includes('facts'));
    await checkSite(config);
    assert.equal(await kept(), before);
  });
});
