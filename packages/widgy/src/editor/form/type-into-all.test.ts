import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldOf } from '../../tree/json.ts';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import { findWidget } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { describedTypes, sessionOf } from '../commands/commands-fixture.ts';
import { openServer, openTab } from '../session/session-fixture.ts';
import type { Entry } from './entry.ts';
import { createFormMemory, type TypedPlace, type TypingSession, typedIn } from './memory.ts';
import { placeOfAll, typeIntoAll } from './type-into-all.ts';

const described = { isRequired: true, isNullable: false };
const title = (maxLength: number): FieldDescription => ({
  ...{ ...described, name: 'title', kind: 'text', label: 'Title', shape: 'text', default: 'x', maxLength },
});
const count: FieldDescription = {
  ...{ ...described, name: 'count', kind: 'number', label: 'Count', shape: 'number', isInteger: true },
  default: 0,
};
const isLoud: FieldDescription = {
  ...{ ...described, name: 'isLoud', kind: 'flag', label: 'Loud', shape: 'flag', default: false },
};
const types = describedTypes(TYPES, {
  text: { fields: [title(9), count, isLoud] },
  image: { fields: [title(5), count, isLoud] },
  banner: { fields: [title(9)] },
});

const text = (typed: string): Entry => ({ kind: 'text', text: typed });

/** Where something is typed for widgets of some types. */
function placeFor(session: TypingSession, ids: readonly string[], name: string) {
  const own = ids.map((id) => findWidget(session.tree.peek(), id)?.type);
  const { types: known } = session.data;
  const [first, ...others] = known.filter(({ type }) => own.includes(type));
  const field = first?.fields.find((each) => each.name === name);
  assert.ok(first !== undefined && field !== undefined);
  const memory = createFormMemory(session);
  const place: TypedPlace = { session, memory, ...placeOfAll(ids), type: first, field };
  return { place, types: [first, ...others] };
}

describe('typing for several widgets', () => {
  const cases: readonly (readonly [
    what: string,
    ids: readonly string[],
    field: string,
    entry: Entry,
    /** Of the widgets, in their order. */
    values: readonly unknown[],
    problems: readonly unknown[],
    isFlushed: boolean,
  ])[] = [
    ['all can have it', ['a', 'b', 'c'], 'title', text('New'), ['New', 'New', 'New'], [], false],
    [
      'one type cannot have it',
      ['a', 'b', 'c'],
      'title',
      text('Too long'),
      ['A', 'B', 'C'],
      [{ code: 'too-long', path: '/title', limit: 5 }],
      false,
    ],
    [
      'no type can have it: it is told once',
      ['a', 'c'],
      'title',
      text(''),
      ['A', 'C'],
      [{ code: 'required', path: '/title' }],
      false,
    ],
    [
      'it means no value',
      ['a', 'b'],
      'count',
      text('many'),
      [undefined, undefined],
      [{ code: 'wrong-kind', path: '/count', wanted: 'whole-number' }],
      false,
    ],
    [
      'a rule refuses it for one of them',
      ['a', 'd'],
      'title',
      text('New'),
      ['A', 'D'],
      [{ code: 'refused', path: '/title', said: 'Banner cannot be edited.' }],
      false,
    ],
    [
      'it is chosen: it is sent at once',
      ['a', 'c'],
      'isLoud',
      { kind: 'flag', isOn: true },
      [true, true],
      [],
      true,
    ],
  ];
  for (const [what, ids, name, entry, values, problems, isFlushed] of cases) {
    it(what, () => {
      const outline =
        'page/page(a/text{"title":"A"} b/text{"title":"B"} c/image{"title":"C"} d/banner{"title":"D"})';
      const session = sessionOf(outline, { data: { types } });
      /** How many steps there were each time that what waits was sent. */
      const flushed: number[] = [];
      const watched: TypingSession = {
        ...session,
        async flush() {
          flushed.push(session.steps.length);
          return true;
        },
      };
      const { place, types: own } = placeFor(watched, ids, name);
      typeIntoAll(place, ids, own, entry);
      assert.deepEqual(
        ids.map((id) => fieldOf(findWidget(session.tree.value, id)?.fields ?? {}, name)),
        values,
      );
      assert.deepEqual(typedIn(place)?.entry, entry, 'it is shown as it was typed');
      assert.deepEqual(typedIn(place)?.problems, problems);
      const label = { kind: 'set', count: ids.length, field: place.field.label };
      const steps = session.steps.map((step) => step.label);
      assert.deepEqual(steps, problems.length > 0 ? [] : [label]);
      assert.deepEqual(flushed, isFlushed ? [1] : []);
      place.memory.dispose();
    });
  }

  it('is one step as long as somebody types', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    const widget = createWidget({ id: 'second', type: 'section', fields: { title: 'Second' } });
    const insert = { kind: 'insert', widget, at: { parent: 'root' } } as const;
    assert.ok(session.edit({ kind: 'insert' }, [insert]).ok);
    const ids = ['section', 'second'];
    const titles = () => ids.map((id) => findWidget(session.tree.value, id)?.fields.title);
    const { place, types: own } = placeFor(session, ids, 'title');
    for (const typed of ['B', 'Bo', 'Both']) typeIntoAll(place, ids, own, text(typed));
    assert.deepEqual(titles(), ['Both', 'Both']);
    assert.equal(await session.flush(), true);
    for (const [way, wanted] of [
      ['undo', ['First', 'Second']],
      ['redo', ['Both', 'Both']],
    ] as const) {
      await session[way]();
      assert.equal(await session.flush(), true);
      assert.deepEqual(titles(), wanted, way);
    }
    place.memory.dispose();
    session.close();
  });
});
