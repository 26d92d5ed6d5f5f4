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
      'variables, escaped',
      { 'home.liquid': '{% compress css %}<i title="{{ v }}">{% endcompress %}' },
      '[css file|<i title="a&amp;&#34;">]',
      { v: 'a&"' },
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
      'a block in an include with parameters',
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
      'partials in a block',
      {
        'home.liquid': '{% compress js %}{% include "part" %}{% render "part" %}{% endcompress %}',
        'part.liquid': "{% static 'a.js' %}",
      },
      '[js file|/static/a.js/static/a.js]',
    ],
    [
      'static with a filter',
      { 'home.liquid': "{% static 'a' | append: '.svg' %}" },
      '<a.svg@home.liquid:1:1>',
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

  it('that are constant are read when the template is parsed', async () => {
    const given = fake();
    const template = `{% compress css %}{% static 'a.css' %}{% static "b's.css" %}{% endcompress %}`;
    const engine = await engineFor({ 'home.liquid': template }, given);
    for (let time = 0; time < 3; time += 1) await engine.render('home', {});
    assert.deepEqual(given.plain, ['a.css', ...Array.from({ length: 3 }, () => ['a.css', "b's.css"]).flat()]);
  });
});
