import { testWidget } from '../contract/widget.ts';

testWidget('heading', {
  shows: [
    ['a heading', { fields: { text: 'Prices & terms' } }, '<h2 class="w-heading">Prices &amp; terms</h2>'],
    ['another level', { fields: { text: 'Terms', level: 'h4' } }, '<h4 class="w-heading">Terms</h4>'],
    [
      'the usual level where it is none',
      { fields: { text: 'Terms', level: 'h1' } },
      '<h2 class="w-heading">Terms</h2>',
    ],
    ['nothing without a text', { fields: { text: '' } }, ''],
  ],
  previews: [
    ['that it has no text', { fields: { text: '' } }, '<p class="w-placeholder">Write a heading.</p>'],
  ],
  places: [
    ['one-column/heading'],
    ['two-columns/section/heading'],
    ['callout-body/heading'],
    ['heading/text', 'parent-refuses'],
  ],
  refuses: [
    ['the level of the title of the page', { level: 'h1' }, '/level'],
    ['a text of many lines', { text: 'x'.repeat(201) }, '/text'],
  ],
});
