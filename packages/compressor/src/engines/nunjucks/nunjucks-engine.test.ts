import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import nunjucks from 'nunjucks/src/environment.js';
import loaders from 'nunjucks/src/node-loaders.js';
import { resolveConfig } from '../../config/resolve.ts';
import { type CompressorError, formatPlace } from '../../errors.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { block } from '../contract.ts';
import { fake } from '../fake-handlers.ts';
import { createNunjucksEngine } from './nunjucks-engine.ts';
import { addTestTags } from './site-fixture.ts';

/** A site with an environment of its own, in which `slow` takes time. */
async function engineOf(templates: Readonly<Record<string, string>>, isSync = false) {
  const folder = await temporaryFolder(templates);
  const environment = new nunjucks.Environment([new loaders.FileSystemLoader([folder])], {
    autoescape: true,
  });
  addTestTags(environment);
  const config = resolveConfig(
    { mode: 'in-request', templates: { extensions: ['.html'] } },
    join(folder, 'x'),
  );
  return createNunjucksEngine(config, fake({ isSync }).handlers, environment);
}

const MACRO = `{% macro m(a) %}<${block('{{ a }}')}{{ caller() if caller }}>{% endmacro %}`;

describe('blocks in Nunjucks', () => {
  const cases: readonly [
    name: string,
    templates: Readonly<Record<string, string>>,
    expected: string,
    variables?: Readonly<Record<string, unknown>>,
  ][] = [
    [
      'in macros and calls',
      { 'home.html': `${MACRO}{{ m(1) }}{% call m(2) %}${block('{{ v }}')}{% endcall %}` },
      '<[css file|1]><[css file|2][css file|v]>',
      { v: 'v' },
    ],
    [
      'in macros of other templates',
      {
        'home.html': '{% import "m.html" as f %}{% from "m.html" import m as n %}{{ f.m(1) }}{{ n(2) }}',
        'm.html': MACRO,
      },
      '<[css file|1]><[css file|2]>',
    ],
    [
      'that filters work on',
      { 'home.html': `{% filter upper %}a${block('b')}{% endfilter %}` },
      'A[css file|b]',
    ],
    [
      'that are captured and not marked as safe',
      { 'home.html': `{% set t %}<${block('b')}>{% endset %}{{ t }}` },
      '&lt;[css file|b]&gt;',
    ],
    [
      'in loops and choices that may wait',
      {
        'home.html': `{% asyncEach i in [1] %}${block('{{ i }}')}{% endeach %}{% asyncAll i in [2] %}${block('{{ i }}')}{% endall %}{% ifAsync true %}${block('3')}{% endif %}{% switch 4 %}{% case 4 %}${block('4')}{% endswitch %}`,
      },
      '[css file|1][css file|2][css file|3][css file|4]',
    ],
    [
      'beside filters and tags of the site that wait',
      { 'home.html': `{% set v = 'a' | slow %}${block('{{ v }}')}{% wait %}${block('b')}` },
      '[css file|a!]waited[css file|b]',
    ],
    ['in tags of the site', { 'home.html': `{% wrap %}${block('{{ 1 }}')}{% endwrap %}` }, '([css file|1])'],
    [
      'with tags of the site in them',
      { 'home.html': block('{% wrap %}{% static "a" %}{% endwrap %}') },
      '[css file|(/static/a)]',
    ],
    [
      'that a child template has outside its blocks',
      {
        'home.html': `${block('lost')}{% extends "base.html" %}${block('lost')}{% block a %}${block('a')}{% endblock %}`,
        'base.html': '{% block a %}{% endblock %}',
      },
      '[css file|a]',
    ],
    [
      'around blocks with super() in captured text',
      {
        'home.html': `{% extends "base.html" %}{% block a %}{% set t %}{{ super() }}{% endset %}${block('{{ t }}')}{% endblock %}`,
        'base.html': '{% block a %}{% static "a" %}{% endblock %}',
      },
      '[css file|/static/a]',
    ],
    [
      'static, as a function, in expressions',
      { 'home.html': '{{ static("a") }} {{ (static("b") ~ "?x") | safe }} {{ static("c") | urlencode }}' },
      '&lt;a@home.html:1:4&gt; &lt;b@home.html:1:23&gt;?x %26lt%3Bc%40home.html%3A1%3A56%26gt%3B',
    ],
    [
      'with another way to write tags',
      { 'home.html': `\n{% compress css -%} {# c #}x {%- endcompress %}` },
      '\n[css file|x]',
    ],
  ];
  for (const [name, templates, expected, variables = {}] of cases) {
    for (const isSync of [true, false]) {
      it(`${name}${isSync ? '' : ', with answers that take time'}`, async () => {
        const engine = await engineOf(templates, isSync);
        for (let time = 0; time < 2; time += 1)
          assert.equal(await engine.render('home', variables), expected);
      });
    }
  }

  const failures: readonly [
    name: string,
    templates: Readonly<Record<string, string>>,
    code: string,
    place: string,
    summary: RegExp,
  ][] = [
    [
      'what does not parse',
      { 'home.html': '\n {% if %}' },
      'template-syntax',
      'home.html:2:8',
      /unexpected token/,
    ],
    [
      'an unknown tag',
      { 'home.html': '\n {% nothing %}' },
      'template-syntax',
      'home.html:2:5',
      /unknown block tag/,
    ],
    ['a missing template', {}, 'template-missing', 'home.html', /no template "home.html"/],
    [
      'a missing layout',
      { 'home.html': '\n{% extends "none.html" %}' },
      'template-missing',
      'home.html:2:1',
      /no template "none.html"/,
    ],
    [
      'an unknown filter, in a partial',
      { 'home.html': '{% include "b.html" %}', 'b.html': '\n {{ 1 | nothing }}' },
      'template-failed',
      'b.html:2:2',
      /filter not found: nothing/,
    ],
    [
      'what a filter throws in a layout',
      { 'home.html': '{% extends "b.html" %}', 'b.html': `\n${block('\n{{ 1 | boom }}')}` },
      'template-failed',
      'b.html:3:1',
      /^boom$/,
    ],
    [
      'what is no function',
      { 'home.html': '\n{{ f() }}' },
      'template-failed',
      'home.html:2:5',
      /Unable to call `f`/,
    ],
    [
      'a stand-in that a filter cuts',
      { 'home.html': `{% filter truncate(20, true) %}${block('x')}{% endfilter %}` },
      'template-failed',
      'home.html:1:32',
      /changed the stand-in of the block at home.html:1:32/,
    ],
    [
      'a filter that takes time in a block',
      { 'home.html': block("{{ 'a' | slow }}") },
      'tag-async',
      'home.html:1:28',
      /the filter "slow" takes time/,
    ],
    [
      'a tag that takes time in a block',
      { 'home.html': block('{% wait %}') },
      'tag-async',
      'home.html:1:1',
      /the tag of "wait" takes time/,
    ],
    [
      'a filter that takes time in a partial in a block',
      { 'home.html': block('{% include "b.html" %}'), 'b.html': "\n{{ 'a' | slow }}" },
      'tag-async',
      'b.html:2:10',
      /the filter "slow" takes time/,
    ],
    [
      'a tag that takes time in a partial in a block',
      { 'home.html': block('{% include "b.html" %}'), 'b.html': '{% wait %}' },
      'tag-async',
      'b.html:1:1',
      /the tag of "wait" takes time/,
    ],
  ];
  for (const [name, templates, code, place, summary] of failures) {
    it(`says where: ${name}`, async () => {
      const engine = await engineOf(templates);
      await assert.rejects(engine.render('home', {}), (error: CompressorError) => {
        assert.equal(error.name, 'CompressorError', String(error.stack));
        assert.deepEqual([error.code, error.place && formatPlace(error.place)], [code, place]);
        assert.match(error.summary, summary);
        return true;
      });
    });
  }
});
