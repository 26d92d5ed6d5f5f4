import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Html } from '../widgets/fields/html.ts';
import { withHooks } from './preview.ts';
import { rendererFor, widget } from './render-fixture.ts';

const hooks = (id: string, type: string, slot = '') =>
  ` data-widgy-id="${id}" data-widgy-type="${type}"${slot === '' ? '' : ` data-widgy-slot="${slot}"`}`;

describe('a preview', () => {
  const cases: readonly [what: string, files: Readonly<Record<string, string>>, shown: string][] = [
    [
      'marks an element',
      { 'box/render.liquid': '<p class="a">x</p>' },
      `<!--widgy a--><p${hooks('a', 'box', 's')} class="a">x</p><!--/widgy a-->`,
    ],
    ['marks text', { 'box/render.liquid': 'x' }, '<!--widgy a-->x<!--/widgy a-->'],
    ['marks nothing', { 'box/render.liquid': '' }, '<!--widgy a--><!--/widgy a-->'],
    [
      'marks an element after spaces and a comment',
      { 'box/render.liquid': ' <!-- c --> <br/>' },
      `<!--widgy a--> <!-- c --> <br${hooks('a', 'box', 's')}/><!--/widgy a-->`,
    ],
    [
      'takes the preview template',
      { 'box/render.liquid': 'r', 'box/preview.liquid': 'p' },
      '<!--widgy a-->p<!--/widgy a-->',
    ],
    [
      'marks no element in a comment, or behind text',
      { 'box/render.liquid': '<!-- <b> --> x <i></i>' },
      '<!--widgy a--><!-- <b> --> x <i></i><!--/widgy a-->',
    ],
    [
      'marks an element after a comment that ends like none',
      { 'box/render.liquid': '<!-- c --!><i></i><!-- d --><b></b>' },
      `<!--widgy a--><!-- c --!><i${hooks('a', 'box', 's')}></i><!-- d --><b></b><!--/widgy a-->`,
    ],
    [
      'marks nothing in a comment without an end',
      { 'box/render.liquid': '<!-- c <i></i>' },
      '<!--widgy a--><!-- c <i></i><!--/widgy a-->',
    ],
    [
      'marks the rows of a table',
      { 'box/render.liquid': '<tr><td>x</tr>' },
      `<!--widgy a--><tr${hooks('a', 'box', 's')}><td>x</tr><!--/widgy a-->`,
    ],
  ];
  for (const [what, files, shown] of cases) {
    it(what, async () => {
      const { render } = await rendererFor({ files });
      assert.equal(await render(widget('a', 'box', { slot: 's' }), { purpose: 'preview' }), shown);
    });
  }

  for (const before of [' ', '<!-- note -->', ' <!-- one --> <!-- two --> ', '<!-- note --!>']) {
    it(`leaves the first element of a child to the child, after ${JSON.stringify(before)}`, async () => {
      const { render } = await rendererFor({
        files: {
          'box/render.liquid': `${before}{% render_children %}<b></b>`,
          'item/render.liquid': '<i>x</i>',
        },
      });
      const root = widget('a', 'box', { children: [widget('b', 'item')] });
      assert.equal(
        await render(root, { purpose: 'preview' }),
        `<!--widgy a-->${before}<!--widgy b--><i${hooks('b', 'item')}>x</i><!--/widgy b--><b></b><!--/widgy a-->`,
      );
    });
  }

  // Where these are tried in more than one way, they take longer than anybody waits, and the test never ends.
  for (const [what, piece] of [
    ['spaces', ' '],
    ['comments', '<!-- c --> '],
    ['beginnings of comments', '<!-- '],
  ] as const) {
    it(`is made of many ${what} before a text`, () => {
      const shown = `${piece.repeat(5_000)}x`;
      const marked = withHooks(widget('a', 'box'), Html.trusted(shown));
      assert.equal(marked.toString(), `<!--widgy a-->${shown}<!--/widgy a-->`);
    });
  }

  it('has no hooks where there is no room for comments', async () => {
    const template = '<p title="{% render_children %}"></p><textarea>{% render_children %}</textarea>';
    const { render } = await rendererFor({
      files: { 'box/render.liquid': template, 'item/render.liquid': 'x' },
    });
    const root = widget('a', 'box', { children: [widget('b', 'item')] });
    assert.equal(
      await render(root, { purpose: 'preview' }),
      `<!--widgy a--><p${hooks('a', 'box')} title="x"></p><textarea>x</textarea><!--/widgy a-->`,
    );
  });

  it('is never shown to visitors', async () => {
    const { render } = await rendererFor({
      files: {
        'box/render.liquid': '<p>{% render_children %}</p>',
        'box/preview.liquid': '<b>{% render_children %}</b>',
      },
    });
    const root = widget('a', 'box', { children: [widget('b', 'box'), widget('c', 'gone')] });
    const preview = await render(root, { purpose: 'preview' });
    assert.match(preview, /widgy/);
    assert.equal(await render(root), '<p><p></p></p>');
    assert.equal(await render(root, { purpose: 'preview' }), preview);
  });
});
