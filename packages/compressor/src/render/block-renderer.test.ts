import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupOfFolder } from './asset-url.ts';
import { block, css, js, SECRET, setUp, shape } from './block-fixture.ts';
import type { TemplateBlock } from './block-renderer.ts';

describe('in-request', () => {
  const cases: readonly [name: string, block: TemplateBlock, expected: string][] = [
    ['one link for a group', block('css', css('a', 'b')), '<link rel="stylesheet" href="/assets/*/a.#.css">'],
    [
      'the name of the block',
      block('css', css('a', 'b'), 'file', 'all'),
      '<link rel="stylesheet" href="/assets/*/all.#.css">',
    ],
    [
      'what is not understood, in place',
      block('css', `${css('a')}<!-- x -->${css('b')}`),
      '<link rel="stylesheet" href="/assets/*/a.#.css">\n<!-- x -->\n<link rel="stylesheet" href="/assets/*/b.#.css">',
    ],
    [
      'a nonce',
      block('js', '<script src="/static/a.js" nonce="n1"></script>'),
      '<script src="/assets/*/a.#.js" nonce="n1"></script>',
    ],
    [
      'one entry for modules',
      block(
        'js',
        '<script type="module" src="/static/m.js"></script><script type="module" src="/static/n.js"></script>',
      ),
      '<script type="module" src="/assets/*/m.#.js"></script>',
    ],
    [
      'a hint to fetch, and nothing that runs',
      block('js', `${js('a')}<script src="https://x.test/x.js"></script>`, 'preload'),
      '<link rel="preload" as="script" href="/assets/*/a.#.js">',
    ],
    [
      'the text of styles with whole URLs',
      block('css', css('picture'), 'inline'),
      '<style>p{background:url(/assets/*/p.#.png)}</style>',
    ],
    [
      'the text of scripts, which cannot close them',
      block('js', js('a'), 'inline'),
      '<script>var a=/\\x3C!--/;</script>',
    ],
    ['nothing for nothing', block('css', ' \n '), ''],
  ];
  for (const [name, given, expected] of cases) {
    it(`writes ${name}`, async () => {
      const { renderer } = await setUp('in-request');
      assert.equal(shape(await renderer.render(given)), expected);
    });
  }

  it('writes URLs that carry the group', async () => {
    const { renderer, store } = await setUp('in-request');
    const html = await renderer.render(block('css', css('a', 'b'), 'file', 'all'));
    const folder = /\/assets\/([^/]+)\//.exec(html)?.[1] ?? '';
    const expected = { goal: 'style', name: 'all', sources: [{ file: 'a.css' }, { file: 'b.css' }] };
    assert.deepEqual(await groupOfFolder(folder, [SECRET], store), expected);
  });

  it('answers at once the second time, and anew after a change', async () => {
    const { renderer, change } = await setUp('in-request');
    const given = block('css', css('a'));
    const first = await renderer.render(given);
    assert.equal(renderer.render(given), first);
    await change('static/a.css', 'a { color: green }');
    const second = renderer.render(given);
    assert.notEqual(typeof second, 'string');
    assert.notEqual(await second, first);
    assert.equal(shape(await second), shape(first));
  });

  it('does not remember what was begun before a change', async () => {
    const { renderer } = await setUp('in-request');
    const given = block('css', css('a'));
    const running = renderer.render(given);
    renderer.forget();
    await running;
    assert.notEqual(typeof renderer.render(given), 'string');
  });
});

describe('development', () => {
  it('keeps elements one to one, whatever the block is called', async () => {
    const { renderer, shown } = await setUp('development');
    const html = await renderer.render(block('css', `${css('a', 'b')}<style>c{}</style>`, 'file', 'all'));
    assert.equal(
      shape(html),
      ['a', 'b', 'style'].map((name) => `<link rel="stylesheet" href="/assets/*/${name}.#.css">`).join('\n'),
    );
    assert.deepEqual(
      shown.map(({ sources }) => sources.length),
      [1, 1, 1],
    );
  });

  it('keeps modules one to one in one group, so that what they share runs once', async () => {
    const { renderer, shown } = await setUp('development');
    const html = await renderer.render(
      block(
        'js',
        '<script type="module" src="/static/m.js"></script><script type="module" src="/static/n.js"></script>',
      ),
    );
    assert.equal(
      shape(html),
      '<script type="module" src="/assets/*/m.#.js"></script>\n<script type="module" src="/assets/*/n.#.js"></script>',
    );
    assert.deepEqual(
      shown.map(({ sources }) => sources.length),
      [2],
    );
  });
});
