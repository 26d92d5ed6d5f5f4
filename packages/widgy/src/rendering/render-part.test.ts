import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { createTree } from '../tree/tree.ts';
import { walk } from '../tree/widget.ts';
import type { Purpose } from './frame.ts';
import { rendererFor, widget } from './render-fixture.ts';
import type { RenderTimes } from './render-times.ts';

const FILES = {
  'box/render.liquid':
    '<div>{{ owner.name }} in {{ parent.type }} {{ parent.parent.fields.text }}{% assign owner = "box" %}{% render_children %}</div>',
  'item/render.liquid': '<p>{{ fields.text }} {{ owner }} {{ parent.children.size }}</p>',
  'item/preview.liquid': '<p class="preview">{{ fields.text }} {{ owner.name }}</p>',
  'broken/render.liquid': '{% for child in children %}{% render other %}{% endfor %}',
};
const TEXT = { fields: { item: z.object({ text: z.string().default('') }) }, files: FILES };

const text = (id: string, of: string) => widget(id, 'item', { fields: { text: of } });
const ROOT = widget('root', 'box', {
  children: [
    widget('outer', 'box', {
      children: [widget('inner', 'box', { children: [text('a', 'A'), text('b', 'B')] })],
    }),
    text('c', 'C'),
    widget('bad', 'broken', { children: [text('d', 'D')] }),
  ],
});

/** What stands in a preview between the comments around a widget, and these. */
function shownOf(html: string, id: string): string {
  const [start, end] = [`<!--widgy ${id}-->`, `<!--/widgy ${id}-->`];
  return html.slice(html.indexOf(start), html.indexOf(end) + end.length);
}

describe('a widget without its page', () => {
  it('is what the page shows of it, for each widget of the tree', async () => {
    const { renderer, render } = await rendererFor(TEXT);
    const options = { purpose: 'preview', variables: { owner: { name: 'Ann' } } } as const;
    const page = await render(ROOT, options);
    const shown = [...walk(ROOT)].filter(({ id }) => id !== 'd');
    assert.equal(shown.length, 7);
    for (const { id } of shown) {
      const part = await renderer.renderPart(createTree(ROOT), id, options);
      assert.equal(part?.html, shownOf(page, id), id);
    }
  });

  it('knows what it stands in, before and after the page was rendered', async () => {
    for (const isPageFirst of [false, true]) {
      const { renderer, render } = await rendererFor(TEXT);
      const page = isPageFirst ? await render(ROOT) : undefined;
      const part = await renderer.renderPart(createTree(ROOT), 'a');
      assert.equal(part?.html, '<p>A  2</p>');
      assert.ok((page ?? (await render(ROOT))).includes(part.html));
    }
  });

  it('is told as failed where it fails, and is not there where it is not in the tree', async () => {
    const { renderer, failures } = await rendererFor(TEXT);
    const tree = createTree(ROOT);
    const part = await renderer.renderPart(tree, 'bad', { purpose: 'preview' });
    assert.match(part?.html ?? '', /^<!--widgy bad--><div .*data-widgy-failure="template-failed"/);
    assert.deepEqual(
      failures.map((failure) => failure.widget),
      ['bad'],
    );
    assert.equal(await renderer.renderPart(tree, 'gone'), undefined);
  });

  it('is too deep where it would be in the page', async () => {
    const { renderer } = await rendererFor({ ...TEXT, options: { limits: { depth: 3 } } });
    const shown = await renderer.renderPart(createTree(ROOT), 'a', { purpose: 'preview' });
    assert.match(shown?.html ?? '', /data-widgy-failure="too-deep"/);
    const above = await renderer.renderPart(createTree(ROOT), 'inner', { purpose: 'preview' });
    assert.doesNotMatch(above?.html ?? '', /^<!--widgy inner--><div class="widgy-failure"/);
  });

  it('says how long it took with all below it, by the clock of the renderer', async () => {
    const clock = { now: 0 };
    const tick = (ms: unknown) => {
      clock.now += Number(ms);
      return '';
    };
    const { renderer } = await rendererFor({
      files: {
        'box/render.liquid': '{{ 5 | tick }}{% render_children %}{{ 1 | tick }}',
        'item/render.liquid': '{{ 3 | tick }}',
      },
      options: { now: () => clock.now },
    });
    renderer.engine.registerFilter('tick', tick);
    const root = widget('root', 'box', { children: [widget('a', 'item'), widget('b', 'item')] });
    assert.equal((await renderer.renderPart(createTree(root), 'root'))?.ms, 12);
    assert.equal((await renderer.renderPart(createTree(root), 'b'))?.ms, 3);
  });
});

describe('the times of widgets', () => {
  const clock = { now: 0 };
  const other = createTree(widget('root', 'box', { children: [widget('a', 'item')] }));
  const tree = createTree(
    widget('root', 'box', {
      children: [widget('a', 'item'), widget('b', 'shows'), widget('c', 'fails'), widget('d', 'gone')],
    }),
  );

  async function ticking() {
    const made = await rendererFor({
      files: {
        'box/render.liquid': '{{ 5 | tick }}{% render_children %}{{ 1 | tick }}',
        'item/render.liquid': '{{ 3 | tick }}',
        'shows/render.liquid': '{{ 10 | tick }}{% render_root other %}',
        'fails/render.liquid': '{{ 20 | tick }}{% render other %}',
      },
      options: { now: () => clock.now },
    });
    made.renderer.engine.registerFilter('tick', (ms: unknown) => {
      clock.now += Number(ms);
      return '';
    });
    return made;
  }

  for (const purpose of ['public', 'preview'] satisfies Purpose[]) {
    it(`are those of each alone, for ${purpose}`, async () => {
      const { renderer } = await ticking();
      const times: RenderTimes = new Map();
      await renderer.render(tree, { purpose, times, variables: { other } });
      assert.deepEqual([...times].sort(), [
        ['a', 3],
        // With the other tree, whose widgets have the same ids as others here.
        ['b', 19],
        ['c', 20],
        ['root', 6],
      ]);
    });
  }

  it('are noted each time, also of a tree whose HTML is kept', async () => {
    const { renderer } = await rendererFor({ files: { 'box/render.liquid': '<p></p>' } });
    const kept = createTree(widget('root', 'box'));
    await renderer.render(kept);
    for (const _ of [1, 2]) {
      const times: RenderTimes = new Map();
      assert.equal(await renderer.render(kept, { times }), '<p></p>');
      assert.deepEqual([...times.keys()], ['root']);
    }
  });

  it('change nothing of what is shown', async () => {
    const { renderer } = await ticking();
    const options = { purpose: 'preview', variables: { other } } as const;
    const without = await renderer.render(tree, options);
    assert.equal(await renderer.render(tree, { ...options, times: new Map() }), without);
  });
});
