import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../tree/json.ts';
import { createCatalogue } from '../../tree/rules/catalogue.ts';
import { createTree } from '../../tree/tree.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { marksOf, marksOn } from '../session/marks.ts';
import { en } from '../words/en/index.ts';
import { compareVersions } from './compare.ts';
import type { Naming } from './names.ts';

const described = { isRequired: false, isNullable: false } as const;
const text = (name: string, kind: string, more: object = {}): FieldDescription => ({
  ...{ name, kind, label: name.toUpperCase(), shape: 'text', default: '', ...described },
  ...more,
});
const FIELDS: readonly FieldDescription[] = [
  text('title', 'text'),
  text('body', 'rich-text'),
  text('link', 'link', { takesReferences: true }),
  { ...described, name: 'wide', kind: 'flag', label: 'WIDE', shape: 'flag', default: false },
];

const type = (name: string, label: string): TypeDescription => ({
  ...{ type: name, label, fields: FIELDS, jsonSchema: {}, hasFunctions: false },
  rules: { type: name, label, isRootChoice: true, children: { accept: ['*'] } },
  permissions: { add: true, change: true, delete: true },
});
const types = [type('box', 'Box'), type('note', 'Note')];
const made = createCatalogue(types.map(({ rules }) => rules));
assert.ok(made.ok);
const naming: Naming = {
  words: en,
  catalogue: made.catalogue,
  data: { types, referenceLabels: { 'widgy:page/1': 'Harbour' } },
};

const box = (id: string, ...children: readonly Widget[]) => createWidget({ id, type: 'box', children });
const note = (id: string, fields: JsonObject = {}) => createWidget({ id, type: 'note', fields });
const marked = (pieces: readonly { readonly text: string; readonly isOwn: boolean }[]) =>
  pieces.map((piece) => (piece.isOwn ? `[${piece.text}]` : piece.text)).join('');

/** What a field is told to have been and to be, with what is its own in brackets. */
function told(before: JsonObject, after: JsonObject): readonly string[] {
  const { differences } = compareVersions(
    naming,
    createTree(box('root', note('n', before))),
    createTree(box('root', note('n', after))),
  );
  return differences.flatMap((one) => {
    assert.equal(one.kind, 'changed');
    const fields = one.kind === 'changed' ? one.fields : [];
    return fields.map((field) => `${field.label}: ${marked(field.before)} > ${marked(field.after)}`);
  });
}

describe('what is different between two versions', () => {
  it('is told in words: what came, what went, what moved, and where', () => {
    const before = createTree(box('root', box('a', note('x', { title: 'Opening' })), box('gone', note('y'))));
    const after = createTree(box('root', note('x', { title: 'Opening' }), box('a'), box('new', note('z'))));
    const { differences, counts } = compareVersions(naming, before, after);
    assert.deepEqual(differences, [
      { kind: 'added', id: 'new', name: 'Box', below: 1, to: 'in Box, after Box' },
      { kind: 'removed', id: 'gone', name: 'Box', below: 1, from: 'in Box, after Box' },
      { kind: 'moved', id: 'x', name: 'Note: Opening', from: 'first in Box', to: 'first in Box' },
    ]);
    assert.deepEqual(counts, { added: 1, removed: 1, moved: 1, changed: 0 });
  });

  it('has the words marked that are not in both texts', () => {
    assert.deepEqual(told({ title: 'from April on' }, { title: 'from May on' }), [
      'TITLE: from [April] on > from [May] on',
    ]);
    assert.deepEqual(told({ wide: false }, { wide: true }), ['WIDE: [No] > [Yes]']);
    assert.deepEqual(told({ link: '' }, { link: 'widgy:page/1' }), ['LINK:  > [Harbour]']);
  });

  it('is in rich text what is read, and its markup only where that is all', () => {
    assert.deepEqual(told({ body: '<p>Two <b>boats</b></p>' }, { body: '<p>Two <i>ships</i></p>' }), [
      'BODY: Two [boats] > Two [ships]',
    ]);
    assert.deepEqual(told({ body: '<p>Two</p>' }, { body: '<p><b>Two</b></p>' }), [
      'BODY: <p>Two</p> > <p>[<][b][>]Two[<][/][b][>]</p>'.replaceAll('][', ''),
    ]);
  });

  it('is nothing where nothing is', () => {
    const tree = createTree(box('root', note('n')));
    assert.deepEqual(compareVersions(naming, tree, tree).differences, []);
  });

  it('is marked by the ids of widgets', () => {
    const before = createTree(box('root', box('a', note('x')), note('gone')));
    const after = createTree(box('root', note('x', { title: 'New' }), box('a'), note('new')));
    const marks = marksOf(compareVersions(naming, before, after).diff);
    const found = ['x', 'a', 'gone', 'new', 'root'].map((id) => `${id}: ${marksOn(marks, id).join(' ')}`);
    assert.deepEqual(found, ['x: moved changed', 'a: ', 'gone: removed', 'new: added', 'root: ']);
    assert.deepEqual(marksOn(undefined, 'x'), []);
  });
});
