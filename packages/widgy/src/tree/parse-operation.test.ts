import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_LIMITS } from './limits.ts';
import { parseOperation } from './parse-operation.ts';

const x = { id: 'x', type: 'box' };
const at = { parent: 'r' };

describe('parseOperation refuses', () => {
  const cases: readonly [name: string, value: unknown, code: string, path: string][] = [
    ['no object', 'remove', 'wrong-shape', ''],
    ['no kind', { id: 'a' }, 'wrong-shape', '/kind'],
    ['a kind that reaches a prototype', { kind: 'constructor' }, 'wrong-shape', '/kind'],
    ['a key of no meaning', { kind: 'remove', id: 'a', force: true }, 'unknown-key', '/force'],
    ['no id', { kind: 'remove' }, 'invalid-id', '/id'],
    ['an id that is an object', { kind: 'unwrap', id: {} }, 'invalid-id', '/id'],
    ['no widget', { kind: 'insert', at }, 'wrong-shape', '/widget'],
    [
      'a widget that is wrong',
      { kind: 'insert', at, widget: { ...x, children: [x] } },
      'id-taken',
      '/widget/children/0/id',
    ],
    [
      'a slot on the widget',
      { kind: 'insert', at, widget: { ...x, slot: 'left' } },
      'wrong-shape',
      '/widget/slot',
    ],
    ['no place', { kind: 'insert', widget: x }, 'wrong-shape', '/at'],
    ['a place without a parent', { kind: 'move', id: 'a', to: { before: 'b' } }, 'invalid-id', '/to/parent'],
    ['a place by number', { kind: 'move', id: 'a', to: { ...at, before: 0 } }, 'invalid-id', '/to/before'],
    ['a place by position', { kind: 'move', id: 'a', to: { ...at, index: 0 } }, 'unknown-key', '/to/index'],
    [
      'a slot that is no name',
      { kind: 'move', id: 'a', to: { ...at, slot: 'a b' } },
      'invalid-slot',
      '/to/slot',
    ],
    ['fields that are no object', { kind: 'set', id: 'a', fields: 1 }, 'wrong-shape', '/fields'],
    [
      'a field that may not be',
      { kind: 'set', id: 'a', fields: { prototype: 1 } },
      'forbidden-key',
      '/fields/prototype',
    ],
    ['the absence of one', { kind: 'set', id: 'a', unset: ['__proto__'] }, 'forbidden-key', '/unset/0'],
    [
      'a field both given and taken',
      { kind: 'set', id: 'a', fields: { t: 1 }, unset: ['t'] },
      'wrong-shape',
      '/unset/0',
    ],
    ['names that are none', { kind: 'set', id: 'a', unset: [1] }, 'wrong-shape', '/unset/0'],
    ['names that are no array', { kind: 'set', id: 'a', unset: 't' }, 'wrong-shape', '/unset'],
    [
      'a field that is too large',
      { kind: 'set', id: 'a', fields: { t: 'x'.repeat(10 * 1024 * 1024) } },
      'field-too-large',
      '/fields/t',
    ],
    ['copies that are none', { kind: 'duplicate', id: 'a', at, ids: [] }, 'wrong-shape', '/ids'],
    ['a copy that is no pair', { kind: 'duplicate', id: 'a', at, ids: [['a']] }, 'invalid-id', '/ids/0'],
    [
      'more copies than widgets may be',
      { kind: 'duplicate', id: 'a', at, ids: new Array(DEFAULT_LIMITS.widgets + 1).fill(['a', 'b']) },
      'too-many',
      '/ids',
    ],
    ['a wrapper around nothing', { kind: 'wrap', widget: x, children: [] }, 'wrong-shape', '/children'],
    [
      'a wrapper that holds something',
      { kind: 'wrap', widget: { ...x, children: [] }, children: [{ id: 'a' }] },
      'unknown-key',
      '/widget/children',
    ],
    [
      'a wrapper that is none',
      { kind: 'wrap', widget: 'x', children: [{ id: 'a' }] },
      'wrong-shape',
      '/widget',
    ],
    ['what is wrapped by name', { kind: 'wrap', widget: x, children: ['a'] }, 'wrong-shape', '/children/0'],
  ];
  for (const [name, value, code, path] of cases) {
    it(name, () => {
      const parsed = parseOperation(value);
      assert.deepEqual(!parsed.ok && parsed.problems.map((problem) => [problem.code, problem.path]), [
        [code, path],
      ]);
    });
  }
});
