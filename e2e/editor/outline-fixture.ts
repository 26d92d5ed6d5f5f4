import type { WrittenWidget } from './editor-fixture.ts';

/** A page on which something is not allowed everywhere: tabs and sections of accordions stand in their own only, sections not in one another. */
export const OUTLINE: readonly WrittenWidget[] = [
  { id: 'intro', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
  { id: 'words', type: 'text', fields: { text: '<p>Slow water.</p>' } },
  {
    id: 'soft',
    type: 'section',
    fields: { anchor: 'soft' },
    children: [
      { id: 'inner', type: 'heading', fields: { text: 'Banks', level: 'h3' } },
      { id: 'press', type: 'button', fields: { text: 'Press', link: '/boats' } },
    ],
  },
  {
    id: 'tabs',
    type: 'tabs',
    children: [
      {
        id: 'one',
        type: 'tab',
        fields: { title: 'One' },
        children: [{ id: 'first', type: 'text', fields: { text: '<p>In one.</p>' } }],
      },
      { id: 'two', type: 'tab', fields: { title: 'Two' } },
    ],
  },
  { id: 'empty', type: 'section', fields: { anchor: 'empty' } },
  { id: 'end', type: 'text', fields: { text: '<p>The sea.</p>' } },
];
