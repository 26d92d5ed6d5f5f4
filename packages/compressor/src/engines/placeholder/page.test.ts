import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ejs from 'ejs';
import { Eta } from 'eta';
import Handlebars from 'handlebars';
import { type Fake, fake } from '../fake-handlers.ts';
import { createPage, type Page } from './page.ts';

/** Renders the same page with each engine: a static file, a block with a loop inside, a block in a loop, another file. */
const engines: Readonly<Record<string, (page: Page, names: readonly string[]) => string>> = {
  'plain functions': ({ compress, staticUrl }, names) =>
    `<img src="${staticUrl('a.svg')}">${compress('css file all', () => names.map((name) => `<${name}|${staticUrl(name)}>`).join(''))}` +
    names.map((name) => `<p>${compress('js', `<${name}>`)}</p>`).join(''),
  EJS: ({ compress, staticUrl }, names) =>
    ejs.render(
      `<img src="<%= staticUrl('a.svg') %>"><%- compress('css file all', names.map((n) => '<' + n + '|' + staticUrl(n) + '>').join('')) %>` +
        `<% for (const name of names) { %><p><%- compress('js', '<' + name + '>') %></p><% } %>`,
      { compress, staticUrl, names },
    ),
  Eta: ({ compress, staticUrl }, names) =>
    new Eta().renderString(
      `<img src="<%= it.staticUrl('a.svg') %>"><%~ it.compress('css file all', it.names.map((n) => '<' + n + '|' + it.staticUrl(n) + '>').join('')) %>` +
        `<% for (const name of it.names) { %><p><%~ it.compress('js', '<' + name + '>') %></p><% } %>`,
      { compress, staticUrl, names },
    ),
  Handlebars: ({ compress, staticUrl }, names) => {
    const handlebars = Handlebars.create();
    handlebars.registerHelper('static', (name: string) => staticUrl(name));
    handlebars.registerHelper(
      'compress',
      function (this: unknown, words: string, { fn }: Handlebars.HelperOptions) {
        return new Handlebars.SafeString(compress(words, () => fn(this)));
      },
    );
    const template = handlebars.compile(
      `<img src="{{static 'a.svg'}}">{{#compress "css file all"}}{{#each names}}<{{this}}|{{static this}}>{{/each}}{{/compress}}` +
        `{{#each names}}<p>{{#compress "js"}}<{{this}}>{{/compress}}</p>{{/each}}`,
    );
    return template({ names });
  },
};

const PAGE =
  '<img src="<a.svg@home>">[css file all|<x|/static/x><y|/static/y>]<p>[js file|<x>]</p><p>[js file|<y>]</p>';

describe('createPage', () => {
  for (const [name, render] of Object.entries(engines)) {
    for (const isSync of [true, false]) {
      it(`works with ${name}${isSync ? '' : ', with answers that take time'}`, async () => {
        const page = createPage(fake({ isSync }).handlers, 'home');
        assert.equal(await page.finish(render(page, ['x', 'y'])), PAGE);
      });
    }
  }

  const changes: readonly [name: string, change: (text: string) => string, expected: string | undefined][] = [
    ['escapes', (text) => Handlebars.escapeExpression(text), '[css file|x]'],
    ['changes the case', (text) => text.toUpperCase(), '[css file|x]'],
    ['trims and joins', (text) => `1${` ${text}\n`.trim()}2`, '1[css file|x]2'],
    ['repeats', (text) => text + text, '[css file|x][css file|x]'],
    ['encodes for a URL', (text) => encodeURIComponent(text), '%5Bcss%20file%7Cx%5D'],
    ['writes as JSON', (text) => JSON.stringify({ text }), '{"text":"[css file|x]"}'],
    ['leaves out', () => 'nothing', 'nothing'],
    ['cuts', (text) => text.slice(0, 25), undefined],
    ['reverses', (text) => [...text].reverse().join(''), undefined],
    ['keeps only digits', (text) => text.replace(/\D/g, ''), undefined],
  ];
  for (const [name, change, expected] of changes) {
    it(`${expected === undefined ? 'refuses a template' : 'allows a template'} that ${name}`, async () => {
      const page = createPage(fake({ isSync: false }).handlers, 'home');
      const finished = page.finish(change(page.compress('css', 'x')));
      if (expected !== undefined) return assert.equal(await finished, expected);
      await assert.rejects(finished, {
        code: 'template-failed',
        summary: 'something changed the stand-in of the block at home, block 1 before the page was finished',
      });
    });
  }

  it('asks for each block of the page once, all at the same time, and for no other', async () => {
    const given = fake({ isSync: false });
    let waiting = 0;
    let most = 0;
    const compress: Fake['handlers']['compress'] = async (block, request) => {
      most = Math.max(most, ++waiting);
      const tags = await given.handlers.compress(block, request);
      waiting -= 1;
      return tags;
    };
    const page = createPage({ ...given.handlers, compress });
    const [a, b, c] = ['a', 'b', 'c'].map((name) => page.compress('css', name));
    assert.equal(await page.finish(`${b} ${c} ${b}`), '[css file|b] [css file|c] [css file|b]');
    assert.ok(a);
    assert.deepEqual([given.blocks.map(({ markup }) => markup), most], [['b', 'c'], 2]);
  });

  it('brings what a page needs in development once, before the first block', async () => {
    for (const isSync of [true, false]) {
      const page = createPage(fake({ isSync, developmentTag: ['<dev>'] }).handlers);
      const html = page.compress('css', 'x') + page.compress('js', 'y');
      assert.equal(await page.finish(html), '<dev>\n[css file|x][js file|y]');
    }
  });

  it('gives plain URLs in the content of blocks, wherever they were asked for', async () => {
    const page = createPage(fake({ isSync: false }).handlers);
    const url = page.staticUrl('a.css');
    assert.equal(await page.finish(page.compress('css', url)), '[css file|/static/a.css]');
  });

  it('stays apart from other pages, and from text that looks like its own', async () => {
    const [one, two] = [createPage(fake().handlers), createPage(fake().handlers)];
    const foreign = two.compress('css', 'x');
    assert.equal(await one.finish(`${one.compress('js', 'y')}${foreign}`), `[js file|y]${foreign}`);
  });

  const wrong: readonly [name: string, make: (page: Page) => string, summary: string, code?: string][] = [
    ['an unknown kind', (page) => page.compress('less', ''), '"less" is no kind of block'],
    [
      'a block in a block',
      (page) => page.compress('css', () => page.compress('css', '')),
      'a block stands inside the block at home, block 1',
    ],
    [
      'a block in the text of a block',
      (page) => page.compress('css', page.compress('css', '')),
      'a block stands inside the block at home, block 2',
    ],
    [
      'a promise',
      (page) => page.compress('css', async () => ''),
      'the content of a block is a promise',
      'tag-async',
    ],
  ];
  for (const [name, make, summary, code = 'tag-syntax'] of wrong) {
    it(`refuses ${name}, and works on`, async () => {
      const page = createPage(fake().handlers, 'home');
      assert.throws(() => make(page), { code, summary });
      assert.equal(await page.finish(page.compress('css', 'x')), '[css file|x]');
    });
  }
});
