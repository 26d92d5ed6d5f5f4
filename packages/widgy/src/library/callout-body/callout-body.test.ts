import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

testWidget('callout-body', {
  shows: [
    [
      'what stands in it',
      { children: [createWidget({ id: 't', type: 'text', fields: { text: 'b' } })] },
      '<div class="w-callout-body"><div class="w-text w-prose">b</div></div>',
    ],
  ],
  places: [
    ['callout-body/text'],
    ['callout-body/markdown'],
    ['callout-body/html'],
    ['callout-body/button'],
    ['callout-body/heading'],
    ['callout-body/image'],
    ['callout-body/callout', 'parent-refuses'],
    ['callout-body/table', 'parent-refuses'],
    ['callout-body/video', 'parent-refuses'],
    ['callout-body/unsafe-html', 'parent-refuses'],
    ['one-column/callout-body', 'child-refuses'],
  ],
});
