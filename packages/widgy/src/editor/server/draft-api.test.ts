import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import { readHeard, readPeople } from './draft-api.ts';

const change = (operations: unknown) => ({
  sequence: 7,
  kind: 'edit',
  undoes: null,
  author: 'ann',
  operations,
});

function tower(height: number): Widget {
  let widget = createWidget({ id: 'w0', type: 'section', fields: {}, children: [] });
  for (let at = 1; at < height; at++)
    widget = createWidget({ id: `w${at}`, type: 'section', fields: {}, children: [widget] });
  return widget;
}

describe('a change that the server tells', () => {
  // A site may have larger limits than those that hold where none are given.
  for (const { what, operation } of [
    {
      what: 'a text that is larger than most sites take',
      operation: {
        kind: 'set',
        id: 'a',
        fields: { text: 'x'.repeat(DEFAULT_LIMITS.fieldBytes + 1) },
        unset: [],
      },
    },
    {
      what: 'widgets that stand deeper than on most sites',
      operation: { kind: 'insert', widget: tower(DEFAULT_LIMITS.depth + 1), at: { parent: 'root' } },
    },
  ])
    it(`is read with ${what}`, () => {
      const read = readHeard(JSON.parse(JSON.stringify(change([operation]))));
      assert.equal(read?.operations.length, 1);
    });

  for (const value of [
    undefined,
    null,
    [],
    'change',
    change(undefined),
    change([{ kind: 'other' }]),
    change([{ kind: 'set', id: '__proto__', fields: {}, unset: [] }]),
    { ...change([]), sequence: '7' },
  ])
    it(`is none where it is ${JSON.stringify(value)}`, () => {
      assert.equal(readHeard(value), undefined);
    });
});

describe('those present', () => {
  for (const { told, read } of [
    { told: null, read: [] },
    { told: { people: {} }, read: [] },
    {
      told: { people: [null, 'ann', { client: 1 }, { client: 'c', name: 7, widget: {} }] },
      read: [{ client: 'c', name: null, widget: null }],
    },
    {
      told: { people: [{ client: 'c', name: '<b>\u202eAnn', widget: 'w', more: 1 }] },
      read: [{ client: 'c', name: '<b>\u202eAnn', widget: 'w' }],
    },
  ])
    it(`are read from ${JSON.stringify(told)}`, () => {
      assert.deepEqual(readPeople(told), read);
    });
});
