import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { z } from 'zod';
import { createTree } from '../tree/tree.ts';
import { HtmlCache } from './html-cache.ts';
import { rendererFor, widget } from './render-fixture.ts';
import type { RenderOptions } from './render-options.ts';
import type { RendererOptions } from './renderer.ts';

/** Renders a widget with each of some options, and says how often its template was run. */
async function runs(
  template: string,
  each: readonly RenderOptions[],
  options: Partial<RendererOptions> = {},
) {
  const engine = new Liquid({ extname: '.liquid' });
  let count = 0;
  engine.registerFilter('counted', (value) => {
    count += 1;
    return value;
  });
  engine.registerFilter('double', (value) => Number(value) * 2);
  engine.registerTag('mine', { render: () => 'mine' });
  const { render } = await rendererFor({
    files: { 'box/render.liquid': `{{ '' | counted }}${template}`, 'box/part.liquid': '{{ locale }}' },
    fields: {
      box: z.object({
        link: z.string().default('').meta({ kind: 'link' }),
        rich: z.string().default('now').meta({ kind: 'rich-text' }),
        day: z.string().default('today').meta({ kind: 'link' }),
      }),
    },
    ...{ options: { engine, ...options, pure: ['counted', ...(options.pure ?? [])] } },
  });
  const shown: string[] = [];
  for (const given of each)
    shown.push(await render(widget('a', 'box', { fields: { link: 'widgy:page/1' } }), given));
  return { count, shown };
}

const by = (locale: unknown): RenderOptions => ({ variables: { locale }, cacheBy: ['locale'] });
const to = (url: string): RenderOptions => ({ references: new Map([['widgy:page/1', { url, label: '' }]]) });
const wide = (width: number): RenderOptions => ({
  references: new Map([['widgy:page/1', { url: '/a', label: '', data: { width } }]]),
});
const shared = (id: string): RenderOptions => ({
  references: new Map([['widgy:page/1', { url: '', label: '', tree: createTree(widget(id, 'box')) }]]),
});

