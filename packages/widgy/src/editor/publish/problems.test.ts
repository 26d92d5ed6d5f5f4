import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../tree/json.ts';
import { createCatalogue } from '../../tree/rules/catalogue.ts';
import { createTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { type Typed, withTyped } from '../form/typed.ts';
import type { Naming } from '../history/names.ts';
import { en } from '../words/en/index.ts';
import { hindrancesOf, MAX_HINDRANCES, missingLinks } from './problems.ts';

const note: TypeDescription = {
  ...{ type: 'note', label: 'Note', jsonSchema: {}, hasFunctions: false },
  fields: [
    {
      ...{ name: 'title', kind: 'text', label: 'Title', shape: 'text', default: '', maxLength: 5 },
      ...{ isRequired: true, isNullable: false },
    },
    {
      ...{ name: 'stars', kind: 'number', label: 'Stars', shape: 'number', default: 0, isInteger: true },
      // What it is by default is not asked about.
      ...{ isRequired: false, isNullable: false, minimum: 1 },
    },
  ],
  rules: { type: 'note', label: 'Note', isRootChoice: true, children: { accept: ['*'] } },
  permissions: { add: true, change: true, delete: true },
};
const made = createCatalogue([note.rules]);
assert.ok(made.ok);
const naming: Naming = {
  words: en,
  catalogue: made.catalogue,
  data: { types: [note], referenceLabels: {} },
};
const treeOf = (...all: readonly JsonObject[]) =>
  createTree(
    createWidget({
      ...{ id: 'root', type: 'note', fields: { title: 'Root' } },
      children: all.map((fields, at) => createWidget({ id: `n${at}`, type: 'note', fields })),
    }),
  );

const NOTHING: Typed = new Map();

describe('what keeps a draft from being published', () => {
  it('is every field that is not as it has to be, with the way to it', () => {
    const tree = treeOf({}, { title: 'Good', stars: 3 }, { title: 'Too long', stars: 0 });
    assert.deepEqual(
      hindrancesOf(naming, tree, NOTHING).map(({ widget, field, name }) => [widget, field, name]),
      [
        ['n0', '/title', 'Title of Note'],
        ['n2', '/title', 'Title of Note: Too long'],
        ['n2', '/stars', 'Stars of Note: Too long'],
      ],
    );
    assert.ok(hindrancesOf(naming, tree, NOTHING).every(({ what }) => what !== ''));
  });

  it('is what was typed into a field and could not be kept, in the place of what the draft has', () => {
    const typed = withTyped(NOTHING, 'n0', 'title', {
      ...{ entry: { kind: 'text', text: '' }, base: 'Good', isAcknowledged: true },
      problems: [{ code: 'required', path: '/title' }],
    });
    const [first, ...others] = hindrancesOf(naming, treeOf({ title: 'Good' }), typed);
    assert.deepEqual([first?.widget, first?.field, others], ['n0', '/title', []]);
    // Whatever it was, it went with its widget.
    assert.deepEqual(hindrancesOf(naming, treeOf(), typed), []);
  });

  it('is nothing where all is well, and nothing of types that the site does not have', () => {
    assert.deepEqual(hindrancesOf(naming, treeOf({ title: 'Good' }), NOTHING), []);
    const odd = createWidget({ id: 'odd', type: 'gone', fields: { title: '' } });
    assert.deepEqual(hindrancesOf(naming, createTree(odd), NOTHING), []);
  });

  it('is told of no more than can be read', () => {
    const many = Array.from({ length: MAX_HINDRANCES + 20 }, () => ({}));
    assert.equal(hindrancesOf(naming, treeOf(...many), NOTHING).length, MAX_HINDRANCES);
  });

  it('is every link that leads nowhere, where the widget is still there', () => {
    const links = [
      { widget: 'n0', field: 'title', target: { type: 'page', id: '1' } },
      { widget: 'gone', field: 'title' },
      { widget: 'n0' },
      'n0',
    ];
    assert.deepEqual(missingLinks(naming, treeOf({ title: 'Good' }), links), [
      { widget: 'n0', field: '/title', name: 'Title of Note: Good', what: '' },
    ]);
    assert.deepEqual(missingLinks(naming, treeOf(), undefined), []);
  });
});
