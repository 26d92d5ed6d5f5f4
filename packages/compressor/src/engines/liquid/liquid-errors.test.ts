import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { resolveConfig } from '../../config/resolve.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { type Fake, fake } from '../fake-handlers.ts';
import { createLiquidEngine } from './liquid-engine.ts';

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
