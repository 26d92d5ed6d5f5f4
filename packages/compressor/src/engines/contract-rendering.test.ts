import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestValues } from '../render/request-values.ts';
import { NONCE_GAP, TagText, URL_GAP } from '../render/tag-text.ts';
import { block, ENGINES, either, engineWith, type Sources } from './contract.ts';
import type { TagHandlers } from './engine.ts';
import { fake } from './fake-handlers.ts';

const show = (name: string) => `{% include "${name}.html" %}`;

const cases: readonly [
  name: string,
  sources: Sources,
  expected: string,
  variables?: Readonly<Record<string, unknown>>,
][] = [
  [
    'a constant block',
    { 'home.html': `a${block('<style>b{}</style>')}c` },
    'a[css file|<style>b{}</style>]c',
  ],
  ['mode and name', { 'home.html': '{% compress js inline site %}x{% endcompress %}' }, '[js inline site|x]'],
  [
    'a kind of the site',
    { 'home.html': '{% compress sprite file icons %}x{% endcompress %}' },
    '[sprite file icons|x]',
  ],
  [
    'attributes',
    { 'home.html': '{% compress js defer data-a="it\'s > 1" data-b=\'"x"\' %}y{% endcompress %}' },
    '[js file defer= data-a=it\'s > 1 data-b="x"|y]',
  ],
  ['an empty block', { 'home.html': '{% compress js %}{% endcompress %}' }, '[js file|]'],
  [
    'control of white space',
    { 'home.html': 'a {%- compress css -%} b {%- endcompress -%} c' },
    'a[css file|b]c',
  ],
  [
    'variables, escaped',
    { 'home.html': block('<i title="{{ v }}">') },
    '[css file|<i title="&amp;&lt;">]',
    { v: '&<' },
  ],
  [
    'a condition in a block',
    { 'home.html': block('{% if dark %}d{% else %}l{% endif %}') },
    '[css file|d]',
    { dark: true },
  ],
  [
    'a block in a condition',
    { 'home.html': `{% if dark %}${block('d')}{% else %}${block('l')}{% endif %}` },
    '[css file|l]',
  ],
  [
    'raw text',
    { 'home.html': '{% compress js %}{% raw %}{{ c }}{% endraw %}{% endcompress %}' },
    '[js file|{{ c }}]',
  ],
  [
    'a block in a loop',
    { 'home.html': `{% for i in list %}${block('{{ i }}')}{% endfor %}` },
    '[css file|1][css file|2]',
    { list: [1, 2] },
  ],
  [
    'a loop in a block',
    { 'home.html': block('{% for i in list %}{{ i }}{% endfor %}') },
    '[css file|12]',
    { list: [1, 2] },
  ],
  [
    'assigned variables',
    {
      'home.html': either(
        `{% assign a = "x" %}${block('{{ a }}{% assign b = "y" %}')}{{ b }}`,
        `{% set a = "x" %}${block('{{ a }}{% set b = "y" %}')}{{ b }}`,
      ),
    },
    '[css file|x]y',
  ],
  [
    'a block in captured text, shown twice',
    {
      'home.html': either(
        `{% capture t %}<${block('{{ v }}')}>{% endcapture %}{{ t | raw }}{{ t | raw }}`,
        `{% set t %}<${block('{{ v }}')}>{% endset %}{{ t | safe }}{{ t | safe }}`,
      ),
    },
    '<[css file|1]><[css file|1]>',
    { v: 1 },
  ],
  [
    'a block in a partial, in a condition in a loop',
    {
      'home.html': `{% for i in list %}{% if i %}${show('part')}-{% endif %}{% endfor %}END`,
      'part.html': block('{{ i }}'),
    },
    '[css file|1]-[css file|2]-END',
    { list: [1, false, 2] },
  ],
  [
    'a block in a partial with parameters',
    {
      'home.html': either(
        '{% render "part", n: 1 %}{% render "part", n: 2 %}',
        '{% from "part.html" import part %}{{ part(1) }}{{ part(n=2) }}',
      ),
      'part.html': either(
        `<${block('{{ n }}{{ hidden }}')}>`,
        `{% macro part(n) %}<${block('{{ n }}{{ hidden }}')}>{% endmacro %}`,
      ),
    },
    '<[css file|1]><[css file|2]>',
    { hidden: 'h' },
  ],
  [
    'a partial in a block',
    { 'home.html': block(`${show('part')}${show('part')}`), 'part.html': "{% static 'a.js' %}" },
    '[css file|/static/a.js/static/a.js]',
  ],
  [
    'a layout whose block is overridden',
    {
      'home.html': either(
        '{% layout "base.html" %}{% block css %}own{{ n }}{% endblock %}',
        '{% extends "base.html" %}{% block css %}own{{ n }}{% endblock %}',
      ),
      'base.html': `<${block('base {% block css %}default{% endblock %}')}>`,
    },
    '<[css file|base own1]>',
    { n: 1 },
  ],
  [
    'a layout whose block is not overridden',
    {
      'home.html': either(
        '{% layout "base.html" %}{% block other %}x{% endblock %}',
        '{% extends "base.html" %}{% block other %}x{% endblock %}',
      ),
      'base.html': block('{% block css %}default{% endblock %}'),
    },
    '[css file|default]',
  ],
  [
    'what the layouts above show of a block, inside a block',
    {
      'home.html': either(
        `{% layout "mid.html" %}{% block head %}${block('own {{ block.super | raw }}')}{% endblock %}`,
        `{% extends "mid.html" %}{% block head %}${block('own {{ super() }}')}{% endblock %}`,
      ),
      'mid.html': either(
        `{% layout "base.html" %}{% block head %}mid {{ block.super | raw }}{% endblock %}`,
        `{% extends "base.html" %}{% block head %}mid {{ super() }}{% endblock %}`,
      ),
      'base.html': "<{% block head %}{% static 'a.css' %}{% endblock %}>",
    },
    '<[css file|own mid /static/a.css]>',
  ],
  [
    'what the layouts above show in a block around a block',
    {
      'home.html': either(
        '{% layout "mid.html" %}{% block css %}own {{ block.super | raw }}{% endblock %}',
        '{% extends "mid.html" %}{% block css %}own {{ super() }}{% endblock %}',
      ),
      'mid.html': either(
        '{% layout "base.html" %}{% block css %}mid {{ block.super | raw }}{% endblock %}',
        '{% extends "base.html" %}{% block css %}mid {{ super() }}{% endblock %}',
      ),
      'base.html': `<${block('{% block css %}{% static "a.css" %}{% endblock %}')}>`,
    },
    '<[css file|own mid /static/a.css]>',
  ],
  [
    'a block of a layout and one of a child',
    {
      'home.html': either(
        `{% layout "base.html" %}{% block head %}${block('{{ n }}')}{{ block.super | raw }}{% endblock %}`,
        `{% extends "base.html" %}{% block head %}${block('{{ n }}')}{{ super() }}{% endblock %}`,
      ),
      'base.html': `<{% block head %}${block('base')}{% endblock %}>`,
    },
    '<[css file|1][css file|base]>',
    { n: 1 },
  ],
  [
    'static with a name',
    { 'home.html': "{% static 'a.svg' %} {{ 'b.svg' | static }}" },
    '<a.svg@home.html:1:1> &lt;b.svg@home.html:1:35&gt;',
  ],
  [
    'static with a variable',
    { 'home.html': '\n {% static name %}' },
    '\n <a.svg@home.html:2:2>',
    { name: 'a.svg' },
  ],
  ['static with nothing', { 'home.html': '{% static nothing %}' }, '<@home.html:1:1>'],
  [
    'static in blocks, plain',
    { 'home.html': block("{% static 'a.css' %} {{ 'b.css' | static }} {% static c %}") },
    '[css file|/static/a.css /static/b.css /static/c.css]',
    { c: 'c.css' },
  ],
  [
    'static after a block',
    { 'home.html': `${block('{{ x }}')}{% static 'a.svg' %}` },
    '[css file|]<a.svg@home.html:1:43>',
  ],
  [
    'a template in a folder',
    { 'home.html': show('a/b'), 'a/b.html': "\n\n  {% static 'c' %}" },
    '\n\n  <c@a/b.html:3:3>',
  ],
];

