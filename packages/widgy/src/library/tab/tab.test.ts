import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

testWidget('tab', {
  shows: [
    [
      'a title and what is in it, under the id of the widget',
      {
        fields: { title: 'A & B' },
        children: [createWidget({ id: 't', type: 'text', fields: { text: 'b' } })],
      },
      '<div class="w-tab" id="w-tab-w1" role="group" aria-labelledby="w-tab-title-w1"><p class="w-tab-title" id="w-tab-title-w1">A &amp; B</p><div class="w-tab-content"><div class="w-text w-prose">b</div></div></div>',
    ],
  ],
  places: [
    ['tabs/tab'],
    ['tabs/tab/table'],
    ['one-column/tab', 'child-refuses'],
    ['tabs/tab/tab', 'child-refuses'],
  ],
  refuses: [['a title that fills the line', { title: 'x'.repeat(81) }, '/title']],
});
