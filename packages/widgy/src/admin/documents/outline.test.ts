import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { createTree, createWidget } from '../../tree/index.ts';
import { defineWidget } from '../../widgets/define-widget.ts';
import { defineSite } from '../../widgets/site.ts';
import { type OutlineReader, type OutlineRow, outlineOf } from './outline.ts';

const fields = z.object({ text: z.string().default('') });
const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      ...{ type: 'page', label: 'Page', isRootChoice: true, files: [], deletable: false },
      children: {
        accept: ['text', 'pair', 'fixed'],
        max: 4,
        slots: [{ name: 'side-bar', accept: ['text'], min: 1 }],
      },
    }),
    defineWidget({ type: 'pair', label: 'Pair', files: [], children: { accept: ['text'], max: 2 } }),
    defineWidget({ type: 'text', label: 'Text', files: [], fields }),
    defineWidget({
      type: 'fixed',
      label: 'Fixed',
      files: [],
      fields,
      draggable: false,
      deletable: false,
      editable: false,
    }),
  ],
});
const w = (id: string, type: string, more: Partial<Parameters<typeof createWidget>[0]> = {}) =>
  createWidget({ id, type, ...more });
const tree = createTree(
  w('root', 'page', {
    children: [
      w('a', 'text', { fields: { text: ' Some  words ' } }),
      w('p', 'pair', { children: [w('b', 'text'), w('c', 'text')] }),
      w('f', 'fixed'),
      w('lost', 'lost', { children: [w('in', 'text')] }),
      w('s', 'text', { slot: 'side-bar' }),
    ],
  }),
);
const everything: OutlineReader = { mayEdit: true, may: () => true, offered: ['text', 'pair', 'fixed'] };

/** Each row as: number, name, and letters for what may be done: edit, up, down, move, duplicate, delete (x), add below. */
function rowsOf(row: OutlineRow): readonly string[] {
  const letters = [
    row.mayEdit && 'e',
    row.mayGoUp && 'u',
    row.mayGoDown && 'd',
    row.mayMove && 'm',
    row.mayDuplicate && '2',
    row.mayDelete && 'x',
    row.addBelow !== undefined && '+',
  ].filter((letter) => letter !== false);
  const inner = row.groups.flatMap(({ label, rows, add }) => [
    ...(label === undefined ? [] : [`[${label}]`]),
    ...rows.flatMap(rowsOf),
    ...(add === undefined ? [] : [`add ${add}`]),
  ]);
  return [`${row.number} ${row.name}: ${letters.join('')}`.trim(), ...inner];
}

describe('the outline of a tree', () => {
  it('offers what is legal, and nothing else', () => {
    assert.deepEqual(rowsOf(outlineOf(tree, site, everything)), [
      'Page:',
      '1 Text “Some words”: edmx',
      '2 Pair: udmx',
      '2.1 Text: edmx',
      '2.2 Text: eumx',
      '3 Fixed:',
      '4 lost: x',
      '4.1 Text: emx',
      '[Side bar]',
      '5 Text: em2+',
      'add ?parent=root&slot=side-bar',
    ]);
  });

  it('offers nothing to somebody who may not edit', () => {
    const rows = rowsOf(outlineOf(tree, site, { ...everything, mayEdit: false }));
    assert.ok(
      rows.every((row) => row.endsWith(':') || row.startsWith('[')),
      rows.join('\n'),
    );
  });

  it('asks once what somebody may do with a type', () => {
    const asked: string[] = [];
    const may: OutlineReader['may'] = (action, type) => {
      asked.push(`${action} ${type}`);
      return action === 'change' && type === 'text';
    };
    const rows = rowsOf(outlineOf(tree, site, { ...everything, may }));
    assert.equal(new Set(asked).size, asked.length);
    assert.ok(rows.includes('1 Text “Some words”: edm'));
    assert.ok(rows.includes('2 Pair:'));
  });
});
