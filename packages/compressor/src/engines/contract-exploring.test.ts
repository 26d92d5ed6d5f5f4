import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OfflineVariables } from '../offline/offline-context.ts';
import { block, ENGINES, either, explore, type Sources } from './contract.ts';

/** A function that a run must not call. */
const called = (): never => {
  throw new Error('called');
};

const cases: readonly [
  name: string,
  sources: Sources,
  variables: OfflineVariables,
  expected: readonly string[],
][] = [
  ['a constant block', { 'home.html': block('x') }, {}, ['x']],
  [
    'variables that take time',
    { 'home.html': block('{{ t }}{{ s.t.u }}{{ s.list[1] }}') },
    { t: 1, s: () => ({ t: async () => ({ u: 2 }), list: () => [3, 4] }) },
    ['124'],
  ],
  [
    'variables that are missing',
    {
      'home.html': either(
        block('{{ t }}{{ s.u }}{{ s.v | default: 3 }}{% if s.w %}{% endif %}{% if w %}{% endif %}'),
        block('{{ t }}{{ s.u }}{{ s.v | default(3) }}{% if s.w %}{% endif %}{% if w %}{% endif %}'),
      ),
    },
    { s: {} },
    ['3 lacks s.u,t,w'],
  ],
  [
    'every branch of a condition',
    {
      'home.html': either(
        `{% if a == 1 %}${block('1')}{% elsif a == 2 %}${block('2')}{% else %}${block('3')}{% endif %}`,
        `{% if a == 1 %}${block('1')}{% elif a == 2 %}${block('2')}{% else %}${block('3')}{% endif %}`,
      ),
    },
    { a: async () => 2 },
    ['1 (not taken)', '2', '3 (not taken)'],
  ],
  [
    'conditions in conditions',
    { 'home.html': `{% if a %}{% if b %}${block('1')}{% else %}${block('2')}{% endif %}{% endif %}` },
    { a: false, b: true },
    ['1 (not taken)', '2 (not taken)'],
  ],
  [
    'every case of a choice',
    {
      'home.html': either(
        `{% case a %}{% when 1 %}${block('1')}{% when 2 %}${block('2')}{% else %}${block('3')}{% endcase %}`,
        `{% switch a %}{% case 1 %}${block('1')}{% case 2 %}${block('2')}{% default %}${block('3')}{% endswitch %}`,
      ),
    },
    { a: 2 },
    ['1 (not taken)', '2', '3 (not taken)'],
  ],
  [
    'what a branch assigns, in it and after it',
    {
      'home.html': either(
        `{% if a %}{% assign t = 'x' %}${block('in {{ t }}')}{% else %}{% assign t = 'y' %}${block('in {{ t }}')}{% endif %}${block('{{ t }}')}`,
        `{% if a %}{% set t = 'x' %}${block('in {{ t }}')}{% else %}{% set t = 'y' %}${block('in {{ t }}')}{% endif %}${block('{{ t }}')}`,
      ),
    },
    { a: false, t: 'z' },
    ['in x (not taken)', 'in y', 'y'],
  ],
  [
    'what a branch that is not taken would assign',
    {
      'home.html': either(
        `{% if a %}{% assign t = 'x' %}{% endif %}${block('{{ t }}')}`,
        `{% if a %}{% set t = 'x' %}{% endif %}${block('{{ t }}')}`,
      ),
    },
    { a: false, t: 'z' },
    ['z'],
  ],
  [
    'variables assigned again',
    {
      'home.html': either(
        `{% assign a = b %}${block('{{ a }}')}{% assign b = 2 %}${block('{{ a }}{{ b }}')}`,
        `{% set a = b %}${block('{{ a }}')}{% set b = 2 %}${block('{{ a }}{{ b }}')}`,
      ),
    },
    { b: () => 1 },
    ['1', '12'],
  ],
  [
    'work outside of blocks, which is not done',
    {
      'home.html': either(
        `{{ v }}{% if v %}${block('1')}{% endif %}{% for x in v %}{{ x }}${block('2')}{% endfor %}{% include "b.html", p: v %}{% assign q = v | upcase %}{% capture r %}{{ v }}{% endcapture %}`,
        `{{ v }}{% if v %}${block('1')}{% endif %}{% for x in v %}{{ x }}${block('2')}{% endfor %}{% set p = v %}{% include "b.html" %}{% set q = v | upper %}{% set r %}{{ v }}{% endset %}{{ v() }}`,
      ),
      'b.html': block('3'),
    },
    { v: called },
    ['1', '2', '3'],
  ],
  [
    'a loop',
    {
      'home.html': either(
        `{% for x in a %}${block('{{ x }}{{ forloop.index }}')}{% endfor %}`,
        `{% for x in a %}${block('{{ x }}{{ loop.index }}')}{% endfor %}`,
      ),
    },
    { a: async () => ['p', 'q'] },
    ['p1', 'q2', 'undecided home.html:1:17'],
  ],
  [
    'a loop whose items no block needs',
    { 'home.html': `{% for x in a %}${block('{{ b }}')}{{ x }}{% endfor %}` },
    { a: [1, 2], b: 'B' },
    ['B'],
  ],
  [
    'a loop over nothing, and what is shown instead',
    { 'home.html': `{% for x in a %}${block('{{ x }}')}{% else %}${block('e')}{% endfor %}` },
    { a: [] },
    ['e', 'undecided home.html:1:17'],
  ],
  [
    'what a loop assigns',
    {
      'home.html': either(
        `{% assign t = '' %}{% for x in a %}{% assign t = t | append: x %}{% endfor %}${block('{{ t }}')}`,
        `{% set t = '' %}{% for x in a %}{% set t = t + x %}{% endfor %}${block('{{ t }}')}`,
      ),
    },
    { a: async () => ['p', 'q'] },
    ['pq'],
  ],
  [
    'blocks inside the blocks of layouts, and around them',
    {
      'home.html': either(
        `{% layout 'l.html' %}{% block c %}${block('{{ z }}')}{{ block.super }}{% endblock %}`,
        `{% extends 'l.html' %}{% block c %}${block('{{ z }}')}{{ super() }}{% endblock %}`,
      ),
      'l.html': either(
        `{% layout 'm.html' %}{% block c %}l${block('l')}{% endblock %}{% block d %}own{% endblock %}`,
        `{% extends 'm.html' %}{% block c %}l${block('l')}{% endblock %}{% block d %}own{% endblock %}`,
      ),
      'm.html': `${block('{% block d %}d{% endblock %}')}{% block c %}m${block('m')}{% endblock %}`,
    },
    { z: 9 },
    ['9', 'l', 'own'],
  ],
  [
    'what a layout shows in a block, inside a block',
    {
      'home.html': either(
        `{% layout 'm.html' %}{% block d %}child {{ block.super }}{% endblock %}`,
        `{% extends 'm.html' %}{% block d %}child {{ super() }}{% endblock %}`,
      ),
      'm.html': block('{% block d %}{{ v }}{% endblock %}'),
    },
    { v: async () => 'V' },
    ['child V'],
  ],
  [
    'a layout named by a variable',
    {
      'home.html': either(
        '{% layout l %}{% block d %}child{% endblock %}',
        '{% extends l %}{% block d %}child{% endblock %}',
      ),
      'm.html': block('{% block d %}d{% endblock %}'),
    },
    { l: async () => 'm.html' },
    ['child'],
  ],
  [
    'partials named by the items of a loop',
    {
      'home.html': '{% for p in list %}{% include p %}{% endfor %}',
      'b.html': block('b'),
      'c.html': block('{{ p }}'),
    },
    { list: async () => ['b.html', 'c.html'] },
    ['b', 'c.html'],
  ],
  [
    'partials with parameters',
    {
      'home.html': either(
        "{% render 'b.html', p: v, q: w %}{% render 'b.html', p: 2 %}",
        "{% from 'b.html' import b %}{{ b(v, w) }}{{ b(p=2) }}",
      ),
      'b.html': either(
        block('{{ p }}{{ v | default: "-" }}'),
        `{% macro b(p, q) %}${block('{{ p }}{{ v | default("-") }}')}{% endmacro %}`,
      ),
    },
    { v: async () => 'V', w: called },
    ['2-', 'V-'],
  ],
  [
    'captured text',
    {
      'home.html': either(
        `{% capture t %}a{{ v }}{% endcapture %}${block('{{ t }}')}`,
        `{% set t %}a{{ v }}{% endset %}${block('{{ t }}')}`,
      ),
    },
    { v: async () => 'V' },
    ['aV'],
  ],
  [
    'a block in captured text',
    {
      'home.html': either(
        `{% capture t %}a{{ v }}${block('{{ w }}')}{% endcapture %}{{ t }}`,
        `{% set t %}a{{ v }}${block('{{ w }}')}{% endset %}{{ t }}`,
      ),
    },
    { v: called, w: 'W' },
    ['W'],
  ],
  [
    'a template that shows itself',
    {
      'home.html': either("{% include 't.html', n: tree %}", "{% set n = tree %}{% include 't.html' %}"),
      't.html': either(
        `${block('{{ n.v }}')}{% for c in n.c %}{% include 't.html', n: c %}{% endfor %}`,
        `${block('{{ n.v }}')}{% for c in n.c %}{% set n = c %}{% include 't.html' %}{% endfor %}`,
      ),
    },
    { tree: { v: 1, c: [{ v: 2, c: [{ v: 3, c: [] }] }] } },
    ['1', '2', '3', 'undecided t.html:1:1'],
  ],
  [
    'failures, after which the run goes on',
    { 'home.html': `${block('{{ t }}')}\n{% include 'none.html' %}${block('x')}` },
    { t: called },
    [
      'context-failed home.html:1 the function that supplies "t" failed: called in home.html:1:1',
      'template-missing home.html:2 there is no template "none.html"',
      'x',
    ],
  ],
  [
    'a function that never answers',
    { 'home.html': `${block('{{ t }}')}${block('x')}` },
    { t: () => new Promise(() => {}) },
    [
      'context-timeout home.html:1 the function that supplies "t" did not answer within 1000 ms in home.html:1:1',
      'x',
    ],
  ],
  [
    'a block in a block',
    { 'home.html': block(block('x')) },
    {},
    ['tag-syntax home.html:1 a block stands inside the block at home.html:1:1 in home.html:1:1'],
  ],
  [
    'static in blocks, plain',
    { 'home.html': block("{{ 'y' | static }} {% static 'z' %}") },
    {},
    ['/static/y /static/z'],
  ],
  [
    'a nonce, which is no part of a block',
    { 'home.html': block('<style nonce="{{ n }}">{{ m }}') },
    { m: 1 },
    ['<style nonce="">1'],
  ],
  [
    'a partial that nothing names',
    { 'home.html': '\n{% include n %}' },
    {},
    ['include-undecided home.html:2 no context says which template "{% include n %}" shows'],
  ],
  [
    'a layout that nothing names',
    { 'home.html': either('\n{% layout o.l %}', '\n{% extends o.l %}') },
    { o: {} },
    ['variable-missing home.html:2 the layout hangs on "o.l", which the context lacks'],
  ],
  [
    'a loop over what the context lacks',
    {
      'home.html': `{% for x in a %}${block('{{ x }}')}{% endfor %}{% for x in b %}${block('y')}{% endfor %}`,
    },
    { b: [1] },
    [
      'undecided home.html:1:17',
      'variable-missing home.html:1 a block needs the items of "a", which the context lacks',
      'y',
    ],
  ],
  [
    'what a function forgot to give',
    { 'home.html': block('-{{ v }}{{ o.w }}{% if v %}{% endif %}') },
    { v: async () => undefined, o: { w: () => undefined } },
    ['- lacks o.w,v'],
  ],
];

for (const engine of ENGINES) {
  describe(`exploring in ${engine}`, () => {
    for (const [name, sources, variables, expected] of cases) {
      it(name, async () => assert.deepEqual(await explore(engine, sources, variables), expected));
    }

    it('calls a function that supplies a value once', async () => {
      let calls = 0;
      const count = async () => ++calls;
      const sources = { 'home.html': `${block('{{ v }}')}${block('{{ v }}{{ w }}')}{% if v %}{% endif %}` };
      assert.deepEqual(await explore(engine, sources, { v: count, w: () => count() }), ['1', '12']);
      assert.equal(calls, 2);
    });
  });
}
