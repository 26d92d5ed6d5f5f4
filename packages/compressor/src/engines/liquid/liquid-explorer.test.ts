import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { formatPlace } from '../../errors.ts';
import { LazyValues } from '../../offline/lazy-values.ts';
import { OfflineContext, type OfflineVariables } from '../../offline/offline-context.ts';
import { variableName } from '../../offline/read-log.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { createLiquidExplorer } from './liquid-explorer.ts';

async function explore(templates: Record<string, string>, variables: OfflineVariables, name = 'a.html') {
  const root = await temporaryFolder(templates);
  const site = new Liquid({ root, extname: '.html', strictFilters: true, outputEscape: 'escape' });
  site.registerFilter('boom', () => {
    throw new Error('boom');
  });
  const explorer = createLiquidExplorer(
    site,
    { kinds: [], staticUrl: (n) => `/s/${n}?hash`, plainUrl: (n) => `/s/${n}` },
    [root],
  );
  const log: string[] = [];
  const declared = new Set<string>();
  const context = new OfflineContext('the context', variables, new LazyValues(100));
  const reached: (() => Promise<void>)[] = [];
  await explorer(name, context, {
    declared: (p) => declared.add(formatPlace(p)),
    reached: ({ block, reads, isTaken, varying }) => {
      const at = log.length;
      const missing = reads.filter((r) => r.isMissing).map(variableName);
      log.push('');
      reached.push(async () => {
        log[at] =
          `${block.markup.trim()}${missing.length ? ` lacks ${missing}` : ''}${(await isTaken()) ? '' : ' (not taken)'}${varying.length ? ` varies` : ''}`;
      });
    },
    failed: ({ error, block }) =>
      log.push(
        `${error.code} ${error.place && formatPlace(error.place)} ${error.summary}${block ? ` in ${formatPlace(block)}` : ''}`,
      ),
    undecided: (p) => log.push(`undecided ${formatPlace(p)}`),
    uses: () => {},
  });
  for (const r of reached) await r();
  return { log, declared: [...declared] };
}
const C = (s: string) => `{% compress css %}${s}{% endcompress %}`;
const boom = () => {
  throw new Error('called');
};
const cases: [string, Record<string, string>, OfflineVariables, string[]][] = [
  ['plain', { 'a.html': C('x') }, {}, ['x']],
  [
    'variables',
    { 'a.html': C('{{ t }}{{ s.t.u }}') },
    { t: 1, s: () => ({ t: async () => ({ u: 2 }) }) },
    ['12'],
  ],
  [
    'missing',
    { 'a.html': C('{{ t }}{{ s.u }}{{ s.v | default: 3 }}{% if s.w %}{% endif %}{% if w %}{% endif %}') },
    { s: {} },
    ['3 lacks t,s.u,w'],
  ],
  [
    'branches',
    { 'a.html': `{% if a == 1 %}${C('1')}{% elsif a == 2 %}${C('2')}{% else %}${C('3')}{% endif %}` },
    { a: 2 },
    ['1 (not taken)', '2', '3 (not taken)'],
  ],
  [
    'case',
    { 'a.html': `{% case a %}{% when 1 %}${C('1')}{% when 2 %}${C('2')}{% else %}${C('3')}{% endcase %}` },
    { a: 2 },
    ['1 (not taken)', '2', '3 (not taken)'],
  ],
  [
    'assign after branches',
    {
      'a.html': `{% if a == 1 %}{% assign t = 'x' %}{% elsif a == 2 %}{% assign t = 'y' %}${C('{{ t }}')}{% endif %}${C('{{ t }}')}`,
    },
    { a: 2, t: 'z' },
    ['y', 'y'],
  ],
  [
    'assign not taken',
    { 'a.html': `{% if a == 1 %}{% assign t = 'x' %}{% endif %}${C('{{ t }}')}` },
    { a: 2, t: 'z' },
    ['z'],
  ],
  [
    'conditions are not called',
    {
      'a.html': `{% if a %}${C('1')}{% endif %}{{ a }}{% for x in a %}{{ x }}${C('2')}{% endfor %}{% include 'b', p: a %}{% assign q = a | upcase %}{% capture r %}{{ a }}{% endcapture %}`,
      'b.html': C('{{ a }}3'),
    },
    { a: () => 1 },
    ['1', '2', '13'],
  ],
  [
    'loop',
    { 'a.html': `{% for x in a %}${C('{{ x }}{{ forloop.index }}')}{% endfor %}` },
    { a: ['p', 'q'] },
    ['undecided a.html:1:17', 'p1', 'q2'],
  ],
  [
    'forloop alone',
    { 'a.html': `{% for x in a %}${C('{{ forloop.index }}')}{% endfor %}` },
    { a: ['p', 'q'] },
    ['undecided a.html:1:17', '1', '2'],
  ],
  [
    'empty loop',
    { 'a.html': `{% for x in a %}${C('{{ x }}')}{% else %}${C('e')}{% endfor %}` },
    { a: [] },
    ['undecided a.html:1:17', 'e', 'e'],
  ],
  [
    'assign in loop',
    { 'a.html': `{% for x in a %}{% assign t = t | append: x %}{% endfor %}${C('{{ t }}')}` },
    { a: ['p', 'q'], t: '' },
    ['pq'],
  ],
  [
    'layout',
    {
      'a.html': `{% layout 'l' %}{% assign z = 9 %}{% block c %}${C('{{ z }}')}{{ block.super }}{% endblock %}`,
      'l.html': `{% layout 'm' %}{% block c %}l${C('l')}{% endblock %}`,
      'm.html': `${C('{% block d %}d{% endblock %}')}{% block c %}m${C('m')}{% endblock %}`,
    },
    {},
    ['d', '9', 'l'],
  ],
  [
    'block inside compress',
    {
      'a.html': `{% layout 'm' %}{% block d %}child{{ block.super }}{% endblock %}`,
      'm.html': `${C('{% block d %}d{% endblock %}')}`,
    },
    {},
    ['childd'],
  ],
  [
    'dynamic layout',
    {
      'a.html': `{% layout l %}{% block d %}child{% endblock %}`,
      'm.html': `${C('{% block d %}d{% endblock %}')}`,
    },
    { l: () => 'm' },
    ['child'],
  ],
  [
    'render',
    { 'a.html': `{% render 'b', p: v, q: w.e %}{% render 'b' for l as p %}`, 'b.html': C('{{ p }}{{ v }}') },
    { v: 'V', w: boom, l: [1, 2] },
    ['V', 'undecided b.html:1:1', '1', '2'],
  ],
  [
    'capture',
    { 'a.html': `{% capture t %}a{{ v }}${C('in')}{% endcapture %}${C('{{ t }}')}` },
    { v: 'V' },
    ['in', 'aV'],
  ],
  [
    'recursion',
    {
      'a.html': `{% include 't', n: tree %}`,
      't.html': `${C('{{ n.v }}')}{% for c in n.c %}{% include 't', n: c %}{% endfor %}`,
    },
    { tree: { v: 1, c: [{ v: 2, c: [{ v: 3, c: [] }] }] } },
    ['1', 'undecided t.html:1:1', '2', '3'],
  ],
  [
    'failure goes on',
    { 'a.html': `${C('{{ 1 | boom }}')}{% include 'none' %}${C('x')}` },
    {},
    [
      'template-failed a.html:1:19 boom in a.html:1:1',
      'template-missing a.html:1:50 there is no template "none"',
      'x',
    ],
  ],
  [
    'lazy throws',
    { 'a.html': `${C('{{ t }}')}` },
    { t: boom },
    ['context-failed a.html:1:19 the function that supplies "t" failed: called in a.html:1:1'],
  ],
  [
    'nested',
    { 'a.html': C(C('x')) },
    {},
    ['tag-syntax a.html:1:19 a block stands inside the block at a.html:1:1 in a.html:1:1'],
  ],
  ['syntax', { 'a.html': '{% if %}' }, {}, ['template-syntax a.html:1:6 invalid value expression: ""']],
  [
    'static outside',
    { 'a.html': `{% assign u = 'x.css' | static %}${C("{{ u }}{{ 'y' | static }}{% static 'z' %}")}` },
    {},
    ['/s/x.css?hash/s/y/s/z'],
  ],
  ['nonce', { 'a.html': C('<style nonce="{{ n }}">{{ m }}') }, { m: 1 }, ['<style nonce="">1']],
  [
    'undecided include',
    { 'a.html': '{% include n %}' },
    {},
    ['include-undecided a.html:1:1 no context says which template "{% include n %}" shows'],
  ],
  [
    'partial named by a text with variables',
    { 'a.html': '{% include "{{ n }}-x" %}{% render "{{ n }}-{{ m }}", p: v %}', 'b-x.html': C('{{ p }}b') },
    { n: () => 'b', m: 'x', v: 1 },
    ['b lacks p', '1b'],
  ],
  [
    'blocks in branches of a child',
    {
      'a.html': `{% layout 'l' %}{% if v == 1 %}{% block c %}${C('1')}{% endblock %}{% elsif v == 2 %}{% block c %}${C('2')}{% endblock %}{% endif %}`,
      'l.html': `{% block c %}${C('d')}{% endblock %}`,
    },
    { v: 2 },
    ['1 (not taken)', '2', 'd'],
  ],
  [
    'a case with two hits',
    {
      'a.html': `{% case a %}{% when 1, 2 %}${C('1')}{% when 2 %}${C('2')}{% when 3 %}${C('3')}{% endcase %}`,
    },
    { a: 2 },
    ['1', '2', '3 (not taken)'],
  ],
  [
    'choices inside a block',
    {
      'a.html': `{% layout 'l' %}{% if v == 1 %}{% block c %}1{% endblock %}{% else %}{% block c %}2{{ block.super }}{% endblock %}{% endif %}`,
      'l.html': C('{% block c %}d{% endblock %}'),
    },
    { v: 2 },
    ['2d'],
  ],
  [
    'no choice inside a block',
    {
      'a.html': `{% layout 'l' %}{% if v == 1 %}{% block c %}1{% endblock %}{% endif %}`,
      'l.html': C('{% block c %}d{% endblock %}'),
    },
    { v: 2 },
    ['d'],
  ],
  [
    'long loops without blocks are not run',
    { 'a.html': `{% for i in (1..1000000) %}{% assign n = i %}{{ n | boom }}{% endfor %}${C('x')}` },
    {},
    ['x'],
  ],
  [
    'what one item leaves to the next',
    {
      'a.html': `{% for x in list %}${C('{{ a }}')}{% assign a = a | append: x %}{% endfor %}${C('{{ a }}')}`,
    },
    { list: ['p', 'q'], a: '' },
    ['', 'undecided a.html:1:20', '', 'p', 'pq'],
  ],
  [
    'what one item leaves to the next in a partial',
    {
      'a.html': `{% render 'b' for list as x %}`,
      'b.html': `${C('{{ a }}')}{% assign a = a | append: 'x' %}`,
    },
    { list: ['p', 'q'] },
    ['', '', 'x'],
  ],
  [
    'what a block assigns, in a text that is captured',
    { 'a.html': `{% capture t %}${C('{% assign a = 2 %}{{ a }}')}{% endcapture %}${C('{{ a }}')}` },
    { a: 1 },
    ['2', '2'],
  ],
  [
    'a template that shows itself without end',
    { 'a.html': `{% include 'a' %}${C('x')}` },
    {},
    [
      'template-failed a.html:1:1 templates are nested more than 500 levels deep',
      ...Array<string>(501).fill('x'),
    ],
  ],
  [
    'a variable called block',
    {
      'a.html': `{% for block in blocks %}{% render 'b', block: block %}{% endfor %}`,
      'b.html': C('{{ block.css }}'),
    },
    { blocks: [{ css: 1 }, { css: 2 }] },
    ['undecided b.html:1:1', '1', '2'],
  ],
  [
    'what a layout stored, after a partial needed what the child assigned',
    {
      'a.html': `{% layout 'm' %}`,
      'm.html': `{% layout 'l' %}{% assign t = v %}{% block c %}${C('c')}{% endblock %}`,
      'l.html': `{% include 'b' %}{% block c %}{% endblock %}`,
      'b.html': C('{{ t }}'),
    },
    { v: 'V' },
    ['V', 'c'],
  ],
  [
    'what a block assigns, when a later one needs it',
    { 'a.html': `{% if v %}${C('1{% assign t = v %}')}{% endif %}${C('{{ t }}')}` },
    { v: 'V' },
    ['1', 'V'],
  ],
  ['time', { 'a.html': C("{{ 'now' | date: '%Y' | slice: 0 }}") }, {}, ['2 varies']],
];
describe('explore', () => {
  for (const [name, templates, variables, expected] of cases)
    it(name, async () => assert.deepEqual((await explore(templates, variables)).log, expected));
});
