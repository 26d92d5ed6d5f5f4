import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Config } from './config/config.ts';
import { compressFiles, contentsOf, manifestOf } from './testing/offline-site.ts';

const css = (inside: string, words = 'css') => `{% compress ${words} %}${inside}{% endcompress %}`;
const link = (name: string) => `<link rel="stylesheet" href="{% static '${name}' %}">`;
/** All templates of the cases end in this. */
const TEMPLATES = { extensions: ['.html'] };
const SOURCES = {
  'static/a.css': 'a { color: red }',
  'static/b.css': 'b { color: blue }',
  'static/c.css': '@import "a.css"; c { background: url(p.png) }',
  'static/p.png': 'png',
};

interface Case {
  readonly name: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly config?: Config;
  readonly findings?: readonly string[];
  /** Blocks, recipes, artifacts; undefined where nothing may be written. */
  readonly counts?: readonly [blocks: number, recipes: number, artifacts: number] | undefined;
}

const cases: readonly Case[] = [
  { name: 'one block', templates: { 'home.html': css(link('a.css')) }, counts: [1, 1, 1] },
  {
    name: 'the same block in two modes and under two names',
    templates: {
      'home.html':
        css(link('a.css')) + css(link('a.css'), 'css preload x') + css(link('a.css'), 'css inline'),
    },
    counts: [3, 1, 1],
  },
  {
    name: 'a page, its layout and a partial',
    templates: {
      'home.html': `{% layout 'base' %}{% block head %}${css(link('b.css'))}{{ block.super }}{% endblock %}`,
      'base.html': `{% include 'head' %}{% block head %}${css(link('a.css'))}{% endblock %}`,
      'head.html': css(link('c.css')),
    },
    counts: [3, 3, 4],
  },
  {
    name: 'three contexts, of which two agree',
    templates: { 'home.html': css(`<link rel="stylesheet" href="{{ t | append: '.css' | static }}">`) },
    config: {
      offline: {
        context: [
          { t: 'a', x: 1 },
          { t: 'b', x: 2 },
          { t: 'a', x: 3 },
        ],
      },
    },
    counts: [1, 2, 2],
  },
  {
    name: 'a generator that waits',
    templates: { 'home.html': css(`<link rel="stylesheet" href="{{ t | append: '.css' | static }}">`) },
    config: {
      offline: {
        async *context() {
          yield { t: 'a' };
          await Promise.resolve();
          yield { t: async () => 'b' };
        },
      },
    },
    counts: [1, 2, 2],
  },
  {
    name: 'contexts of their own for some templates',
    templates: {
      'home.html': css(link('a.css')),
      'shop/cart.html': css(`<link rel="stylesheet" href="{{ t | append: '.css' | static }}">`),
    },
    config: { offline: { templateContexts: { 'shop/*': [{ t: 'a' }, { t: 'b' }] } } },
    counts: [2, 2, 2],
  },
  {
    name: 'a variable that no context supplies',
    templates: { 'home.html': `\n${css('<style>{{ theme.color }}</style>')}` },
    findings: [
      'error variable-missing home.html:2:26 the block at home.html:2:1 reads "theme.color", which the context lacks',
    ],
  },
  {
    name: 'a variable that some contexts lack',
    templates: { 'home.html': css('<style>a{color:{{ color }}}</style>') },
    config: { offline: { context: [{ color: 'red' }, {}, { color: null }] } },
    findings: [
      'error variable-missing home.html:1:34 the block at home.html:1:1 reads "color", which context 2 of 3 lacks',
    ],
  },
  {
    name: 'a missing variable that the site allows',
    templates: { 'home.html': css('<style>a{top:0{{ x }}}</style>') },
    config: { offline: { allow: ['variable-missing'] } },
    findings: [
      'warning variable-missing home.html:1:33 the block at home.html:1:1 reads "x", which the context lacks',
    ],
    counts: [1, 1, 1],
  },
  {
    name: 'a partial that gets what it needs where it is shown',
    templates: {
      'home.html': `{% render 'part', name: 'a.css' %}`,
      'part.html': css('<link rel="stylesheet" href="{{ name | static }}">'),
    },
    findings: [
      'note variable-missing part.html:1:48 the block at part.html:1:1 reads "name", which the context lacks',
    ],
    counts: [1, 1, 1],
  },
  {
    name: 'a branch that only some contexts take',
    templates: {
      'home.html': `{% if theme %}${css(`<link rel="stylesheet" href="{{ theme | append: '.css' | static }}">`)}{% endif %}`,
    },
    config: { offline: { context: [{ theme: 'a' }, { theme: null }] } },
    findings: ['note source-missing home.html:1:15 there is no file ".css"'],
    counts: [1, 1, 1],
  },
  {
    name: 'a branch that no context takes',
    templates: {
      'home.html': `{% if theme %}${css(`<link rel="stylesheet" href="{{ theme | append: '.css' | static }}">`)}{% endif %}`,
    },
    config: { offline: { context: { theme: null } } },
    findings: ['error source-missing home.html:1:15 there is no file ".css"'],
  },
  {
    name: 'the time of day',
    templates: { 'home.html': css("<style>a{top:{{ 'now' | date: '%s' }}px}</style>") },
    findings: ['error variable-varies home.html:1:32 the time of day is in a block'],
  },
  {
    name: 'what looks like the request, though a context supplies it',
    templates: { 'home.html': css('<style>a{top:{{ request.height }}px}</style>') },
    config: { offline: { context: { request: { height: 1 } } } },
    findings: [
      'warning variable-varies home.html:1:32 the block at home.html:1:1 reads "request.height", which looks like something that changes from request to request',
    ],
    counts: [1, 1, 1],
  },
  {
    name: 'a nonce, which is no part of what is built',
    templates: { 'home.html': css('<style nonce="{{ nonce }}">a{top:0}</style>') },
    counts: [1, 1, 1],
  },
  {
    name: 'a block that nothing shows',
    templates: {
      'home.html': `{% layout 'base' %}{% block other %}${css(link('a.css'))}{% endblock %}`,
      'base.html': 'x',
    },
    findings: ['error block-unreached home.html:1:37 nothing leads to this block'],
  },
  {
    name: 'a block on an empty list',
    templates: {
      'home.html': `{% for t in themes %}${css('<link rel="stylesheet" href="{{ t | static }}">')}{% endfor %}`,
    },
    config: { offline: { context: { themes: [] } } },
    findings: [
      'error block-undecided home.html:1:22 the block needs the item of a list that is empty in every context',
    ],
  },
  {
    name: 'a list that no context has',
    templates: {
      'home.html': `{% for t in themes %}${css('<link rel="stylesheet" href="{{ t | static }}">')}{% endfor %}`,
    },
    findings: [
      'error variable-missing home.html:1:1 a block needs the items of "themes", which the context lacks',
    ],
  },
  {
    name: 'a layout named by a variable that no context has',
    templates: { 'home.html': `{% layout skin %}{% block x %}${css(link('a.css'))}{% endblock %}` },
    findings: ['error variable-missing home.html:1:1 the layout hangs on "skin", which the context lacks'],
  },
  {
    name: 'a value that is undefined, and one that is null',
    templates: { 'home.html': css('<style>a{top:0{{ a }}{{ b }}{{ c.d }}}</style>') },
    config: { offline: { context: { a: undefined, b: null, c: async () => undefined } } },
    findings: [
      'error variable-missing home.html:1:33 the block at home.html:1:1 reads "a", which the context lacks',
      'error variable-missing home.html:1:47 the block at home.html:1:1 reads "c.d", which the context lacks',
    ],
  },
  {
    name: 'a file that a missing variable names, which is said once',
    templates: { 'home.html': css(`<link rel="stylesheet" href="{{ t | append: '.css' | static }}">`) },
    findings: [
      'error variable-missing home.html:1:48 the block at home.html:1:1 reads "t", which the context lacks',
    ],
  },
  {
    name: 'sources of contexts that give none',
    templates: { 'home.html': css(link('a.css')), 'shop.html': css('{{ x }}') },
    config: { offline: { context: [], templateContexts: { 'shop.*': function* () {} } } },
    findings: [
      'error context-failed offline.context failed: it gave no context at all',
      'error context-failed offline.templateContexts["shop.*"] failed: it gave no context at all',
    ],
  },
  {
    name: 'a block in a block',
    templates: { 'home.html': css(css(link('a.css'))) },
    findings: ['error tag-syntax home.html:1:19 a block stands inside the block at home.html:1:1'],
  },
  {
    name: 'no blocks',
    templates: { 'home.html': 'x' },
    findings: ['warning no-blocks none of the 1 templates holds a block'],
    counts: [0, 0, 0],
  },
  {
    name: 'templates left out',
    templates: {
      'home.html': css(link('a.css')),
      'old/x.html': '{% nonsense %}',
      'mail/y.html': css('{{ x }}'),
    },
    config: { offline: { exclude: ['old/**', 'mail/*'] } },
    counts: [1, 1, 1],
  },
  {
    name: 'only some templates',
    templates: { 'home.html': css(link('a.css')), 'old/x.html': '{% nonsense %}' },
    config: { offline: { include: '*.html' } },
    counts: [1, 1, 1],
  },
  {
    name: 'many things wrong at once, each reported',
    templates: {
      'a.html': '{% nonsense %}',
      'b.html': `{% layout 'none' %}`,
      'c.html': css(link('none.css')) + css(link('a.css')),
      'd.html': css(`{{ 'x' | nonsense }}`),
      'e.html': css('<style>a { '),
    },
    findings: [
      'error template-syntax a.html:1:1 tag "nonsense" not found',
      'error template-missing b.html:1:1 there is no template "none"',
      'error source-missing c.html:1:1 there is no file "none.css"',
      'error template-syntax d.html:1:19 undefined filter: nonsense',
      'error markup-unclosed e.html:1:1 <style> on line 1 of the block is never closed',
    ],
  },
];

describe('compressSite', () => {
  for (const { name, templates, config = {}, findings = [], counts } of cases) {
    it(name, async () => {
      const files = Object.fromEntries(
        Object.entries(templates).map(([file, text]) => [`templates/${file}`, text]),
      );
      const {
        folder,
        result,
        findings: found,
      } = await compressFiles({ ...SOURCES, ...files }, { templates: TEMPLATES, ...config });
      await using _folder = folder;
      assert.deepEqual(found, findings);
      assert.equal(result.isDone, counts !== undefined);
      if (counts === undefined) {
        assert.deepEqual(await contentsOf(join(folder.path, 'public')), {});
        return;
      }
      const manifest = await manifestOf(folder);
      assert.deepEqual([result.analysis.blocks, result.recipes, result.artifacts.length], counts);
      assert.equal(Object.keys(manifest.artifacts).length, counts[2]);
    });
  }
});
