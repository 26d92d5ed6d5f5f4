import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sessionOf } from '../commands/commands-fixture.ts';
import { stepOption } from './active-option.ts';
import { offersAt } from './offers.ts';
import { pickerGroups } from './options.ts';
import { placeTitle } from './place-title.ts';
import { keepRecent, parseRecent, readRecent, withRecent } from './recent.ts';
import { opensPicker, takesBack, textAfterSlash } from './slash.ts';
import { pictureOf } from './type-picture.ts';

describe('recent types', () => {
  it('are the last ones, the newest first, once each', () => {
    assert.deepEqual(withRecent(['a', 'b', 'c'], 'b'), ['b', 'a', 'c']);
    assert.deepEqual(withRecent(['a', 'b', 'c', 'd', 'e'], 'f'), ['f', 'a', 'b', 'c', 'd']);
  });

  it('are kept in the browser, where it keeps anything', () => {
    const held = new Map<string, string>();
    const kept = {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, text: string) => void held.set(key, text),
    };
    keepRecent(kept, 'text');
    keepRecent(kept, 'image');
    assert.deepEqual(readRecent(kept), ['image', 'text']);
    assert.deepEqual(readRecent(undefined), []);
    const full = {
      ...kept,
      setItem: () => {
        throw new Error('no room');
      },
    };
    keepRecent(full, 'box');
    assert.deepEqual(readRecent(full), ['image', 'text']);
  });

  it('are nothing where something else was kept', () => {
    for (const text of [null, '', '{', '{}', '"a"', '7'])
      assert.deepEqual(parseRecent(text), [], text ?? 'null');
    assert.deepEqual(parseRecent('["a",7,null,"b"]'), ['a', 'b']);
  });
});

describe('a slash', () => {
  it('opens the picker on a widget and in an empty text', () => {
    const cases: readonly [key: string, text: string | undefined, isOther: boolean, opens: boolean][] = [
      ['/', undefined, false, true],
      ['/', '', false, true],
      ['/', ' \n', false, true],
      ['/', 'and', false, false],
      ['/', 'a', false, false],
      ['/', '', true, false],
      ['a', '', false, false],
    ];
    for (const [key, text, isOther, opens] of cases)
      assert.equal(opensPicker({ key, text, isOther }), opens, `${key} in ${text}`);
  });

  it('stays in the text only where the picker was closed', () => {
    assert.equal(textAfterSlash('added'), '');
    assert.equal(textAfterSlash('taken-back'), '');
    assert.equal(textAfterSlash('closed'), '/');
  });

  it('is taken back by Backspace right after it', () => {
    assert.equal(takesBack({ key: 'Backspace', hasTyped: false }), true);
    assert.equal(takesBack({ key: 'Backspace', hasTyped: true }), false);
    assert.equal(takesBack({ key: 'Delete', hasTyped: false }), false);
  });
});

describe('the drawing of a type', () => {
  it('shows what widgets of it are', () => {
    const field = (kind: string, shape: 'text' | 'own' = 'text') => ({
      ...{ name: kind, label: kind, kind, shape, isRequired: false, isNullable: false, default: '' },
    });
    const slots = [{ name: 'left', accept: ['*'] }];
    const cases: readonly [Parameters<typeof pictureOf>[0], string][] = [
      [{ rules: { type: 't', label: 'T', children: { accept: ['*'] } }, fields: [field('image')] }, 'box'],
      [{ rules: { type: 't', label: 'T', children: { accept: [], slots } }, fields: [] }, 'box'],
      [
        {
          rules: {
            type: 't',
            label: 'T',
            children: { accept: [], slots: [...slots, { name: 'b', accept: [] }] },
          },
          fields: [],
        },
        'columns',
      ],
      [{ rules: { type: 't', label: 'T' }, fields: [field('text'), field('image')] }, 'picture'],
      [{ rules: { type: 't', label: 'T' }, fields: [field('text'), field('link')] }, 'link'],
      [{ rules: { type: 't', label: 'T' }, fields: [field('markdown')] }, 'code'],
      [{ rules: { type: 't', label: 'T' }, fields: [field('rich-text')] }, 'text'],
      [{ rules: { type: 't', label: 'T' }, fields: [field('text')] }, 'line'],
      [{ rules: { type: 't', label: 'T' }, fields: [field('map', 'own')] }, 'plain'],
      [{ rules: { type: 't', label: 'T' }, fields: [] }, 'plain'],
    ];
    for (const [type, picture] of cases) assert.equal(pictureOf(type), picture);
  });
});

describe('the groups of the picker', () => {
  const offers = offersAt(sessionOf('page/page(s/slideshow(x/slide))'), { parent: 'page' });
  const groupsOf = (
    typed: string,
    { isWithOthers = false, recent = [] }: { isWithOthers?: boolean; recent?: readonly string[] } = {},
  ) =>
    pickerGroups({ offers, recent, typed, isWithOthers }).map(
      ({ name, options }) => `${name}: ${options.map(({ kind, type }) => `${kind} ${type.type}`).join(', ')}`,
    );
  const all = 'all: add banner, add box, add columns, add form, add image, add slideshow, add text';

  it('are what is offered, with the recent ones first while nothing is typed', () => {
    assert.deepEqual(groupsOf(''), [all]);
    assert.deepEqual(groupsOf('', { recent: ['text', 'field', 'gone', 'box'] }), [
      'recent: add text, add box',
      all,
    ]);
    assert.deepEqual(groupsOf('b', { recent: ['text'] }), ['all: add banner, add box']);
  });

  it('have the others where they are asked for, or alone fit', () => {
    assert.deepEqual(groupsOf('field'), ['others: none field, wrap field']);
    assert.deepEqual(groupsOf('form'), ['all: add form']);
    assert.deepEqual(groupsOf('xyz'), []);
    assert.deepEqual(groupsOf('slide', { isWithOthers: true }), [
      'all: add slideshow',
      'others: none slide, wrap slide',
    ]);
    assert.equal(groupsOf('', { isWithOthers: true }).length, 2);
  });
});

describe('the title of the picker', () => {
  it('says where the widget will stand', () => {
    const session = sessionOf('page/page(a/text b/box c/columns(left:l/column))');
    const cases: readonly [Parameters<typeof placeTitle>[1], string][] = [
      [{ parent: 'page', before: 'a' }, 'Add a widget before Text'],
      [{ parent: 'page', before: 'b' }, 'Add a widget between Text and Box'],
      [{ parent: 'page' }, 'Add a widget at the end of Page'],
      [{ parent: 'b' }, 'Add a widget to Box'],
      [{ parent: 'c', slot: 'right' }, 'Add a widget to Right of Columns'],
      [{ parent: 'gone' }, 'Add a widget'],
    ];
    for (const [at, title] of cases) assert.equal(placeTitle(session, at), title);
  });
});

describe('the keys of a list', () => {
  it('go round, and by pages to the ends', () => {
    const cases: readonly [key: string, from: number, count: number, to: number | undefined][] = [
      ['ArrowDown', 0, 3, 1],
      ['ArrowDown', 2, 3, 0],
      ['ArrowUp', 0, 3, 2],
      ['PageDown', 0, 3, 2],
      ['PageDown', 0, 30, 8],
      ['PageUp', 2, 3, 0],
      ['ArrowDown', -1, 0, undefined],
      ['Home', 1, 3, undefined],
    ];
    for (const [key, from, count, to] of cases) assert.equal(stepOption(key, from, count), to, key);
  });
});
