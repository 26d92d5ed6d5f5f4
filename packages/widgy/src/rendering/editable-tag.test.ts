import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { createTree } from '../tree/tree.ts';
import { EDITABLE_KINDS } from './editable-tag.ts';
import { rendererFor, widget } from './render-fixture.ts';

const FIELDS = z.object({
  text: z.string().default('One'),
  long: z.string().default('Two').meta({ kind: 'long-text' }),
  rich: z.string().default('<p>Three</p>').meta({ kind: 'rich-text' }),
  address: z.string().default('/four').meta({ kind: 'link' }),
  count: z.int().default(5),
});

async function shown(template: string, purpose: 'public' | 'preview') {
  const { render, failures } = await rendererFor({
    files: {
      'box/render.liquid': template,
      'box/_part.liquid': `<i{% editable 'text' %}>{{ fields.text }}</i>`,
    },
    fields: { box: FIELDS },
  });
  const html = await render(widget('a', 'box', { children: [widget('b', 'box')] }), { purpose });
  return { html, failures: failures.map(({ message }) => message) };
}

/** What a preview shows, without its hooks. */
const withoutHooks = (html: string) =>
  html.replace(/<!--.*?-->/g, '').replace(/ data-widgy-(?:id|type|slot)="[^"]*"/g, '');

describe('the tag editable', () => {
  const cases: readonly [template: string, visitors: string, preview: string][] = [
    [
      `<p class="x"{% editable 'text' %}>{{ fields.text }}</p>`,
      '<p class="x">One</p>',
      '<p class="x" data-widgy-field="text">One</p>',
    ],
    [`<p{% editable "long" %}>{{ fields.long }}</p>`, '<p>Two</p>', '<p data-widgy-field="long">Two</p>'],
    [
      `<div{%- editable 'rich' -%}>{{ fields.rich }}</div>`,
      '<div><p>Three</p></div>',
      '<div data-widgy-field="rich"><p>Three</p></div>',
    ],
    [
      `<b>{% render '_part', fields: fields %}</b>`,
      '<b><i>One</i></b>',
      '<b><i data-widgy-field="text">One</i></b>',
    ],
    [
      `{% assign level = 'h2' %}<{{ level }}{% editable 'text' %}>{{ fields.text }}</{{ level }}>`,
      '<h2>One</h2>',
      '<h2 data-widgy-field="text">One</h2>',
    ],
  ];
  for (const [template, visitors, preview] of cases) {
    it(`says what an element shows, in previews alone: ${template}`, async () => {
      assert.deepEqual(await shown(template, 'public'), { html: visitors, failures: [] });
      const { html, failures } = await shown(template, 'preview');
      assert.deepEqual([withoutHooks(html), failures], [preview, []]);
    });
  }

  const mistakes: readonly [template: string, message: RegExp][] = [
    [`<p{% editable 'gone' %}></p>`, /"box" has no field "gone"/],
    [`<p{% editable 'address' %}></p>`, /"address" is of the kind "link": only text, long-text, rich-text/],
    [`<p{% editable 'count' %}></p>`, /"count" is of the kind "number"/],
    [`<p>{% editable 'text' %}</p>`, /stands in the tag of an element/],
    [`{% editable 'text' %}`, /stands in the tag of an element/],
  ];
  for (const [template, message] of mistakes) {
    it(`tells who edits of a mistake, and leaves the page of visitors alone: ${template}`, async () => {
      const { html, failures } = await shown(template, 'preview');
      assert.match(html, /data-widgy-failure="template-failed"/);
      assert.match(failures.join(), message);
      assert.deepEqual((await shown(template, 'public')).failures, []);
    });
  }

  for (const args of ['', 'text', "'text' x", "'a b'", '\'text"']) {
    it(`needs one name in quotes, not ${JSON.stringify(args)}`, async () => {
      const { failures } = await shown(`<p{% editable ${args} %}></p>`, 'public');
      assert.match(failures.join(), /editable needs the name of a field in quotes/);
    });
  }

  it('is of no field where another tree is shown: its widgets are not those that are edited', async () => {
    const other = createTree(widget('o', 'item'));
    const { render } = await rendererFor({
      files: {
        'box/render.liquid': '<div>{% render_root other %}</div>',
        'item/render.liquid': `<p{% editable 'text' %}></p>`,
      },
      fields: { item: FIELDS },
    });
    const html = await render(widget('a', 'box'), { purpose: 'preview', variables: { other } });
    assert.equal(withoutHooks(html), '<div><p></p></div>');
  });

  it('is for the templates of widgets', async () => {
    const { renderer } = await rendererFor({ files: { 'box/render.liquid': '' } });
    await assert.rejects(
      async () => await renderer.engine.parseAndRender(`<p{% editable 'text' %}>`),
      /for the templates of widgets/,
    );
  });

  it('lets HTML be kept', async () => {
    let shownTimes = 0;
    const { render, renderer } = await rendererFor({
      files: { 'box/render.liquid': `<p{% editable 'text' %}>{{ fields.text | counted }}</p>` },
      fields: { box: FIELDS },
      options: { pure: ['counted'] },
    });
    renderer.engine.registerFilter('counted', (text: unknown) => {
      shownTimes += 1;
      return text;
    });
    for (const _ of [1, 2]) await render(widget('a', 'box'), { purpose: 'preview' });
    assert.equal(shownTimes, 1);
  });

  it('is for kinds that sites have', () => {
    assert.deepEqual(EDITABLE_KINDS, ['text', 'long-text', 'rich-text']);
  });
});
