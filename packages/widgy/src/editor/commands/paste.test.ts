import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outlineOf, treeOf, widgetOf } from '../../tree/outline-fixture.ts';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import { createTree, findWidget } from '../../tree/tree.ts';
import { copySelected, cutSelected, pasteSelected, textOfWidgets } from './clipboard.ts';
import { describedTypes, sessionOf } from './commands-fixture.ts';
import type { Host } from './host.ts';
import { pasteText } from './paste.ts';
import { nearestPlace } from './paste-place.ts';

const origin = 'https://example.org/admin';

/** A host with a clipboard that holds what was written to it; undefined for one that refuses. */
function hostWith(held: { text: string } | undefined): Host {
  const clipboard = {
    readText: async () => held?.text ?? Promise.reject(new Error('refused')),
    writeText: async (text: string) => {
      if (held === undefined) throw new Error('refused');
      held.text = text;
    },
  };
  return {
    origin,
    clipboard,
    search: async () => undefined,
    go: assert.fail,
    focus: assert.fail,
    pane: () => undefined,
  };
}

describe('the place for what is pasted', () => {
  it('is the nearest one that takes all of it', () => {
    const page =
      'page/page(a/text box(b/text) empty/box show/slideshow(s/slide) cols/columns(left:l/column(c/text)))';
    const cases: readonly [near: string | undefined, pasted: readonly string[], at: string][] = [
      ['a', ['x/text'], 'page before box'],
      ['empty', ['x/text'], 'empty'],
      ['empty', ['x/columns(left:y/column)'], 'page before show'],
      ['box', ['x/text'], 'page before empty'],
      ['b', ['x/text', 'y/box'], 'box'],
      ['b', ['x/columns(left:y/column)'], 'page before empty'],
      ['s', ['x/slide'], 'show'],
      ['s', ['x/text'], 's'],
      ['show', ['x/slide'], 'show'],
      ['l', ['x/column'], 'cols right'],
      ['cols', ['x/text'], 'page'],
      ['l', ['x/text'], 'l'],
      ['page', ['x/text'], 'page'],
      [undefined, ['x/text'], 'page'],
      ['gone', ['x/text'], 'page'],
      ['s', ['x/slide', 'y/slide'], 'both-refuse'],
      ['a', ['x/field'], 'both-refuse'],
    ];
    for (const [near, pasted, at] of cases) {
      const { catalogue, data } = sessionOf('page/page');
      const found = nearestPlace(treeOf(page), pasted.map(widgetOf), near, {
        catalogue,
        limits: data.limits,
      });
      const said = found.ok
        ? [found.at.parent, found.at.slot, found.at.before && `before ${found.at.before}`]
            .filter(Boolean)
            .join(' ')
        : found.refusal.code;
      assert.equal(said, at, `${pasted} near ${near}`);
    }
  });
});