describe('HTML is', () => {
  const cases: readonly [
    what: string,
    template: string,
    each: readonly RenderOptions[],
    count: number,
    options?: Partial<RendererOptions>,
  ][] = [
    ['kept', 'x', [{}, {}, {}], 1],
    ['kept for each purpose', 'x', [{}, { purpose: 'preview' }, {}, { purpose: 'preview' }], 2],
    ['kept where variables are not read', 'x', [{ variables: { a: 1 } }, { variables: { a: 2 } }], 1],
    ['kept by the variables that are named', '{{ locale }}', [by('de'), by('fr'), by('de'), by('fr')], 2],
    [
      'kept by named objects, in any order',
      '{{ locale.a }}',
      [by({ a: 1, b: 2 }), by({ b: 2, a: 1 }), by({ a: 1, b: 3 })],
      2,
    ],
    [
      'kept by a named variable that is not there',
      '{{ locale }}',
      [{ cacheBy: ['locale'] }, by(null), { cacheBy: ['locale'] }],
      2,
    ],
    [
      'not kept where another variable is read',
      '{{ user }}',
      [{ variables: { user: 1 } }, { variables: { user: 1 } }],
      2,
    ],
    [
      'not kept where one is asked for in a condition',
      '{% if user %}{% endif %}',
      [{}, { variables: { user: 1 } }],
      2,
    ],
    ['not kept where one is read that is not there', '{{ user }}', [{}, {}], 2],
    ['not kept where a partial reads one', "{% render 'part' %}", [{}, {}], 2],
    ['kept where a partial reads a named one', "{% render 'part' %}", [by('de'), by('de')], 1],
    ['kept by what references lead to', '{{ fields.link }}', [to('/a'), to('/b'), to('/a')], 2],
    ['kept by what things say of themselves', '{{ fields.link.data.width }}', [wide(1), wide(2), wide(1)], 2],
    [
      'kept by the trees that are shown in the place of links',
      '{% render_root fields.link.tree %}',
      [shared('p'), shared('q'), shared('p')],
      // The template is that of the shared tree too.
      4,
    ],
    ['kept where the site is read', '{{ site.styles.size }}', [{}, {}], 1],
    [
      'not kept where a page has a site of its own',
      '{{ site.name }}',
      [{ variables: { site: {} } }, { variables: { site: {} } }],
      2,
    ],
    [
      'another where a page has a site of its own after all',
      '{{ site.name }}',
      [{}, { variables: { site: { name: 'S' } } }, {}],
      2,
    ],
    ['not kept where it shows the time', "{{ 'now' | date: '%s' }}", [{}, {}], 2],
    [
      'not kept where it shows the time by a text that was collected',
      "{% capture t %}now{% endcapture %}{{ t | date: '%s' }}",
      [{}, {}],
      2,
    ],
    ['not kept where it shows the time by rich text', "{{ fields.rich | date: '%s' }}", [{}, {}], 2],
    ['not kept where it shows the time by an address', "{{ fields.day | date: '%s' }}", [{}, {}], 2],
    ['kept where it shows a date', "{{ '2020-01-01' | date: '%Y' }}", [{}, {}], 1],
    ['not kept where it leaves something to chance', "{{ 'a,b' | split: ',' | sample }}", [{}, {}], 2],
    ['not kept where a filter of the site is used', '{{ 2 | double }}', [{}, {}], 2],
    ['kept where it is said to be pure', '{{ 2 | double }}', [{}, {}], 1, { pure: ['double'] }],
    ['not kept where a tag of the site is used', '{% mine %}', [{}, {}], 2],
    [
      'kept where a tag of the site is there, and not used',
      '{% if false %}{% mine %}{% endif %}',
      [{}, {}],
      1,
    ],
    ['not kept in development', 'x', [{}, {}], 2, { isDevelopment: true }],
    ['not kept without room', 'x', [{}, {}], 2, { limits: { cacheBytes: 0 } }],
    [
      'kept with and without a nonce',
      'x',
      [{}, { request: { nonce: 'abcdefgh' } }, { request: { nonce: 'ijklmnop' } }],
      2,
    ],
    [
      'kept for each URL of assets',
      'x',
      [{ request: { url: '/a/' } }, { request: { url: '/b/' } }, { request: { url: '/a/' } }],
      2,
    ],
  ];
  for (const [what, template, each, count, options] of cases) {
    it(what, async () => {
      const result = await runs(template, each, options);
      assert.equal(result.count, count);
      // Whatever was kept, it is what a renderer that keeps nothing gives.
      if (!/'%s'|sample/.test(template)) {
        assert.deepEqual(
          result.shown,
          (await runs(template, each, { ...options, isDevelopment: true })).shown,
        );
      }
    });
  }

  it('of the nonce of its own request only', async () => {
    const requests = ['abcdefgh', '"$&$1', 'ijklmnop'].map((nonce) => ({ request: { nonce } }));
    const { shown, count } = await runs('<script nonce="{{ compressor.nonce }}"></script>', requests);
    assert.equal(count, 1);
    assert.deepEqual(
      shown.map((text) => /nonce="(.*)"/.exec(text)?.[1]),
      ['abcdefgh', '&quot;$&amp;$1', 'ijklmnop'],
    );
  });

  it('refused to be kept by what is no plain data', async () => {
    await assert.rejects(runs('x', [by(new Date(0))]), {
      code: 'cache-key-invalid',
      message: /"locale" is no plain data/,
    });
  });

  it('of another tree where a widget deep in it is another', async () => {
    const { render } = await rendererFor({
      files: { 'box/render.liquid': '<b>{{ fields.name }}{% render_children %}</b>' },
      fields: { box: z.object({ name: z.string().default('') }) },
    });
    const root = (name: string) =>
      widget('a', 'box', { children: [widget('b', 'box', { fields: { name } })] });
    assert.deepEqual(
      [await render(root('x')), await render(root('y'))],
      ['<b><b>x</b></b>', '<b><b>y</b></b>'],
    );
  });
});

it('the oldest HTML goes where it has no room', () => {
  const cache = new HtmlCache(20);
  cache.keep('a', '12345');
  cache.keep('b', '12345');
  cache.keep('c', 'ä234567');
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => cache.find(key)),
    [undefined, '12345', 'ä234567'],
  );
  assert.equal(cache.bytes, 15);
  cache.keep('d', 'x'.repeat(100));
  assert.equal(cache.find('d'), undefined);
});
