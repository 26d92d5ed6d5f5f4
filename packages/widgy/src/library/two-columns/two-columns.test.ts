import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

const heading = (slot: string, text: string) =>
  createWidget({ id: text, type: 'heading', slot, fields: { text } });

testWidget('two-columns', {
  shows: [
    [
      'both columns, the main one first',
      { children: [heading('sidebar', 'B'), heading('main', 'A')] },
      '<div class="w-two-columns w-side-end"><div class="w-main"><h2 class="w-heading">A</h2></div><div class="w-sidebar"><h2 class="w-heading">B</h2></div></div>',
    ],
    [
      'the main one first on the other side, too',
      { fields: { side: 'start' }, children: [heading('main', 'A')] },
      '<div class="w-two-columns w-side-start"><div class="w-main"><h2 class="w-heading">A</h2></div><div class="w-sidebar"></div></div>',
    ],
  ],
  places: [
    ['two-columns/callout'],
    ['two-columns/two-columns', 'child-refuses'],
    ['one-column/two-columns', 'child-refuses'],
    ['figure/two-columns', 'child-refuses'],
  ],
});