/** What pages show that are given a nonce and a URL. */
const requests: readonly [name: string, sources: Sources, expected: string][] = [
  [
    'in a page and in what it includes',
    {
      'home.html': `${block('{{ v }}')}${block('known')}${show('part')}`,
      'part.html': block('x'),
    },
    '/b/dev nonce="n1"\n[css file|1|n1|/b/]/b/known nonce="n1"[css file|x|n1|/b/]',
  ],
  [
    'where variables are hidden',
    {
      'home.html': either('{% render "part" %}', '{% from "part.html" import part %}{{ part() }}'),
      'part.html': either(
        `${block('known')}${block('{{ v }}')}`,
        `{% macro part() %}${block('known')}${block('{{ v }}')}{% endmacro %}`,
      ),
    },
    '/b/known nonce="n1"/b/dev nonce="n1"\n[css file||n1|/b/]',
  ],
  ['as a variable', { 'home.html': '{{ compressor.nonce }}' }, 'n1'],
];

for (const engine of ENGINES) {
  describe(`blocks in ${engine}`, () => {
    for (const [name, sources, expected, variables = {}] of cases) {
      for (const isSync of [true, false]) {
        it(`${name}${isSync ? '' : ', with answers that take time'}`, async () => {
          const ours = await engineWith(engine, sources, fake({ isSync }));
          for (let time = 0; time < 2; time += 1) {
            assert.equal(await ours.render('home', variables), expected);
          }
        });
      }
    }

    it('give handlers the place of the block, and its text where nothing in it varies', async () => {
      const given = fake();
      const ours = await engineWith(
        engine,
        { 'a/b.html': `x\n  {% compress css %} {% static 'c' %}\n{%- endcompress %}${block('{{ v }}')}` },
        given,
      );
      await ours.render('a/b', {});
      const [first, second] = given.blocks;
      assert.deepEqual(first, {
        ...{ kind: 'css', mode: 'file', name: undefined, attributes: {}, markup: ' /static/c' },
        ...{ literal: " {% static 'c' %}\n", place: { file: 'a/b.html', line: 2, column: 3 } },
      });
      assert.deepEqual(second?.literal, undefined);
    });

    it('are declared when a template is parsed, and known ones are not asked for', async () => {
      const given = fake();
      const declared: (number | undefined)[] = [];
      const ours = await engineWith(
        engine,
        { 'home.html': `${block('x')}\n${block('{{ 1 }}')}` },
        {
          ...given,
          handlers: {
            ...given.handlers,
            known: ({ markup, literal }) => new TagText([`known ${markup} ${literal}`], '/'),
            declared: ({ line }) => void declared.push(line),
          },
        },
      );
      for (let time = 0; time < 2; time += 1) {
        assert.equal(await ours.render('home', {}), 'known x x\n[css file|1]');
      }
      assert.deepEqual(declared, [1, 2]);
      assert.deepEqual(
        given.blocks.map(({ markup }) => markup),
        ['1', '1'],
      );
    });

    it('stay apart when pages are rendered at the same time', async () => {
      const ours = await engineWith(
        engine,
        { 'home.html': `${block('{{ n }}')}{% static 'a' %}` },
        fake({ isSync: false }),
      );
      const pages = await Promise.all(Array.from({ length: 20 }, (_, n) => ours.render('home', { n })));
      assert.deepEqual(
        pages,
        pages.map((_, n) => `[css file|${n}]<a@home.html:1:43>`),
      );
    });

    it('bring what a page needs in development once, before the first of them', async () => {
      const ours = await engineWith(
        engine,
        { 'home.html': `a${block('x')}${show('part')}`, 'part.html': block('x') },
        fake({ developmentTag: ['<dev>'] }),
      );
      for (let time = 0; time < 2; time += 1) {
        assert.equal(await ours.render('home', {}), 'a<dev>\n[css file|x][css file|x]');
      }
    });

    for (const [name, sources, expected] of requests) {
      it(`get ${name} what the page was given`, async () => {
        for (const isSync of [true, false]) {
          const given = fake({ isSync, developmentTag: [URL_GAP, 'dev', NONCE_GAP] });
          const known: TagHandlers['known'] = ({ markup }) =>
            markup === 'known' ? new TagText([URL_GAP, 'known', NONCE_GAP], '/') : undefined;
          const ours = await engineWith(engine, sources, {
            ...given,
            handlers: { ...given.handlers, known },
          });
          const request = RequestValues.check({ nonce: 'n1', url: '/b/' });
          assert.equal(await ours.render('home', { v: 1 }, request), expected);
          // Nothing of it is left for the next page.
          const plain = expected
            .replaceAll('|n1|/b/', '')
            .replaceAll(' nonce="n1"', '')
            .replaceAll('/b/', '/');
          assert.equal(await ours.render('home', { v: 1 }), plain.replaceAll('n1', ''));
        }
      });
    }

    it('stay apart when pages with different nonces are rendered at the same time', async () => {
      const ours = await engineWith(
        engine,
        { 'home.html': `${block('{{ v }}')}${show('part')}`, 'part.html': block('x') },
        fake({ isSync: false }),
      );
      const nonces = Array.from({ length: 20 }, (_, index) => `nonce${index}`);
      const pages = await Promise.all(
        nonces.map((nonce) => ours.render('home', { v: 1 }, RequestValues.check({ nonce }))),
      );
      assert.deepEqual(
        pages,
        nonces.map((nonce) => `[css file|1|${nonce}][css file|x|${nonce}]`),
      );
    });

    it('work again after an error in one of them', async () => {
      const sources = { 'home.html': block('{{ v | nothing }}'), 'b.html': block('{{ v }}') };
      const ours = await engineWith(engine, sources, fake());
      await assert.rejects(ours.render('home', {}), /nothing/);
      assert.equal(await ours.render('b', { v: 1 }), '[css file|1]');
    });
  });
}
