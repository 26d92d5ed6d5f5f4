import { testWidget } from '../contract/widget.ts';

const references = new Map([['widgy:page/1', { url: '/prices', label: 'Prices' }]]);

testWidget('button', {
  shows: [
    [
      'a link',
      { fields: { text: 'Write to us', link: 'mailto:a@example.com' } },
      '<p class="w-button-row"><a class="w-button w-button-primary" href="mailto:a@example.com">Write to us</a></p>',
    ],
    [
      'the name of the page it leads to',
      { fields: { link: 'widgy:page/1', look: 'quiet' }, references },
      '<p class="w-button-row"><a class="w-button w-button-quiet" href="/prices">Prices</a></p>',
    ],
    [
      'the address where nothing has a name',
      { fields: { link: '/a?b&c' } },
      '<p class="w-button-row"><a class="w-button w-button-primary" href="/a?b&amp;c">/a?b&amp;c</a></p>',
    ],
    ['nothing without a link', { fields: { text: 'Prices' } }, ''],
    ['nothing where the page is gone', { fields: { text: 'Prices', link: 'widgy:page/1' } }, ''],
  ],
  previews: [
    [
      'that it leads nowhere',
      { fields: { text: 'Prices', look: 'secondary' } },
      '<p class="w-button-row"><span class="w-button w-button-secondary">Prices</span><span class="w-placeholder">It leads nowhere yet, so visitors do not see it.</span></p>',
    ],
    [
      'where it leads',
      { fields: { link: 'widgy:page/1' }, references },
      '<p class="w-button-row"><a class="w-button w-button-primary" href="/prices">Prices</a></p>',
    ],
  ],
  places: [['one-column/button'], ['callout-body/button'], ['button/text', 'parent-refuses']],
  refuses: [['an address that runs', { link: 'javascript:alert(1)' }, '/link']],
});
