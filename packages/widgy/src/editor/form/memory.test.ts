import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { computed, signal } from '@preact/signals';
import { z } from 'zod';
import type { JsonObject } from '../../tree/json.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import type { Tree } from '../../tree/tree.ts';
import { createTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { defineWidget } from '../../widgets/define-widget.ts';
import { defineSite } from '../../widgets/site.ts';
import type { LocalConflict } from '../draft/index.ts';
import { en } from '../words/en/index.ts';
import { clashOf, openDecisions, widgetsOf } from './clash.ts';
import {
  createFormMemory,
  decideValue,
  entryNow,
  forget,
  leaveField,
  shownValue,
  type TypedPlace,
  type TypingSession,
  typedIn,
  typeInto,
} from './memory.ts';

const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      type: 'note',
      label: 'Note',
      isRootChoice: true,
      files: [],
      fields: z.object({
        title: z.string().min(1).max(9).default('a'),
        count: z.number().default(1),
        isLoud: z.boolean().default(false),
      }),
    }),
  ],
});

/** A session without a server: what the server does is done by the test. */
function openSession() {
  const draft = (fields: JsonObject) => createTree(createWidget({ id: 'n', type: 'note', fields }));
  const tree = signal<Tree>(draft({ title: 'Old', count: 1 }));
  const acknowledged = signal({ sequence: 0, tree: tree.peek() });
  const conflicts = signal<readonly LocalConflict[]>([]);
  const bursts: (string | undefined)[] = [];
  const flushed: number[] = [];
  const known = site.types.get('note');
  assert.ok(known !== undefined);
  const { definition, fields } = known;
  const rules = site.catalogue.get('note');
  assert.ok(rules !== undefined);
  const type = {
    ...{ type: 'note', label: 'Note', fields, jsonSchema: definition.formSchema, hasFunctions: false },
    permissions: { add: true, change: true, delete: true },
    rules: { type: 'note', label: 'Note' },
  };
  const session: TypingSession = {
    tree: computed(() => tree.value),
    acknowledged,
    conflicts,
    words: en,
    catalogue: site.catalogue,
    data: { types: [type] },
    edit(_label, operations, burst) {
      bursts.push(burst);
      for (const operation of operations) {
        const checked = checkOperation(tree.peek(), operation, site.catalogue);
        if (!checked.ok) return checked;
        tree.value = checked.tree;
      }
      return { ok: true };
    },
    flush() {
      flushed.push(bursts.length);
      return Promise.resolve(true);
    },
  };
  return { session, tree, acknowledged, conflicts, bursts, flushed, draft, type };
}

function openForm() {
  const opened = openSession();
  const { session, type } = opened;
  const memory = createFormMemory(session);
  const place = (name: string): TypedPlace => {
    const field = type.fields.find((each) => each.name === name);
    assert.ok(field !== undefined);
    return { session, memory, widget: 'n', type, field };
  };
  return { ...opened, memory, title: place('title'), count: place('count'), isLoud: place('isLoud') };
}

const text = (value: string) => ({ kind: 'text', text: value }) as const;

