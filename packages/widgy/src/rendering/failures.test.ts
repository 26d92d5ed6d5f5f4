import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { z } from 'zod';
import type { RenderFailureCode } from './failure.ts';
import { rendererFor, widget } from './render-fixture.ts';

/** When what never ends is ended; everything else in these tests has long ended by then, on a machine that is busy too. */
const SOON = 300;

/** A site whose engine has a tag that never ends, and one that fails. */
function failing(files: Readonly<Record<string, string>>, widgetMs = 60_000) {
  const engine = new Liquid({ extname: '.liquid', strictFilters: true });
  engine.registerTag('hang', { render: () => new Promise(() => {}) });
  engine.registerTag('fail', {
    render() {
      throw new Error('the <tag> failed');
    },
  });
  return rendererFor({
    files: { 'row/render.liquid': '<p>{% render_children %}</p>', 'ok/render.liquid': 'ok', ...files },
    options: { engine, limits: { widgetMs } },
  });
}

const cases: readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  code: RenderFailureCode,
  message: RegExp,
  place: string,
][] = [
  [
    'a tag throws',
    { 'bad/render.liquid': 'a\n {% fail %}' },
    'template-failed',
    /^the <tag> failed$/,
    'bad/render.liquid:2:2',
  ],
  [
    'the template cannot be parsed',
    { 'bad/render.liquid': '{% if %}' },
    'template-failed',
    /invalid value expression/,
    'bad/render.liquid:1:',
  ],
  [
    'a tag is not known',
    { 'bad/render.liquid': '\n{% unknown %}' },
    'template-failed',
    /tag "unknown" not found/,
    'bad/render.liquid:2:1',
  ],
  [
    'a filter is not known',
    { 'bad/render.liquid': '{{ 1 | unknown }}' },
    'template-failed',
    /undefined filter: unknown/,
    'bad/render.liquid:1:1',
  ],
  [
    'a partial is missing',
    { 'bad/render.liquid': "{% render 'gone' %}" },
    'template-missing',
    /^there is no template "gone"$/,
    'bad/render.liquid:1:1',
  ],
  [
    'a partial lies above the folder',
    { 'bad/render.liquid': "{% render '../ok/render' %}" },
    'template-missing',
    /there is no template/,
    'bad/render.liquid:1:1',
  ],
  [
    'a partial lies in the folder of another type',
    { 'bad/render.liquid': "{% include './../ok/render.liquid' %}" },
    'template-missing',
    /there is no template/,
    'bad/render.liquid:1:1',
  ],
  [
    'a partial has an absolute path',
    { 'bad/render.liquid': "{% render '/etc/passwd' %}" },
    'template-missing',
    /there is no template/,
    'bad/render.liquid:1:1',
  ],
  [
    'a layout lies outside',
    { 'bad/render.liquid': "{% layout '../ok/render' %}" },
    'template-missing',
    /there is no template/,
    'bad/render.liquid:1:1',
  ],
  [
    'a partial fails',
    { 'bad/render.liquid': "{% render 'part' %}", 'bad/part.liquid': '\n\n  {% fail %}' },
    'template-failed',
    /failed/,
    'bad/part.liquid:3:3',
  ],
  [
    'it waits for ever',
    { 'bad/render.liquid': '{% hang %}' },
    'too-slow',
    /^it took more than 300 ms of its own$/,
    'bad/render.liquid:',
  ],
  [
    'it counts for ever',
    { 'bad/render.liquid': '{% for a in (1..3000) %}{% for b in (1..3000) %}{% endfor %}{% endfor %}' },
    'too-slow',
    /300 ms/,
    'bad/render.liquid:1:',
  ],
  [
    'it takes too much memory',
    { 'bad/render.liquid': '{% for a in (1..900000000) %}{% endfor %}' },
    'template-failed',
    /memory alloc limit exceeded/,
    'bad/render.liquid:1:1',
  ],
  [
    'it shows itself',
    { 'bad/render.liquid': '{% render widget %}' },
    'template-failed',
    /only a child of this very widget/,
    'bad/render.liquid:1:1',
  ],
  [
    'it shows its parent',
    { 'bad/render.liquid': '{% render parent %}' },
    'template-failed',
    /only a child/,
    'bad/render.liquid:1:1',
  ],
  [
    'it shows a slot that is not there',
    { 'bad/render.liquid': "{% render_children 'nowhere' %}" },
    'template-failed',
    /no slot "nowhere"/,
    'bad/render.liquid:1:1',
  ],
  [
    'it gives words to a child',
    { 'bad/render.liquid': '{% render children[0], a: 1 %}' },
    'template-failed',
    /without further words/,
    'bad/render.liquid:1:1',
  ],
  [
    'it includes itself for ever',
    { 'bad/render.liquid': "{% include 'render' %}" },
    'too-deep',
    /more than 100 partials and blocks/,
    'bad/render.liquid:1:1',
  ],
  ['the site has no such type', {}, 'unknown-type', /^the site has no type "bad"$/, 'undefined:'],
];

