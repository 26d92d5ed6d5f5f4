import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

testWidget('accordion', {
  shows: [
    [
      'its sections',
      { children: [createWidget({ id: 's', type: 'accordion-section', fields: { title: 'A' } })] },
      '<div class="w-accordion"><details class="w-accordion-section"><summary class="w-accordion-title">A</summary><div class="w-accordion-content"></div></details></div>',
    ],
    [
      'sections of which one is open at a time',
      {
        fields: { isExclusive: true },
        children: [createWidget({ id: 's', type: 'accordion-section', fields: { title: 'A' } })],
      },
      '<div class="w-accordion"><details class="w-accordion-section" name="w-accordion-w1"><summary class="w-accordion-title">A</summary><div class="w-accordion-content"></div></details></div>',
    ],
  ],
  places: [
    ['one-column/accordion'],
    ['tabs/tab/accordion'],
    ['accordion/accordion-section/tabs'],
    ['accordion/accordion', 'parent-refuses'],
    ['accordion/accordion-section/accordion', 'inside-itself'],
    ['accordion/heading', 'parent-refuses'],
    ['callout-body/accordion', 'parent-refuses'],
  ],
});
