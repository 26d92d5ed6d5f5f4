import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { resolveConfig } from '../../config/resolve.ts';
import { formatPlace, type Place } from '../../errors.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { engineFor, type Fake, fake } from '../fake-handlers.ts';
import { loadEngine } from '../load.ts';
import { createLiquidEngine } from './liquid-engine.ts';

describe('blocks in LiquidJS', () => {
  const wrong: readonly [
    name: string,
    templates: Readonly<Record<string, string>>,
    place: string,
    summary: string,
  ][] = [
    [
      'an unknown kind',
      { 'home.liquid': '\n {% compress less %}{% endcompress %}' },
      'home.liquid:2:2',
      '"less" is no kind of block',
    ],
    [
      'no kind',
      { 'home.liquid': '{% compress %}{% endcompress %}' },
      'home.liquid:1:1',
      'a block needs a kind, css or js',
    ],
    [
      'an unknown mode',
      { 'home.liquid': '{% compress js defer %}{% endcompress %}' },
      'home.liquid:1:1',
      '"defer" is no mode of a block',
    ],
    [
      'a wrong name',
      { 'home.liquid': '{% compress js file ../x %}{% endcompress %}' },
      'home.liquid:1:1',
      '"../x" is not a name for a block',
    ],
    [
      'too many words',
      { 'home.liquid': '{% compress js file x y %}{% endcompress %}' },
      'home.liquid:1:1',
      '"y" follows the name of the block',
    ],
    [
      'a block never closed',
      { 'home.liquid': 'a\n{% compress js %}b' },
      'home.liquid:2:1',
      'the block is never closed',
    ],
    [
      'an error in a partial',
      { 'home.liquid': '{% render "part" %}', 'part.liquid': '\n\n{% compress x %}{% endcompress %}' },
      'part.liquid:3:1',
      '"x" is no kind of block',
    ],
    [
      'a block in a block',
      { 'home.liquid': '{% compress js %}\n{% compress js %}{% endcompress %}{% endcompress %}' },
      'home.liquid:2:1',
      'a block stands inside the block at home.liquid:1:1',
    ],
    [
      'a block in a block through a partial',
      {
        'home.liquid': '{% compress js %}{% render "part" %}{% endcompress %}',
        'part.liquid': '{% compress js %}{% endcompress %}',
      },
      'part.liquid:1:1',
      'a block stands inside the block at home.liquid:1:1',
    ],
    [
      'static without a name',
      { 'home.liquid': '{% static %}' },
      'home.liquid:1:1',
      'static needs the name of a file',
    ],
  ];
  for (const [name, templates, place, summary] of wrong) {
    it(`refuse ${name}`, async () => {
      const engine = await engineFor(templates, fake());
      await assert.rejects(
        engine.render('home', {}),
        (error: Error & { code?: string; summary?: string; place?: Place }) => {
          assert.equal(error.name, 'CompressorError');
          assert.deepEqual(
            [error.code, error.summary, error.place && formatPlace(error.place)],
            ['tag-syntax', summary, place],
          );
          return true;
        },
      );
    });
  }

  it('work again after an error in one of them', async () => {
    const engine = await engineFor(
      {
        'home.liquid': '{% compress js %}{{ v | fail }}{% endcompress %}',
        'b.liquid': '{% compress js %}{{ v }}{% endcompress %}',
      },
      fake(),
    );
    await assert.rejects(engine.render('home', {}), /undefined filter: fail/);
    assert.equal(await engine.render('b', { v: 1 }), '[js file|1]');
  });
});

describe("the site's own engine", () => {
  it('gets the tags, keeps its filters, and names its own templates in messages', async () => {
    const site = await temporaryFolder({
      'views/home.liquid': "{% compress css %}{{ 'a' | shout }}{% endcompress %}{% static 'b' %}",
    });
    const engine = new Liquid({ root: join(site, 'views'), extname: '.liquid' });
    engine.registerFilter('shout', (value: string) => `${value.toUpperCase()}!`);
    const config = resolveConfig({ mode: 'in-request', templates: { engine: () => engine } }, site);
    const ours = createLiquidEngine(config, fake().handlers, engine);
    const expected = '[css file|A!]<b@home.liquid:1:53>';
    assert.equal(await ours.render('home', {}), expected);
    assert.equal(await engine.renderFile('home'), expected);
  });

  it('must be one', async () => {
    for (const engine of [() => ({}), async () => new Liquid()]) {
      const config = resolveConfig({ templates: { engine } }, '/site');
      await assert.rejects(loadEngine(config, fake().handlers), { code: 'config-invalid' });
    }
  });
});

describe('synchronous rendering', () => {
  const engineWith = (given: Fake): Liquid => {
    const engine = new Liquid();
    createLiquidEngine(resolveConfig({}, '/site'), given.handlers, engine);
    return engine;
  };
  const templates = ['{% compress js %}{{ 1 }}{% endcompress %}', "{% static 'a' %}", "{{ 'a' | static }}"];

  it('works where answers are known', () => {
    const engine = engineWith(fake());
    const pages = templates.map((template) => engine.parseAndRenderSync(template));
    assert.deepEqual(pages, ['[js file|1]', '<a@template:1:1>', '<a@template:1:10>']);
  });

  for (const template of templates) {
    it(`says that it cannot wait for ${template}`, () => {
      assert.throws(
        () => engineWith(fake({ isSync: false })).parseAndRenderSync(template),
        (error: Error & { originalError?: { code?: string } }) => error.originalError?.code === 'tag-async',
      );
    });
  }
});
