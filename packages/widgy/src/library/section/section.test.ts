import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

testWidget('section', {
  shows: [
    [
      'what stands in it',
      { children: [createWidget({ id: 'h', type: 'heading', fields: { text: 'A' } })] },
      '<section class="w-section w-tone-plain w-width-text"><div class="w-section-inner"><h2 class="w-heading">A</h2></div></section>',
    ],
    [
      'its background, its width and a place for links',
      { fields: { tone: 'accent', width: 'full', anchor: 'prices-2' } },
      '<section class="w-section w-tone-accent w-width-full" id="at-prices-2"><div class="w-section-inner"></div></section>',
    ],
  ],
  places: [
    ['one-column/section'],
    ['two-columns/section'],
    ['section/section', 'child-refuses'],
    ['tabs/tab/section', 'child-refuses'],
    ['callout-body/section', 'both-refuse'],
  ],
  refuses: [
    ['a name for links with capitals', { anchor: 'Prices' }, '/anchor'],
    ['one with spaces', { anchor: 'a b' }, '/anchor'],
    ['one that ends with a hyphen', { anchor: 'a-' }, '/anchor'],
    ['one that begins with a digit', { anchor: '2a' }, '/anchor'],
    ['one that is long', { anchor: 'a'.repeat(61) }, '/anchor'],
  ],
});
