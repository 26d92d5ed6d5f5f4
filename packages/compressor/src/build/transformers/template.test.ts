import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { createBuildSite } from '../../testing/build-site.ts';
import { temporaryFolder, writeFiles } from '../../testing/folder.ts';
import { group, runCached } from '../cache/cache-fixture.ts';
import { type TemplateOptions, templateTransformer } from './template.ts';

/** Liquid in style sheets, as the manual shows it. */
function liquid(variables: Record<string, unknown>, options: Partial<TemplateOptions> = {}) {
  return templateTransformer({
    name: 'liquid',
    version: '1',
    extensions: ['.css.liquid'],
    output: 'css',
    variables,
    render: ({ text, path, variables: values, read }) =>
      new Liquid({
        root: dirname(path),
        fs: {
          resolve: (folder, file) => resolve(folder, file),
          exists: async (file) => existsSync(file),
          readFile: read,
          existsSync,
          readFileSync: () => '',
        },
      }).parseAndRender(text, values),
    ...options,
  });
}

describe('templateTransformer', () => {
  it('renders sources with its variables, and knows what they include', async () => {
    await using site = await createBuildSite(
      {
        'a.css.liquid': 'a { color: {{ brand.ink }} } {% render "part/b.css", tone: brand.ink %}',
        'part/b.css': 'b { color: {{ tone }} }',
        'other.css': 'c { top: 0 }',
      },
      { build: { transformers: [liquid({ brand: { ink: 'red' } })] } },
    );
    const build = await site.build('style', 'a.css.liquid');
    assert.equal(build.text, 'a,b{color:red}');
    const [part] = await site.builder.plan({ goal: 'style', sources: [{ file: 'a.css.liquid' }] });
    assert.deepEqual([...(part?.inputs.values() ?? [])].map(({ name }) => name).sort(), [
      'a.css.liquid',
      'part/b.css',
    ]);
    await site.change({ 'part/b.css': 'b { top: 0 }' });
    assert.equal((await site.build('style', 'a.css.liquid')).text, 'a{color:red}b{top:0}');
    assert.equal((await site.build('style', 'other.css')).text, 'c{top:0}');
  });

  it('takes the kind of output that the block asks for', async () => {
    const script = liquid({ port: 80 }, { extensions: ['.js.liquid'], output: 'js' });
    await using site = await createBuildSite(
      { 'a.js.liquid': 'window.port = {{ port }};', 'b.liquid': '' },
      { build: { transformers: [liquid({}), script] } },
    );
    assert.equal((await site.build('classic', 'a.js.liquid')).text, 'window.port=80;');
    assert.equal((await site.build('module', 'a.js.liquid')).text, 'window.port=80;');
    await assert.rejects(site.build('style', 'b.liquid'), /nothing turns "\.liquid" into CSS/);
  });

  it('builds again, with another key, when a variable is another one', async () => {
    const folder = await temporaryFolder({ 'static/a.css.liquid': 'a { color: {{ ink }} }' });
    const groups = [group('style', 'a.css.liquid')];
    const run = (ink: string) => runCached(folder, groups, { build: { transformers: [liquid({ ink })] } });
    const red = await run('red');
    const teal = await run('teal');
    assert.notDeepEqual([...teal.results.keys()], [...red.results.keys()]);
    assert.match([...teal.results.values()].join(), /teal/);
    assert.deepEqual((await run('red')).compiled, []);
    await writeFiles(folder, { 'static/a.css.liquid': 'b { color: {{ ink }} }' });
    assert.deepEqual((await run('red')).compiled, ['a.css.liquid']);
  });

  it('keeps what one source does to the variables from the next', async () => {
    const counting = templateTransformer({
      name: 'counting',
      version: '1',
      extensions: ['.css'],
      output: 'css',
      variables: { seen: [] },
      render({ variables: { seen } }) {
        assert.ok(Array.isArray(seen));
        seen.push('one');
        return `a { order: ${seen.length} }`;
      },
    });
    await using site = await createBuildSite(
      { 'a.css': '1', 'b.css': '2' },
      { build: { transformers: [counting] } },
    );
    for (const name of ['a.css', 'b.css']) assert.equal((await site.build('style', name)).text, 'a{order:1}');
  });

  const refused: readonly (readonly [what: string, value: unknown])[] = [
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['nothing', undefined],
    ['what is no number', Number.NaN],
    ['a map', new Map()],
  ];
  for (const [what, value] of refused) {
    it(`refuses variables that are no plain data: ${what}`, () => {
      assert.throws(() => liquid({ value }), { code: 'config-invalid' });
    });
  }

  it('says where it failed', async () => {
    await using site = await createBuildSite(
      { 'a.css.liquid': '{% render "no.css" %}' },
      { build: { transformers: [liquid({})] } },
    );
    await assert.rejects(site.build('style', 'a.css.liquid'), /^.*a\.css\.liquid: liquid: ENOENT.*no\.css/);
  });
});
