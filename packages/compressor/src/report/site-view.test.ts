import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Config } from '../config/config.ts';
import { isFile } from '../recipe/recipe.ts';
import { reportFolder } from '../testing/report-site.ts';
import { createFolder } from '../testing/site.ts';
import { type Variant, viewSite } from './site-view.ts';

const style = (name: string) => `{% compress css %}<style>.${name} { top: 0 }</style>{% endcompress %}`;

function className({ parts }: Variant): string {
  const [source] = parts[0]?.part.sources ?? [];
  return source !== undefined && !isFile(source) ? (/\.(\w+)/.exec(source.text)?.[1] ?? '') : '';
}

describe('pages', () => {
  /** Pages as `template (contexts): the blocks' styles`. */
  const cases: readonly [
    name: string,
    templates: Readonly<Record<string, string>>,
    offline: NonNullable<Config['offline']>,
    pages: string[],
  ][] = [
    [
      'are templates that no other uses, with the blocks of their layouts and partials',
      {
        base: `${style('base')}{% block content %}{% endblock %}`,
        part: style('part'),
        home: `{% layout 'base.liquid' %}{% block content %}{% render 'part.liquid' %}${style('home')}{% endblock %}`,
        plain: style('plain'),
        nothing: 'no block',
      },
      {},
      ['home.liquid (the context): base part home', 'plain.liquid (the context): plain'],
    ],
    [
      'are told apart by what contexts make of a block',
      { home: style('{{ theme }}') },
      { context: [{ theme: 'a' }, { theme: 'b' }, { theme: 'a' }] },
      ['home.liquid (context 1 of 3, context 3 of 3): a', 'home.liquid (context 2 of 3): b'],
    ],
    [
      'may show what data of a request decides',
      { home: `{% if visitor %}${style('in')}{% else %}${style('out')}{% endif %}` },
      {},
      ['home.liquid (the context): in out'],
    ],
    [
      'show of each branch what their context takes',
      {
        home: `${style('{{ theme }}')}{% if theme == 'a' %}${style('first')}{% else %}${style('second')}{% endif %}{% if visitor.x %}${style('perhaps')}{% endif %}`,
      },
      { context: [{ theme: 'a' }, { theme: 'b' }] },
      ['home.liquid (context 1 of 2): a first perhaps', 'home.liquid (context 2 of 2): b second perhaps'],
    ],
    [
      'are given the blocks of all contexts that were explored together',
      { home: `{% if theme == 'a' %}${style('first')}{% else %}${style('second')}{% endif %}` },
      { context: [{ theme: 'a' }, { theme: 'b' }] },
      ['home.liquid (context 1 of 2, context 2 of 2): first second'],
    ],
  ];
  for (const [name, templates, offline, expected] of cases) {
    it(name, async () => {
      const files = Object.entries(templates).map(([file, text]) => [`templates/${file}.liquid`, text]);
      await using folder = await createFolder(Object.fromEntries(files));
      const { analysis } = await reportFolder(folder, { offline });
      assert.deepEqual(analysis.diagnostics, []);
      const pages = (await viewSite(analysis)).pages.map(({ template, contexts, variants }) => {
        return `${template} (${contexts.join(', ')}): ${variants.map(className).join(' ')}`;
      });
      assert.deepEqual(pages.sort(), expected);
    });
  }
});