describe('typing into a field', () => {
  it('edits with each key, in one burst, and shows what was typed until it is left', () => {
    const { title, count, bursts } = openForm();
    for (const typed of ['N', 'Ne', 'New']) typeInto(title, text(typed));
    assert.equal(shownValue(title), 'New');
    assert.deepEqual(bursts, ['n title', 'n title', 'n title']);
    typeInto(count, text('1.'));
    assert.deepEqual(typedIn(count)?.entry, text('1.'), 'the point is not lost');
    assert.equal(shownValue(count), 1);
    assert.deepEqual([entryNow(title), entryNow(count)], [text('New'), text('1.')]);
    leaveField(count);
    leaveField(title);
    assert.deepEqual([entryNow(title), entryNow(count)], [text('New'), text('1')]);
    assert.equal(typedIn(title), undefined);
    assert.equal(typedIn(count), undefined);
  });

  it('has what is chosen sent at once, and what is typed when it is all there', () => {
    const { title, isLoud, flushed } = openForm();
    typeInto(title, text('New'));
    assert.deepEqual(flushed, []);
    typeInto(isLoud, { kind: 'flag', isOn: true });
    assert.deepEqual(flushed, [2]);
  });

  it('holds what cannot be kept, with what is wrong, after the field is left', () => {
    const { title, count, bursts } = openForm();
    typeInto(title, text(''));
    typeInto(count, text('many'));
    leaveField(title);
    leaveField(count);
    assert.equal(shownValue(title), 'Old');
    assert.deepEqual(
      [title, count].map((place) => typedIn(place)?.problems.map(({ code }) => code)),
      [['required'], ['wrong-kind']],
    );
    assert.equal(bursts.length, 0);
    typeInto(title, text('Right'));
    leaveField(title);
    assert.equal(shownValue(title), 'Right');
    assert.equal(typedIn(title), undefined);
  });

  it('holds half of a value, whatever it would mean', () => {
    const { title } = openForm();
    typeInto(title, { ...text('2027'), isHalf: true });
    assert.equal(shownValue(title), 'Old');
    assert.equal(typedIn(title)?.problems[0]?.code, 'wrong-format');
  });

  it('does not write over what somebody else wrote meanwhile', () => {
    const { title, tree, acknowledged, draft } = openForm();
    typeInto(title, text('Mine'));
    acknowledged.value = { sequence: 1, tree: tree.peek() };
    tree.value = draft({ title: 'Theirs', count: 1 });
    acknowledged.value = { sequence: 2, tree: tree.peek() };
    typeInto(title, text('Mine!'));
    leaveField(title);
    assert.equal(shownValue(title), 'Theirs');
    assert.deepEqual(typedIn(title)?.entry, text('Mine!'));
    assert.deepEqual(decideValue(title, text('Both')), []);
    assert.equal(shownValue(title), 'Both');
    assert.equal(typedIn(title), undefined);
  });

  it('takes what the server made of a value for no change of somebody else', () => {
    const { title, tree, acknowledged, draft } = openForm();
    typeInto(title, text('Mine '));
    tree.value = draft({ title: 'Mine', count: 1 });
    acknowledged.value = { sequence: 1, tree: tree.peek() };
    typeInto(title, text('Mine t'));
    assert.equal(shownValue(title), 'Mine t');
  });

  it('forgets what is thrown away', () => {
    const { title, memory } = openForm();
    typeInto(title, text(''));
    forget(title);
    assert.equal(memory.typed.peek().size, 0);
  });
});

describe('a conflict', () => {
  const fields: LocalConflict = {
    key: 'k',
    changes: [],
    reason: {
      kind: 'fields',
      theirs: { sequence: 3, author: 'bob' },
      fields: [
        { widget: 'n', name: 'title', before: 'Old', mine: 'Mine', theirs: 'Theirs' },
        { widget: 'n', name: 'count', before: 1, mine: 2, theirs: 3 },
      ],
    },
  };
  const at = { widget: 'n', name: 'title', shown: 'Theirs' };

  it('shows both values of a field until it is decided, mine as it is typed by now', () => {
    const clash = clashOf(at, [fields], new Set(), undefined, undefined);
    assert.deepEqual([clash?.mine, clash?.theirs, clash?.author], ['Mine', 'Theirs', 'bob']);
    assert.equal(clashOf(at, [fields], new Set(), undefined, 'Typed')?.mine, 'Typed');
    assert.equal(clashOf(at, [fields], new Set(['k n title']), undefined, undefined), undefined);
    assert.equal(clashOf({ ...at, name: 'other' }, [fields], new Set(), undefined, undefined), undefined);
    assert.deepEqual(openDecisions(fields, new Set(['k n title'])), ['k n count']);
  });

  it('says what the server has against a value, and what was wanted', () => {
    const errors = [{ code: 'refused', path: '/title', message: 'Not that.' }];
    const set = { kind: 'set', id: 'n', fields: { title: 'Bad', count: 1 }, unset: [] } as const;
    const invalid: LocalConflict = {
      key: 'k',
      changes: [{ kind: 'edit', key: 'k', step: 1, operations: [set] }],
      reason: { kind: 'invalid', widget: 'n', errors },
    };
    const clash = clashOf(at, [invalid], new Set(), undefined, undefined);
    assert.equal(clash?.mine, 'Bad');
    assert.deepEqual(
      clash?.problems.map(({ said }) => said),
      ['Not that.'],
    );
    assert.deepEqual(widgetsOf(invalid), ['n']);
  });

  it('is about the widget that is still there first', () => {
    const removed = (side: 'mine' | 'theirs'): LocalConflict => ({
      ...{ key: 'k', changes: [] },
      reason: { kind: 'removed', widget: 'gone', side, changed: 'changed', theirs: null },
    });
    assert.deepEqual(widgetsOf(removed('theirs')), ['changed', 'gone']);
    assert.deepEqual(widgetsOf(removed('mine')), ['gone', 'changed']);
  });
});
