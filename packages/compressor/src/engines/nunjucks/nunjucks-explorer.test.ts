import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import nunjucks from 'nunjucks/src/environment.js';
import loaders from 'nunjucks/src/node-loaders.js';
import { resolveConfig } from '../../config/resolve.ts';
import type { OfflineVariables } from '../../offline/offline-context.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { block, exploreAll } from '../contract.ts';
import { fake } from '../fake-handlers.ts';
import { createNunjucksEngine } from './nunjucks-engine.ts';
import { addTestTags } from './site-fixture.ts';

async function explore(templates: Readonly<Record<string, string>>, variables: OfflineVariables) {
  const folder = await temporaryFolder(templates);
  const environment = new nunjucks.Environment([new loaders.FileSystemLoader([folder])]);
  addTestTags(environment);
  const config = resolveConfig({}, join(folder, 'x'));
  return exploreAll(createNunjucksEngine(config, fake().handlers, environment), variables);
}

const called = (): never => {
  throw new Error('called');
};

const MACROS = `{% set c = 'C' %}{% macro m(a, b='B') %}${block('{{ a }}{{ b }}{{ v }}')}{% endmacro %}lost ${block('lost')}`;

const cases: readonly [
  name: string,
  templates: Readonly<Record<string, string>>,
  variables: OfflineVariables,
  expected: readonly string[],
][] = [
  [
    'macros and their parameters',
    {
      'home.html': `{% macro m(a, b='B') %}${block('{{ a }}{{ b }}')}{% endmacro %}{{ m(v) }}{{ m(b=w.x, a=3) }}`,
    },
    { v: async () => 'V', w: { x: 'X' } },
    ['3X', 'VB'],
  ],
  [
    'macros that are imported, which see no context unless they are told to',
    {
      'home.html': `{% import 'm.html' as f %}{% from 'm.html' import m as n, c %}{% from 'm.html' import m with context %}{{ f.m(v) }}{{ n(2) }}{{ m(3) }}${block('{{ c }}')}`,
      'm.html': MACROS,
    },
    { v: async () => 'V' },
    ['2B', '3BV', 'C', 'VB'],
  ],
  [
    'macros by other names, in expressions, and in what is assigned',
    {
      'home.html': `{% from 'm.html' import m %}{% set n = m %}{% set t %}{{ n(1) | upper }}{% endset %}{% set u = m(2) %}{{ m(3) if w else m(4) }}`,
      'm.html': MACROS,
    },
    { w: 1 },
    ['1B', '2B', '3B', '4B (not taken)'],
  ],
  [
    'macros that are assigned in a branch',
    {
      'home.html': `{% if v %}{% macro m() %}${block('1')}{% endmacro %}{% else %}{% macro m() %}${block('2')}{% endmacro %}{% endif %}{{ m() }}`,
    },
    { v: false },
    ['2'],
  ],
  [
    'a macro that calls itself',
    {
      'home.html': `{% macro m(n) %}${block('{{ n }}')}{% if n > 1 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}`,
    },
    {},
    ['1', '2', '3'],
  ],
  [
    'call blocks',
    {
      'home.html': `{% macro m(a) %}${block('{{ a }}')}{{ caller(2) }}{% endmacro %}{% call(x) m(1) %}${block('in {{ x }}{{ v }}')}{% endcall %}`,
    },
    { v: async () => 'V' },
    ['1', 'in 2V'],
  ],
  [
    'call blocks of a function of the site, which does not run',
    { 'home.html': `{% call(x) wrap() %}${block('in')}${block('{{ x }}')}{% endcall %}` },
    { wrap: called },
    ['in', 'undecided home.html:1:58'],
  ],
  [
    'filter blocks, and tags of the site',
    {
      'home.html': `{% filter upper %}a${block('1')}{% endfilter %}{% wrap %}${block('2')}{% endwrap %}{% wait %}`,
    },
    {},
    ['1', '2'],
  ],
  [
    'loops and choices that may wait',
    {
      'home.html': `{% asyncEach i in list %}${block('{{ i }}')}{% endeach %}{% asyncAll i in list %}${block('b{{ i }}')}{% endall %}{% ifAsync v %}${block('c')}{% endif %}`,
    },
    { list: [1, 2], v: 0 },
    ['1', '2', 'b1', 'b2', 'c (not taken)', 'undecided home.html:1:105', 'undecided home.html:1:26'],
  ],
  [
    'loops over names and values, and over lists of lists',
    {
      'home.html': `{% for k, v in map %}${block('{{ k }}{{ v }}{{ loop.last }}')}{% endfor %}{% for a, b in pairs %}${block('{{ a }}{{ b }}')}{% endfor %}`,
    },
    { map: { x: 1, y: 2 }, pairs: [['p', 'q']] },
    ['pq', 'undecided home.html:1:121', 'undecided home.html:1:22', 'x1false', 'y2true'],
  ],
  [
    'cases that go on to the next one',
    {
      'home.html': `{% switch v %}{% case 1 %}{% case 2 %}${block('2')}{% case 3 %}${block('3')}{% default %}${block('d')}{% endswitch %}`,
    },
    { v: 1 },
    ['2', '3 (not taken)', 'd (not taken)'],
  ],
  [
    'a layout that a condition chooses',
    {
      'home.html': `{% if v %}{% extends 'm.html' %}{% else %}{% extends 'n.html' %}{% endif %}{% block d %}child{% endblock %}`,
      'm.html': block('m {% block d %}d{% endblock %}'),
      'n.html': block('n {% block d %}d{% endblock %}'),
    },
    { v: true },
    ['m child', 'n child (not taken)'],
  ],
  [
    'what a child has outside its blocks, which is never shown',
    {
      'home.html': `{% extends 'm.html' %}${block('lost')}{% set a = 1 %}{% block d %}${block('{{ a }}')}{% endblock %}{% block e %}${block('lost')}{% endblock %}`,
      'm.html': '{% block d %}{% endblock %}',
    },
    {},
    ['1'],
  ],
  [
    'partials that need not be there, and one that must',
    { 'home.html': `{% include 'none.html' ignore missing %}{% include ['a.html'] %}${block('x')}` },
    {},
    ['include-undecided home.html:1 no context says which template "{% include [\'a.html\'] %}" shows', 'x'],
  ],
  [
    'functions that a block calls, on what it reads',
    { 'home.html': `${block("{{ url('x') }}{{ s.url('y') }}{{ site.name }}")}{{ other() }}` },
    {
      url: (name: string) => `u${name}`,
      s: async () => ({ p: 'P', url: (name: string) => `p${name}` }),
      other: called,
    },
    ['uxpySite'],
  ],
  [
    'filters of the site that take time',
    { 'home.html': `{% set x = v | slow %}${block('{{ x }}')}` },
    { v: async () => 'V' },
    ['V!'],
  ],
  [
    'filters that take time in a block, and filters that throw',
    {
      'home.html': `${block("{% include 'b.html' %}")}\n${block('{{ 1 | boom }}')}`,
      'b.html': "{{ 'a' | slow }}",
    },
    {},
    [
      'tag-async b.html:1 the filter "slow" takes time, which a block cannot wait for in home.html:1:1',
      'template-failed home.html:2 boom in home.html:2:1',
    ],
  ],
  [
    'expressions in blocks',
    { 'home.html': block("{{ 'a' if v else 'b' }}{{ n or 'c' }}{{ w is defined }}{{ (v and s.x) or 'd' }}") },
    { v: 0, n: null, s: {} },
    ['bcfalsed lacks w'],
  ],
  ['chance', { 'home.html': block('{{ [1] | random }}') }, {}, ['1 varies']],
  [
    'what does not parse',
    { 'home.html': '\n{% if %}' },
    {},
    ['template-syntax home.html:2 unexpected token: %}'],
  ],
  [
    'a template that shows itself without end',
    { 'home.html': '{% include "home.html" %}' },
    {},
    ['template-failed home.html:1 templates are nested more than 500 levels deep'],
  ],
  ['a template that is not there', {}, {}, ['template-missing home.html:1 there is no template "home.html"']],
];

describe('exploring Nunjucks templates', () => {
  for (const [name, templates, variables, expected] of cases) {
    it(name, async () => assert.deepEqual(await explore(templates, variables), [...expected].sort()));
  }
});
