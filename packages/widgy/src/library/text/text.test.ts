import { testWidget } from '../contract/widget.ts';

testWidget('text', {
  shows: [
    [
      'text',
      { fields: { text: '<p>A <b>b</b></p>' } },
      '<div class="w-text w-prose"><p>A <b>b</b></p></div>',
    ],
    [
      'what a reference leads to',
      {
        fields: { text: '<p><a href="widgy:page/1">here</a></p>' },
        references: new Map([['widgy:page/1', { url: '/here', label: 'Here' }]]),
      },
      '<div class="w-text w-prose"><p><a href="/here">here</a></p></div>',
    ],
    ['nothing when it is new', {}, '<div class="w-text w-prose"></div>'],
  ],
  previews: [
    ['that nothing is written', {}, '<p class="w-placeholder">Write a text.</p>'],
    ['the text', { fields: { text: '<p>A</p>' } }, '<div class="w-text w-prose"><p>A</p></div>'],
  ],
  places: [
    ['one-column/text'],
    ['two-columns/text'],
    ['callout-body/text'],
    ['accordion/text', 'parent-refuses'],
  ],
});
