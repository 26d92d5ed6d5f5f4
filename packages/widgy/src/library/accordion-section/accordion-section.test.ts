import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

const children = [createWidget({ id: 't', type: 'text', fields: { text: 'b' } })];
const SHOWN =
  '<summary class="w-accordion-title">A &amp; B</summary><div class="w-accordion-content"><div class="w-text w-prose">b</div></div></details>';

testWidget('accordion-section', {
  shows: [
    [
      'a title, and what opens below it',
      { fields: { title: 'A & B' }, children },
      `<details class="w-accordion-section">${SHOWN}`,
    ],
    [
      'what is open from the beginning',
      { fields: { title: 'A & B', isOpen: true }, children },
      `<details class="w-accordion-section" open>${SHOWN}`,
    ],
    [
      'something to press where there is no title',
      { fields: { title: '' } },
      '<details class="w-accordion-section"><summary class="w-accordion-title">Section</summary><div class="w-accordion-content"></div></details>',
    ],
  ],
  previews: [
    [
      'what is in it, always',
      { fields: { title: 'A & B' }, children },
      `<details class="w-accordion-section" open>${SHOWN}`,
    ],
  ],
  places: [
    ['accordion/accordion-section'],
    ['accordion/accordion-section/image'],
    ['tabs/accordion-section', 'both-refuse'],
    ['one-column/accordion-section', 'child-refuses'],
    ['accordion/accordion-section/accordion-section', 'child-refuses'],
  ],
});
