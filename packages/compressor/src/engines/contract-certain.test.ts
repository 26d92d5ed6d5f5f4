import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { block, certainBlocks, ENGINES, either, type Sources } from './contract.ts';

const show = (name: string) => `{% include "${name}.html" %}`;
const layout = (name: string) => either(`{% layout "${name}.html" %}`, `{% extends "${name}.html" %}`);
const inLayout = (name: string, rest: string): ReturnType<typeof either> => {
  const begin = layout(name);
  return typeof begin === 'string' ? begin + rest : either(begin.liquid + rest, begin.nunjucks + rest);
};

/** What a page surely shows, in the order of the page. */
const cases: readonly [name: string, sources: Sources, expected: readonly string[]][] = [
  ['a block', { 'home.html': `${block('a')}${block('{{ v }}')}` }, ['a', '1']],
  ['what it includes', { 'home.html': `${show('part')}`, 'part.html': block('a') }, ['a']],
  [
    'what its layouts show, and what they show of it',
    {
      'home.html': inLayout('mid', `{% block css %}${block('own')}{% endblock %}`),
      'mid.html': inLayout(
        'base',
        `{% block head %}${block('mid')}{% block css %}{% endblock %}{% endblock %}`,
      ),
      'base.html': `${block('base')}{% block head %}{% endblock %}{% block foot %}${block('foot')}{% endblock %}`,
    },
    ['base', 'mid', 'own', 'foot'],
  ],
  [
    'what it shows of the layout above',
    {
      'home.html': either(
        `{% layout "base.html" %}{% block css %}{{ block.super | raw }}${block('own')}{% endblock %}`,
        `{% extends "base.html" %}{% block css %}{{ super() }}${block('own')}{% endblock %}`,
      ),
      'base.html': `{% block css %}${block('base')}{% endblock %}`,
    },
    ['base', 'own'],
  ],
  [
    'nothing that a condition hides',
    {
      'home.html': `{% if v %}${block('a')}{% else %}${block('b')}{% endif %}${block('c')}`,
    },
    ['c'],
  ],
  [
    'nothing that hangs on a list',
    { 'home.html': `{% for i in list %}${block('a')}${block('{{ i }}')}{% else %}${block('b')}{% endfor %}` },
    [],
  ],
  [
    'nothing of a layout or a partial that a variable names',
    {
      'home.html': either(
        '{% layout name %}{% block css %}{% endblock %}',
        '{% extends name %}{% block css %}{% endblock %}',
      ),
      'base.html': block('base'),
    },
    [],
  ],
  [
    'nothing of a partial that a variable names',
    { 'home.html': '{% include name %}', 'base.html': block('a') },
    [],
  ],
  [
    'nothing that it captures',
    {
      'home.html': either(
        `{% capture t %}${block('a')}{% endcapture %}{{ t | raw }}`,
        `{% set t %}${block('a')}{% endset %}{{ t | safe }}`,
      ),
    },
    [],
  ],
  [
    'nothing that its layout has no place for',
    {
      'home.html': inLayout(
        'base',
        `${block('lost')}{% if v %}{% block css %}${block('own')}{% endblock %}{% endif %}`,
      ),
      'base.html': `{% if v %}{% block css %}{% endblock %}{% endif %}`,
    },
    [],
  ],
  [
    'nothing of what a condition in the page decides for a layout',
    {
      'home.html': inLayout(
        'base',
        `{% block css %}{% if v %}${block('a')}{% endif %}${block('b')}{% endblock %}`,
      ),
      'base.html': `{% block css %}{% endblock %}`,
    },
    ['b'],
  ],
];

for (const engine of ENGINES) {
  describe(`a page of ${engine} surely shows`, () => {
    for (const [name, sources, expected] of cases) {
      it(name, async () => {
        const variables = { v: 1, list: [1, 2], name: 'base.html' };
        const certain = await certainBlocks(engine, sources, variables);
        assert.deepEqual(certain, expected);
      });
    }
  });
}

describe('a page of nunjucks surely shows', () => {
  const own: readonly [name: string, home: string, expected: readonly string[]][] = [
    ['what a macro writes', `{% macro m() %}${block('a')}{% endmacro %}{{ m() }}`, ['a']],
    ['nothing of a macro that is not called', `{% macro m() %}${block('a')}{% endmacro %}`, []],
    [
      'nothing of a macro called in a condition',
      `{% macro m() %}${block('a')}{% endmacro %}{{ m() if v }}`,
      [],
    ],
    [
      'nothing of a macro whose text goes elsewhere',
      `{% macro m() %}${block('a')}{% endmacro %}{{ m() | length }}`,
      [],
    ],
    [
      'what stands in a call, where the macro shows it',
      `{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}${block('a')}{% endcall %}`,
      ['a'],
    ],
    [
      'nothing in a call whose macro may not show it',
      `{% macro m() %}{% if v %}{{ caller() }}{% endif %}{% endmacro %}{% call m() %}${block('a')}{% endcall %}`,
      [],
    ],
    ['nothing in a filter', `{% filter upper %}${block('a')}{% endfilter %}`, []],
    ['nothing in a switch', `{% switch v %}{% case 1 %}${block('a')}{% endswitch %}`, []],
    ['nothing of one of two layouts', '{% extends "a.html" if v else "b.html" %}', []],
  ];
  for (const [name, home, expected] of own) {
    it(name, async () => {
      const sources = { 'home.html': home, 'a.html': block('a'), 'b.html': block('b') };
      assert.deepEqual(await certainBlocks('nunjucks', sources, { v: 1 }), expected);
    });
  }
});

describe('a page of liquid surely shows', () => {
  const own: readonly [name: string, home: string, expected: readonly string[]][] = [
    ['a partial that sees no variables', '{% render "a" %}', ['a']],
    ['nothing of a partial for each item', '{% render "a" for list %}', []],
    [
      'what stands between other tags',
      `{% liquid\n assign x = 1 %}{% increment n %}${block('{{ x }}')}`,
      ['1'],
    ],
    ['nothing in a case', `{% case v %}{% when 1 %}${block('a')}{% endcase %}`, []],
    ['nothing in an unless', `{% unless v %}${block('a')}{% endunless %}`, []],
    ['nothing of a table', `{% tablerow i in list %}${block('a')}{% endtablerow %}`, []],
  ];
  for (const [name, home, expected] of own) {
    it(name, async () => {
      const sources = { 'home.html': home, 'a.html': block('a') };
      assert.deepEqual(await certainBlocks('liquid', sources, { v: 1, list: [1] }), expected);
    });
  }
});