describe('copying, cutting and pasting', () => {
  it('takes widgets to another page, with new ids', async () => {
    const held = { text: '' };
    const from = sessionOf('page/page(a/text box(b/text{"text":"Hi"}) c/image)', {
      selected: ['b', 'c', 'box'],
    });
    assert.equal(await copySelected(from, hostWith(held)), true);
    assert.equal(from.announcement.value, 'Copied 2 widgets');
    assert.match(held.text, /^Widgy: Box and Image\n/);

    const to = sessionOf('page/page(q/text r/text)', { selected: ['q'] });
    assert.deepEqual(await pasteSelected(to, hostWith(held)), {
      ok: true,
      ids: ['n2', 'n3'],
      unresolved: [],
    });
    assert.equal(to.outline(), 'page/page(q/text n2(n1/text{"text":"Hi"}) n3/image r/text)');
    assert.deepEqual(to.selection.value.ids, ['n2', 'n3']);
    assert.equal(to.announcement.value, 'Pasted 2 widgets into Page');
    assert.deepEqual(
      to.steps.map(({ label }) => label),
      [{ kind: 'paste', what: 'Box', count: 2 }],
    );
  });

  it('cuts what is on the clipboard, and nothing else', async () => {
    const held = { text: '' };
    const session = sessionOf('page/page(a/text b/text)', { selected: ['a'] });
    assert.equal(await cutSelected(session, hostWith(held)), true);
    assert.equal(session.outline(), 'page/page(b/text)');
    assert.equal(session.announcement.value, 'Cut 1 widget');
    assert.deepEqual(session.steps[0]?.label, { kind: 'cut', what: 'Text', count: 1 });

    const refused = sessionOf('page/page(a/text b/text)', { selected: ['a'] });
    assert.equal(await cutSelected(refused, hostWith(undefined)), false);
    assert.equal(refused.outline(), 'page/page(a/text b/text)');
    assert.equal(refused.announcement.value, 'The browser does not let the editor write to the clipboard.');
  });

  it('copies nothing where nothing is selected', async () => {
    assert.equal(await copySelected(sessionOf('page/page'), hostWith({ text: 'x' })), false);
  });

  it('says why nothing is pasted', async () => {
    const text = (outline: string) => {
      const session = sessionOf(createTree(widgetOf(outline)));
      return textOfWidgets(session, [session.tree.value.root.id], { origin }) ?? assert.fail();
    };
    const cases: readonly [text: string, reason: string, said: string][] = [
      ['Hello', 'nothing', 'There are no widgets to paste.'],
      ['{"widgy":1', 'unreadable', 'What is on the clipboard cannot be read as widgets.'],
      [text('box(b/shop/price c/map)'), 'unknownTypes', 'This site does not have: shop/price and map'],
      [
        text('f/field'),
        'refused',
        'It cannot be pasted here. Page does not take Field, and Field does not stand in Page.',
      ],
      [
        text('i/image'),
        'refused',
        'It cannot be pasted here. You may not do this with widgets of this type.',
      ],
    ];
    const types = describedTypes(TYPES, {
      image: { permissions: { add: false, change: true, delete: true } },
    });
    for (const [pasted, reason, said] of cases) {
      const session = sessionOf('page/page(a/text)', { selected: ['a'], data: { types } });
      const done = await pasteText(session, pasted, hostWith({ text: '' }));
      assert.equal(done.ok ? 'done' : done.reason, reason);
      assert.equal(session.announcement.value, said);
      assert.equal(session.outline(), 'page/page(a/text)');
    }
    const session = sessionOf('page/page');
    assert.deepEqual(await pasteSelected(session, hostWith(undefined)), { ok: false, reason: 'notAllowed' });
  });

  it('takes what references were called along, and points them at what is called so here', async () => {
    const known = { 'widgy:page/1': 'Prices', 'widgy:page/2': 'News' };
    const from = sessionOf('page/page(a/text{"link":"widgy:page/1","text":"<a href=widgy:page/2>"})', {
      ...{ selected: ['a'], data: { referenceLabels: known } },
    });
    const text = textOfWidgets(from, ['a'], { origin: 'https://other.example/admin' }) ?? assert.fail();

    const field = { kind: 'text', shape: 'text', isRequired: false, isNullable: false, default: '' } as const;
    const fields = [{ ...field, name: 'text', label: 'Words' }];
    const to = sessionOf('page/page', { data: { types: describedTypes(TYPES, { text: { fields } }) } });
    const search: Host['search'] = async (type, label) =>
      label === 'Prices' ? [{ id: '77', label: `${label}` }] : type === 'page' ? [] : undefined;
    const pasted = await pasteText(to, text, { origin, search });
    assert.deepEqual(pasted.ok && pasted.unresolved, [
      { widget: 'n1', type: 'text', field: 'text', reference: 'widgy:page/2' },
    ]);
    assert.deepEqual(findWidget(to.tree.value, 'n1')?.fields, {
      ...{ link: 'widgy:page/77', text: '<a href=>' },
    });
    assert.deepEqual(to.lostLinks.value, new Map([['n1', new Set(['text'])]]));
    assert.equal(
      to.announcement.value,
      'Pasted 1 widget into Page. 1 link points at something that this site does not have: Words of Text',
    );
    assert.equal(outlineOf(to.tree.value).startsWith('page/page(n1/text'), true);
  });
});
