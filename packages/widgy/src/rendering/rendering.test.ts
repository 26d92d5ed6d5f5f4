import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { createTree } from '../tree/tree.ts';
import { rendererFor, widget } from './render-fixture.ts';

const TITLE = z.object({ title: z.string().default('none') });

describe('a template', () => {
  const box = (template: string, more: Readonly<Record<string, string>> = {}) => ({
    'box/render.liquid': template,
    'item/render.liquid': '<i>{{ fields.title }}</i>',
    ...more,
  });
  const cases: readonly [what: string, files: Readonly<Record<string, string>>, shown: string][] = [
    ['sees the fields', box('{{ fields.title }}'), 'T'],
    ['sees the widget', box('{{ widget.id }} {{ widget.type }}'), 'one box'],
    ['fills in fields that are missing', box('{{ children[2].fields.title }}'), 'none'],
    [
      'sees the fields of its children',
      box('{% for c in children %}{{ c.fields.title }} {% endfor %}'),
      'A B none ',
    ],
    ['shows a child', box('{% render children[1] %}'), '<i>B</i>'],
    [
      'shows children in any order',
      box('{% for c in children reversed %}{% render c %}{% endfor %}'),
      '<i>none</i><i>B</i><i>A</i>',
    ],
    ['shows all children', box('<p>{% render_children %}</p>'), '<p><i>A</i><i>B</i><i>none</i></p>'],
    ['shows those of a slot', box("{% render_children 'side' %}"), '<i>B</i>'],
    ['shows a slot that a variable names', box("{% assign s = 'side' %}{% render_children s %}"), '<i>B</i>'],
    ['sees slots', box('{% for c in slots.side %}{{ c.id }}{% endfor %}|{{ slots.main.size }}'), 'b|0'],
    [
      'sees its parent',
      box('{% render_children %}', {
        'item/render.liquid': '{{ parent.fields.title }}{{ parent.parent.id }}',
      }),
      'TTT',
    ],
    [
      'sees nothing of its parent’s variables',
      box('{% assign x = 1 %}{% render_children %}', { 'item/render.liquid': '[{{ x }}]' }),
      '[][][]',
    ],
    ['sees what the page has', box('{{ settings.name }}'), 'S'],
    ['passes it on', box('{% render_children %}', { 'item/render.liquid': '{{ settings.name }}' }), 'SSS'],
    [
      'shows partials of its folder',
      box("{% render 'part', t: fields.title %}", { 'box/part.liquid': '({{ t }})' }),
      '(T)',
    ],
    ['shows partials of the site', box("{% render 'part' %}", { 'shared/part.liquid': 'shared' }), 'shared'],
    [
      'prefers those of its folder',
      box("{% render 'part' %}", { 'box/part.liquid': 'own', 'shared/part.liquid': 'shared' }),
      'own',
    ],
    [
      'shows a partial that a variable names',
      box("{% assign p = 'part' %}{% render p %}", { 'box/part.liquid': 'own' }),
      'own',
    ],
    [
      'shows a child in a partial',
      box("{% render 'part', c: children[0] %}", { 'box/part.liquid': '({% render c %})' }),
      '(<i>A</i>)',
    ],
    [
      'includes with its variables',
      box("{% include 'part' %}", { 'box/part.liquid': '{{ fields.title }}' }),
      'T',
    ],
    [
      'has a layout',
      box("{% layout 'frame' %}{% block in %}{{ fields.title }}{{ block.super }}{% endblock %}", {
        'shared/frame.liquid': '<b>{% block in %}<hr>{% endblock %}</b>',
      }),
      '<b>T<hr></b>',
    ],
    ['sees the assets of the site', box('{{ site.styles.size }}'), '0'],
    [
      'finds no functions',
      box('{{ fields.title.constructor }}{{ widget.constructor }}{{ site.permissions }}'),
      '',
    ],
    ['captures markup', box('{% capture x %}<b>{{ fields.title }}</b>{% endcapture %}{{ x }}'), '<b>T</b>'],
  ];
  for (const [what, files, shown] of cases) {
    it(what, async () => {
      const { render, failures } = await rendererFor({
        files,
        fields: { box: TITLE, item: TITLE },
        rules: {
          children: {
            accept: ['*'],
            slots: [
              { name: 'side', accept: ['*'] },
              { name: 'main', accept: ['*'] },
            ],
          },
        },
      });
      const root = widget('one', 'box', {
        fields: { title: 'T' },
        children: [
          widget('a', 'item', { fields: { title: 'A' } }),
          widget('b', 'item', { fields: { title: 'B' }, slot: 'side' }),
          widget('c', 'item', { slot: 'zone' }),
        ],
      });
      assert.equal(await render(root, { variables: { settings: { name: 'S' } } }), shown);
      assert.deepEqual(failures, []);
    });
  }
});

