import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

testWidget('one-column', {
  shows: [
    [
      'what stands in it',
      {
        children: [
          createWidget({ id: 'h', type: 'heading', slot: 'main', fields: { text: 'A' } }),
          createWidget({ id: 't', type: 'text', slot: 'main', fields: { text: 'b' } }),
        ],
      },
      '<div class="w-one-column"><h2 class="w-heading">A</h2><div class="w-text w-prose">b</div></div>',
    ],
  ],
  places: [
    ['one-column/section'],
    ['one-column/table'],
    ['one-column/one-column', 'child-refuses'],
    ['section/one-column', 'child-refuses'],
    ['one-column/tab', 'child-refuses'],
    ['one-column/accordion-section', 'child-refuses'],
    ['one-column/callout-body', 'child-refuses'],
  ],
});