describe('a widget is left out, and what is around it stays, where', () => {
  for (const [what, files, code, message, place] of cases) {
    it(what, async () => {
      const { render, failures, folder } = await failing(files, code === 'too-slow' ? SOON : undefined);
      const bad = widget('b', 'bad', { children: [widget('c', 'ok')] });
      const root = widget('r', 'row', { children: [widget('x', 'ok'), bad, widget('y', 'ok')] });
      assert.equal(await render(root), '<p>okok</p>');
      const [failure, ...more] = failures;
      assert.ok(failure !== undefined);
      assert.deepEqual([failure.code, failure.widget, failure.type, more], [code, 'b', 'bad', []]);
      assert.match(failure.message, message);
      const file = failure.template?.replace(`${folder}/`, '');
      assert.ok(
        `${file}:${failure.line ?? ''}:${failure.column ?? ''}`.startsWith(place),
        `${file}:${failure.line}:${failure.column}`,
      );

      const preview = await render(root, { purpose: 'preview' });
      const [, box = ''] = /<!--widgy b-->(.*)<!--\/widgy b-->/s.exec(preview) ?? [];
      assert.match(
        box,
        new RegExp(`^<div data-widgy-id="b" data-widgy-type="bad" .*data-widgy-failure="${code}"`),
      );
      assert.ok(box.includes(`<strong>${code === 'unknown-type' ? 'bad' : 'BAD'}</strong>`), box);
      assert.doesNotMatch(box, /<tag>/);
      assert.ok(!preview.includes(folder), 'no path of the machine is shown');
    });
  }
});

describe('failures', () => {
  it('are told again each time, and then the widget may work', async () => {
    let isBroken = true;
    const engine = new Liquid({ extname: '.liquid' });
    engine.registerTag('sometimes', {
      render() {
        if (isBroken) throw new Error('now');
        return 'fine';
      },
    });
    const { render, failures } = await rendererFor({
      files: { 'box/render.liquid': '{% sometimes %}' },
      options: { engine, pure: ['sometimes'] },
    });
    assert.deepEqual([await render(widget('a', 'box')), await render(widget('a', 'box'))], ['', '']);
    isBroken = false;
    assert.equal(await render(widget('a', 'box')), 'fine');
    assert.equal(failures.length, 2);
  });

  it('of children do not count as their parent’s time', async () => {
    const { render, failures } = await failing({ 'bad/render.liquid': '{% hang %}' }, SOON);
    const children = ['a', 'b', 'c'].map((id) => widget(id, 'bad'));
    assert.equal(await render(widget('r', 'row', { children })), '<p></p>');
    assert.deepEqual(
      failures.map(({ widget: id }) => id),
      ['a', 'b', 'c'],
    );
  });

  it('end a tree that shows itself', async () => {
    const { render, failures } = await rendererFor({
      files: { 'box/render.liquid': 'x{% render_root tree %}' },
      options: { limits: { depth: 20 } },
    });
    const root = widget('a', 'box');
    const tree = { root, isFrozen: false, index: {} };
    assert.equal(await render(root, { variables: { tree } }), 'x'.repeat(20));
    assert.deepEqual(
      failures.map(({ code }) => code),
      ['too-deep'],
    );
  });

  it('do not come of a type without templates: its parent shows it', async () => {
    const { render, failures } = await rendererFor({
      files: { 'row/render.liquid': '<p>{% render_children %}</p>' },
      fields: { data: z.object({}) },
    });
    assert.equal(await render(widget('r', 'row', { children: [widget('d', 'data')] })), '<p></p>');
    assert.deepEqual(failures, []);
  });
});

it('a link to a folder outside is not followed', async () => {
  const { render, failures, folder } = await failing({
    'bad/render.liquid': "{% render 'out/secret' %}",
    'away/secret.liquid': 'secret',
  });
  await symlink(join(folder, 'away'), join(folder, 'bad/out'));
  assert.equal(await render(widget('b', 'bad')), '');
  assert.deepEqual(
    failures.map(({ code }) => code),
    ['template-missing'],
  );
});
