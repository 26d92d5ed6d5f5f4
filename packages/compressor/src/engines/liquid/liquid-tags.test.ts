import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engineFor, fake } from '../fake-handlers.ts';

type Variables = Readonly<Record<string, unknown>>;

describe('blocks in LiquidJS', () => {
  const cases: readonly [
    name: string,
    templates: Readonly<Record<string, string>>,
    expected: string,
    variables?: Variables,
  ][] = [
    [
      'a constant block',
      { 'home.liquid': 'a{% compress css %}<style>b{}</style>{% endcompress %}c' },
      'a[css file|<style>b{}</style>]c',
    ],
    [
      'mode and name',
      { 'home.liquid': '{% compress js inline site %}x{% endcompress %}' },
      '[js inline site|x]',
    ],
    ['an empty block', { 'home.liquid': '{% compress js %}{% endcompress %}' }, '[js file|]'],
    [
      'control of white space',
      { 'home.liquid': 'a {%- compress css -%} b {%- endcompress -%} c' },
      'a[css file|b]c',
    ],
    [
      'variables, escaped',
      { 'home.liquid': '{% compress css %}<i title="{{ v }}">{% endcompress %}' },
      '[css file|<i title="a&amp;&#34;">]',
      { v: 'a&"' },
    ],
    [
      'conditions',
      { 'home.liquid': '{% compress css %}{% if dark %}d{% else %}l{% endif %}{% endcompress %}' },
      '[css file|d]',
      { dark: true },
    ],
    [
      'comments and raw text',
      {
        'home.liquid':
          '{% compress js %}a{% comment %}b{% endcomment %}{% raw %}{{ c }}{% endraw %}{% endcompress %}',
      },
      '[js file|a{{ c }}]',
    ],
    [
      'a block in a loop',
      { 'home.liquid': '{% for i in (1..3) %}{% compress js %}{{ i }}{% endcompress %}{% endfor %}' },
      '[js file|1][js file|2][js file|3]',
    ],
    [
      'a loop in a block',
      { 'home.liquid': '{% compress js %}{% for i in (1..3) %}{{ i }}{% endfor %}{% endcompress %}' },
      '[js file|123]',
    ],
    [
      'assigned variables',
      {
        'home.liquid':
          '{% assign a = "x" %}{% compress js %}{{ a }}{% assign b = "y" %}{% endcompress %}{{ b }}',
      },
      '[js file|x]y',
    ],
    [
      'a block in an include',
      {
        'home.liquid': '{% include "part", n: 1 %}{% include "part", n: 2 %}',
        'part.liquid': '{% compress js %}{{ n }}{% endcompress %}',
      },
      '[js file|1][js file|2]',
    ],
    [
      'a block in a render',
      {
        'home.liquid': '{% render "part", n: 1 %}',
        'part.liquid': '{% compress js %}{{ n }}{{ home }}{% endcompress %}',
      },
      '[js file|1]',
      { home: 'hidden' },
    ],
    [
      'an include in a block',
      {
        'home.liquid': '{% compress js %}{% include "part" %}{% render "part" %}{% endcompress %}',
        'part.liquid': "{% static 'a.js' %}",
      },
      '[js file|/static/a.js/static/a.js]',
    ],
    [
      'a layout whose block is overridden',
      {
        'home.liquid': '{% layout "base" %}{% block css %}own{{ n }}{% endblock %}',
        'base.liquid': '<{% compress css %}base {% block css %}default{% endblock %}{% endcompress %}>',
      },
      '<[css file|base own1]>',
      { n: 1 },
    ],
    [
      'a layout whose block is not overridden',
      {
        'home.liquid': '{% layout "base" %}{% block other %}x{% endblock %}',
        'base.liquid': '{% compress css %}{% block css %}default{% endblock %}{% endcompress %}',
      },
      '[css file|default]',
    ],
    [
      'a block in the block of a layout',
      {
        'home.liquid':
          '{% layout "base" %}{% block head %}{% compress css %}{{ n }}{% endcompress %}{% endblock %}',
        'base.liquid': '<{% block head %}{% endblock %}>',
      },
      '<[css file|1]>',
      { n: 1 },
    ],
    [
      'static with a name',
      { 'home.liquid': "{% static 'a.svg' %} {{ 'b.svg' | static }}" },
      '<a.svg@home.liquid:1:1> &lt;b.svg@home.liquid:1:35&gt;',
    ],
    [
      'static with a variable',
      { 'home.liquid': '\n {% static name %}' },
      '\n <a.svg@home.liquid:2:2>',
      { name: 'a.svg' },
    ],
    [
      'static with a filter',
      { 'home.liquid': "{% static 'a' | append: '.svg' %}" },
      '<a.svg@home.liquid:1:1>',
    ],
    ['static with nothing', { 'home.liquid': '{% static none %}' }, '<@home.liquid:1:1>'],
    [
      'static in blocks, plain',
      {
        'home.liquid':
          "{% compress css %}{% static 'a.css' %} {{ 'b.css' | static }} {% static c %}{% endcompress %}",
      },
      '[css file|/static/a.css /static/b.css /static/c.css]',
      { c: 'c.css' },
    ],
    [
      'static after a block',
      { 'home.liquid': "{% compress css %}{{ x }}{% endcompress %}{% static 'a.svg' %}" },
      '[css file|]<a.svg@home.liquid:1:43>',
    ],
    [
      'a template in a folder',
      { 'home.liquid': '{% render "a/b" %}', 'a/b.liquid': "\n\n  {% static 'c' %}" },
      '\n\n  <c@a/b.liquid:3:3>',
    ],
  ];
  for (const [name, templates, expected, variables = {}] of cases) {
    for (const isSync of [true, false]) {
      it(`${name}${isSync ? '' : ', with answers that take time'}`, async () => {
        const engine = await engineFor(templates, fake({ isSync }));
        for (let time = 0; time < 2; time += 1) {
          assert.equal(await engine.render('home', variables), expected);
        }
      });
    }
  }

  it('give handlers the place of the block', async () => {
    const given = fake();
    const engine = await engineFor({ 'a/b.liquid': 'x\n  {% compress css %}{% endcompress %}' }, given);
    await engine.render('a/b', {});
    assert.deepEqual(given.blocks[0]?.place, { file: 'a/b.liquid', line: 2, column: 3 });
  });

  it('that are constant are read when the template is parsed', async () => {
    const given = fake();
    const template = `{% compress css %}{% static 'a.css' %}{% static "b's.css" %}{% endcompress %}`;
    const engine = await engineFor({ 'home.liquid': template }, given);
    for (let time = 0; time < 3; time += 1) await engine.render('home', {});
    assert.deepEqual(given.plain, ['a.css', ...Array.from({ length: 3 }, () => ['a.css', "b's.css"]).flat()]);
  });

  it('stay apart when pages are rendered at the same time', async () => {
    const given = fake({ isSync: false });
    const engine = await engineFor(
      { 'home.liquid': "{% compress js %}{{ n }}{% endcompress %}{% static 'a' %}" },
      given,
    );
    const pages = await Promise.all(Array.from({ length: 20 }, (_, n) => engine.render('home', { n })));
    assert.deepEqual(
      pages,
      pages.map((_, n) => `[js file|${n}]<a@home.liquid:1:42>`),
    );
  });

  it('bring what a page needs in development once, before the first of them', async () => {
    const given = fake({ developmentTag: '<dev>' });
    const block = '{% compress js %}x{% endcompress %}';
    const engine = await engineFor(
      { 'home.liquid': `a${block}{% render "part" %}`, 'part.liquid': block },
      given,
    );
    for (let time = 0; time < 2; time += 1) {
      assert.equal(await engine.render('home', {}), 'a<dev>\n[js file|x][js file|x]');
    }
  });
});
