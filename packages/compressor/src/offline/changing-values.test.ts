import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkSite } from '../compress-site.ts';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import { silentLogger } from '../log.ts';
import { compressFiles, compressFolder } from '../testing/offline-site.ts';
import { createFolder } from '../testing/site.ts';
import { reportBlocks } from './report-blocks.ts';

const block = (inside: string) => `{% compress css %}<style>a { color: ${inside} }</style>{% endcompress %}`;
const kept = (value: unknown) => Object.assign(() => value, { keptIn: 'the database' });
const context = {
  settings: { site: { colour: kept('teal'), ink: 'navy' }, all: kept({ colour: 'red' }) },
  list: [{ colour: kept('teal') }],
};

const changes = (name: string, place: string) =>
  `warning variable-changes home.html:${place} the block at home.html:1:1 reads "${name}", which comes from the database and may be changed there after the build`;

describe('a value that may be changed after the build', () => {
  const cases: readonly [what: string, inside: string, name: string | undefined][] = [
    ['in a block', '{{ settings.site.colour }}', 'settings.site.colour'],
    ['below a function', '{{ settings.all.colour }}', 'settings.all.colour'],
    ['in a list', '{% for each in list %}{{ each.colour }}{% endfor %}', 'list'],
    ['beside one that is fixed', '{{ settings.site.ink }}', undefined],
  ];
  for (const engine of ['liquid', 'nunjucks'] as const) {
    const config: Config = { templates: { engine, extensions: ['.html'] }, offline: { context } };
    const namesIn = async (template: string) => {
      const { folder, result } = await compressFiles({ 'templates/home.html': template }, config);
      await using _ = folder;
      assert.equal(result.isDone, true);
      return result.diagnostics.map(({ severity, code, message }) => {
        assert.deepEqual([severity, code], ['warning', 'variable-changes']);
        return /reads "([^"]*)"/.exec(message)?.[1];
      });
    };
    for (const [what, inside, name] of cases) {
      it(`is told as a warning with ${engine}, ${what}`, async () => {
        assert.deepEqual(await namesIn(block(inside)), name === undefined ? [] : [name]);
      });
    }

    it(`is no matter outside of blocks with ${engine}`, async () => {
      assert.deepEqual(await namesIn(`${block('red')}{{ settings.site.colour }}`), []);
    });

    it(`is followed through another name with ${engine}`, async () => {
      const assign = engine === 'liquid' ? 'assign' : 'set';
      const template = `{% ${assign} own = settings.site %}${block('{{ own.colour }}')}`;
      assert.deepEqual(await namesIn(template), ['settings.site']);
    });
  }

  it('is told again when nothing is explored again', async () => {
    const files = { 'templates/home.html': block('{{ settings.site.colour }}') };
    const config: Config = { offline: { context }, cache: { directory: 'kept' } };
    const first = await compressFiles(files, config);
    await using folder = first.folder;
    assert.deepEqual(first.findings, [changes('settings.site.colour', '1:37')]);
    assert.deepEqual((await compressFolder(folder, config)).findings, first.findings);
  });

  it('is told where another context has the same value, fixed', async () => {
    const files = { 'templates/home.html': block('{{ colour }}') };
    for (const contexts of [
      [{ colour: 'teal' }, { colour: kept('teal') }],
      [{ colour: kept('teal') }, { colour: 'teal' }],
    ]) {
      const { folder, findings } = await compressFiles(files, { offline: { context: contexts } });
      await using _ = folder;
      assert.deepEqual(findings, [changes('colour', '1:37')]);
    }
  });

  it('is named by check', async () => {
    await using folder = await createFolder({ 'templates/home.html': block('{{ settings.site.colour }}') });
    const config: Config = { mode: 'offline', logger: silentLogger, cache: false, offline: { context } };
    const { occurrences } = await checkSite(resolveConfig(config, folder.path));
    const variables = reportBlocks(occurrences).flatMap((report) => report.variables);
    assert.deepEqual(
      variables.map(({ name, keptIn }) => [name, keptIn]),
      [['settings.site.colour', 'the database']],
    );
  });

  it('is said to be kept there when it cannot be had, with what its error says to do', async () => {
    const error = Object.assign(new Error('no [x]\ndo it'), { summary: 'no', help: 'Do it.' });
    const fail = Object.assign(() => Promise.reject(error), { keptIn: 'the database' });
    const late = Object.assign(() => new Promise(() => {}), { keptIn: 'the database' });
    const files = { 'templates/home.html': block('{{ fail }}'), 'templates/late.html': block('{{ late }}') };
    const options = { offline: { context: { fail, late }, timeout: 20 } };
    const { folder, result } = await compressFiles(files, options);
    await using _ = folder;
    assert.deepEqual(
      result.diagnostics.map(({ code, message, help }) => [code, message, help]),
      [
        ['context-failed', 'the function that supplies "fail" from the database failed: no', 'Do it.'],
        [
          'context-timeout',
          'the function that supplies "late" from the database did not answer within 20 ms',
          'Make it answer, or raise offline.timeout.',
        ],
      ],
    );
  });
});

it('what supplies contexts is told the address of static files', async () => {
  const files = {
    'static/a.css': 'a { top: 0 }',
    'templates/home.html':
      '{% compress css %}<link rel="stylesheet" href="{{ base }}a.css">{% endcompress %}',
  };
  const { folder, findings, result } = await compressFiles(files, {
    static: { url: '/files/' },
    offline: { context: ({ staticUrl }) => ({ base: staticUrl }) },
  });
  await using _ = folder;
  assert.deepEqual([findings, result.artifacts.length], [[], 1]);
});
