import assert from 'node:assert/strict';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import type { TypeRules } from './type-rules.ts';

/** Types that use every rule there is as data. */
export const TYPES: readonly TypeRules[] = [
  { type: 'page', label: 'Page', isRootChoice: true, children: { accept: ['content', 'columns'] } },
  { type: 'text', label: 'Text', groups: ['content'], fields: { text: '' } },
  { type: 'image', label: 'Image', groups: ['content'], parents: ['page', 'column', 'box', 'figure'] },
  { type: 'box', label: 'Box', groups: ['content'], children: { accept: ['content'] } },
  {
    type: 'form',
    label: 'Form',
    groups: ['content'],
    notInsideItself: true,
    children: { accept: ['content', 'field'] },
  },
  { type: 'field', label: 'Field', parents: ['form'] },
  {
    type: 'slideshow',
    label: 'Slideshow',
    groups: ['content'],
    children: { accept: ['slide'], default: ['slide'], min: 1, max: 2 },
  },
  {
    type: 'slide',
    label: 'Slide',
    parents: ['slideshow'],
    children: { accept: ['image', 'text', 'figure'], max: 1 },
  },
  { type: 'figure', label: 'Figure', children: { accept: ['image', 'text'] }, parents: ['slide'] },
  {
    type: 'columns',
    label: 'Columns',
    children: {
      accept: [],
      slots: [
        { name: 'left', accept: ['column'], default: ['column'], min: 1, max: 1 },
        { name: 'right', accept: ['column'], default: ['column'], max: 1 },
      ],
    },
  },
  { type: 'column', label: 'Column', parents: ['columns'], children: { accept: ['content'] } },
  {
    type: 'banner',
    label: 'Banner',
    groups: ['content'],
    draggable: false,
    deletable: false,
    editable: false,
  },
];

/** The same with functions: one that counts the children of a box, and one that looks at a field, which operations change. */
export const TYPES_WITH_FUNCTIONS: readonly TypeRules[] = TYPES.map((type) => {
  if (type.type === 'box') return { ...type, acceptsChild: ({ parent }) => parent.children.length < 3 };
  if (type.type === 'text') return { ...type, acceptsParent: ({ parent }) => parent.fields.a !== 1 };
  return type;
});

/** A catalogue of types that are in order. */
export function catalogueOf(types: readonly TypeRules[]): Catalogue {
  const made = createCatalogue(types);
  assert.ok(made.ok, JSON.stringify(made));
  return made.catalogue;
}