describe('render_root', () => {
  const files = {
    'box/render.liquid': '<b>{{ fields.title }}{{ owner }}{% render_root other %}</b>',
    'shared/page.liquid': '<p>{% render_root tree %}</p>{{ "<" }}',
    'shared/given.liquid': '{% render_root tree, owner: "<me>" %}',
    'shared/part.liquid': "{% render 'page' %}",
  };
  const shows = async (template: string, variables: object) => {
    const { renderer, folder } = await rendererFor({ files, fields: { box: TITLE } });
    renderer.engine.options.root.push(join(folder, 'shared'));
    renderer.engine.options.partials.push(join(folder, 'shared'));
    return renderer.engine.renderFile(template, variables);
  };
  const tree = createTree(widget('one', 'box', { fields: { title: '<' } }));
  const cases: readonly [what: string, template: string, variables: object, shown: string | RegExp][] = [
    ['shows a tree', 'page', { tree }, '<p><b>&lt;</b></p>&lt;'],
    ['shows nothing for no tree', 'page', {}, '<p></p>&lt;'],
    ['shows nothing for null', 'page', { tree: null }, '<p></p>&lt;'],
    ['hands on variables', 'given', { tree }, '<b>&lt;&lt;me&gt;</b>'],
    [
      'shows a tree in a tree',
      'page',
      { tree, other: createTree(widget('two', 'box')) },
      /^<p><b>&lt;<b>none<b>/,
    ],
    [
      'is a preview if the page says so',
      'page',
      { tree, widgy: { purpose: 'preview' } },
      /<!--widgy one--><b data-widgy-id="one"/,
    ],
    [
      'is none if it says something else',
      'page',
      { tree, widgy: { purpose: 'Preview' } },
      '<p><b>&lt;</b></p>&lt;',
    ],
  ];
  for (const [what, template, variables, shown] of cases) {
    it(what, async () => {
      const html = await shows(template, variables);
      if (typeof shown === 'string') assert.equal(html, shown);
      else assert.match(html, shown);
    });
  }

  it('refuses what is no tree', async () => {
    await assert.rejects(shows('page', { tree: 'one' }), /what render_root is given is no tree/);
  });
});

describe('templates', () => {
  const files = { 'box/render.liquid': 'one' };
  for (const [isDevelopment, shown] of [
    [true, 'two'],
    [false, 'one'],
  ] as const) {
    it(`are ${isDevelopment ? 'read again in development' : 'kept otherwise'}`, async () => {
      const { folder, render } = await rendererFor({ files, options: { isDevelopment } });
      assert.equal(await render(widget('a', 'box')), 'one');
      await writeFile(join(folder, 'box/render.liquid'), 'two');
      assert.equal(await render(widget('b', 'box')), shown);
    });
  }

  it('have a fingerprint that changes with each of them, and with no other type’s', async () => {
    const { folder, renderer } = await rendererFor({
      files: { ...files, 'box/part.liquid': 'p', 'other/render.liquid': 'o', 'shared/all.liquid': 's' },
    });
    let before = await renderer.fingerprint('box');
    assert.equal(await renderer.fingerprint('box'), before);
    await writeFile(join(folder, 'other/render.liquid'), 'changed');
    assert.equal(await renderer.fingerprint('box'), before);
    for (const path of ['box/render.liquid', 'box/part.liquid', 'shared/all.liquid']) {
      await writeFile(join(folder, path), 'changed');
      const now = await renderer.fingerprint('box');
      assert.notEqual(now, before, path);
      before = now;
    }
  });
});

describe('a renderer', () => {
  for (const root of ['shared', '/nowhere/at/all']) {
    it(`refuses the root ${root}`, async () => {
      await assert.rejects(rendererFor({ files: {}, options: { roots: [root] } }), {
        code: 'folder-missing',
      });
    });
  }
});

describe('large trees', () => {
  const files = { 'box/render.liquid': '<b>{% render_children %}</b>' };

  it('may be 100 deep, and nothing overflows', async () => {
    const { render, failures } = await rendererFor({ files });
    let root = widget('w0', 'box');
    for (let at = 1; at < 100; at++) root = widget(`w${at}`, 'box', { children: [root] });
    assert.equal(await render(root), '<b>'.repeat(100) + '</b>'.repeat(100));
    assert.deepEqual(failures, []);
  });

  it('may be 10,000 wide', async () => {
    const { render } = await rendererFor({ files });
    const children = Array.from({ length: 10_000 }, (_, at) => widget(`w${at}`, 'box'));
    assert.equal(await render(widget('root', 'box', { children })), `<b>${'<b></b>'.repeat(10_000)}</b>`);
  });
});
