import { testWidget } from '../contract/widget.ts';

testWidget('markdown', {
  shows: [
    [
      'what the text means',
      { fields: { text: '**a**, [b](/c)' } },
      '<div class="w-markdown w-prose"><p><strong>a</strong>, <a href="/c">b</a></p></div>',
    ],
    [
      'HTML as text',
      { fields: { text: '<b>a</b>' } },
      '<div class="w-markdown w-prose"><p>&lt;b&gt;a&lt;/b&gt;</p></div>',
    ],
  ],
  previews: [['that nothing is written', {}, '<p class="w-placeholder">Write a text in Markdown.</p>']],
  places: [['one-column/markdown'], ['callout-body/markdown'], ['tabs/tab/markdown']],
});
