import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { z } from 'zod';
import type { CheckedRendering } from '../config/config.ts';
import { defineWidget, type WidgetDefinition } from '../widgets/define-widget.ts';
import { defineSite } from '../widgets/site.ts';
import { siteFolder } from '../widgets/site-fixture.ts';
import { checkSite } from './check-site.ts';

const fields = z.object({
  title: z.string().default('Title'),
  size: z.enum(['small', 'large']).default('small'),
  slides: z
    .array(z.object({ alt: z.string().default('alt') }))
    .max(5)
    .default([]),
});

/** Checks a site whose type `box` has some files, beside a type `row` that shows its children. */
async function check(
  files: Readonly<Record<string, string>>,
  rendering: CheckedRendering = {},
  rules: Partial<Omit<WidgetDefinition<typeof fields>, 'type' | 'fields'>> = {},
) {
  const folder = await siteFolder({
    'box/render.liquid': 'box',
    'row/render.liquid': '{% render_children %}',
    'shared/part.liquid': 'part',
    ...files,
  });
  const site = defineSite({
    folder,
    widgets: [
      defineWidget({ label: 'Box', directory: join(folder, 'box'), ...rules, type: 'box', fields }),
      defineWidget({
        type: 'row',
        label: 'Row',
        directory: join(folder, 'row'),
        children: { accept: ['box'] },
      }),
    ],
  });
  const options = { roots: [join(folder, 'shared')], ...rendering };
  return { ...(await checkSite(site, options, folder)), again: () => checkSite(site, options, folder) };
}

/** Fails where a condition holds. */
const failIf = (condition: string) => `{% if ${condition} %}\n  {{ 1 | nope }}{% endif %}`;

describe('checking a site', () => {
  it('finds nothing in a good one', async () => {
    const { diagnostics, types, renderings } = await check({
      'box/render.liquid':
        "{{ fields.title }}{% for s in fields.slides %}{{ s.alt }}{% endfor %}{% render 'part' %}",
    });
    assert.deepEqual([diagnostics, types], [[], 2]);
    assert.ok(renderings > 20, `${renderings}`);
  });

  const engine = () => {
    const made = new Liquid({ extname: '.liquid' });
    made.registerFilter('nope', () => {
      throw new Error('it failed');
    });
    return made;
  };
  const faults: readonly [what: string, condition: string, data: RegExp][] = [
    ['with the defaults', 'fields.title == "Title"', /"title":"Title"/],
    ['with an empty field', 'fields.title == ""', /"title":""/],
    ['with a long text', 'fields.title.size > 1000', /"title":"Lorem ipsum/],
    ['with hostile text', 'fields.title contains "<script>"', /<script>/],
    ['with one of the choices', 'fields.size == "large"', /"size":"large"/],
    ['with one item', 'fields.slides.size == 1', /"slides":\[\{"alt":"[^"]*"\}\]/],
    ['with as many items as there may be', 'fields.slides.size == 5', /"slides":\[(\{[^}]*\},){4}\{/],
    ['with an empty field in a list', 'fields.slides.first.alt == ""', /"alt":""/],
  ];
  for (const [what, condition, data] of faults) {
    it(`finds a template that fails ${what}, and tells where and with what`, async () => {
      const { diagnostics } = await check({ 'box/render.liquid': failIf(condition) }, { engine: engine() });
      const [first, ...others] = diagnostics;
      assert.deepEqual(others, []);
      const { severity, code, type, template, line, column, message = '' } = first ?? {};
      assert.deepEqual(
        [severity, code, type, template, line, column],
        ['error', 'template-failed', 'box', 'box/render.liquid', 2, 3],
      );
      assert.match(message, /^it failed \(in a widget of the type "box" with /);
      assert.match(JSON.stringify(first?.fields), data);
    });
  }

  const templates: readonly [
    what: string,
    files: Readonly<Record<string, string>>,
    code: string,
    place: string,
  ][] = [
    ['cannot be read', { 'box/render.liquid': 'a\n{% if %}' }, 'template-failed', 'box/render.liquid:2'],
    [
      'shows a partial that is missing',
      { 'box/render.liquid': "{% render 'gone' %}" },
      'template-missing',
      'box/render.liquid:1',
    ],
    [
      'fails in previews only',
      { 'box/preview.liquid': '\n\n{{ 1 | nope }}' },
      'template-failed',
      'box/preview.liquid:3',
    ],
    [
      'fails in edit forms only',
      { 'box/edit.liquid': '{{ form }}\n{{ 1 | nope }}' },
      'template-failed',
      'box/edit.liquid:2',
    ],
    [
      'fails in a partial',
      { 'box/render.liquid': "{% render 'bad' %}", 'shared/bad.liquid': '{{ 1 | nope }}' },
      'template-failed',
      'shared/bad.liquid:1',
    ],
    [
      'fails only inside of another',
      { 'box/render.liquid': '{% if parent.type == "row" %}{{ 1 | nope }}{% endif %}' },
      'template-failed',
      'box/render.liquid:1',
    ],
  ];
  for (const [what, files, code, place] of templates) {
    it(`finds a template that ${what}`, async () => {
      const { diagnostics } = await check(files, { engine: engine() });
      assert.deepEqual(
        diagnostics.map((one) => [one.severity, one.code, one.type, `${one.template}:${one.line}`]),
        [['error', code, 'box', place]],
      );
    });
  }

  it('finds a template of a form that cannot be read, once, and says that it is one', async () => {
    const { diagnostics, renderings } = await check({ 'box/edit.liquid': '{% if %}' });
    assert.deepEqual(
      diagnostics.map(({ code, template }) => [code, template]),
      [['template-failed', 'box/edit.liquid']],
    );
    assert.match(
      diagnostics[0]?.message ?? '',
      /\(in the edit form of a widget of the type "box" with a new one\)$/,
    );
    const without = await check({});
    assert.deepEqual(without.diagnostics, []);
    assert.ok(renderings > without.renderings, `${renderings} and ${without.renderings}`);
  });

  it('gives templates what pages give them', async () => {
    const strict = () => new Liquid({ extname: '.liquid', strictVariables: true });
    const files = { 'box/render.liquid': '{{ settings.name }}' };
    assert.equal((await check(files, { engine: strict() })).diagnostics[0]?.code, 'template-failed');
    const variables = { settings: { name: 'Site' } };
    assert.deepEqual((await check(files, { engine: strict(), variables })).diagnostics, []);
  });

  it('finds the same each time', async () => {
    const { diagnostics, again } = await check({ 'box/render.liquid': failIf('fields.title contains "x"') });
    assert.equal(diagnostics.length, 1);
    assert.deepEqual((await again()).diagnostics, diagnostics);
  });
});
