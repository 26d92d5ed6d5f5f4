import { createTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

const tree = createTree(
  createWidget({
    id: 'root',
    type: 'callout-body',
    children: [
      createWidget({ id: 'b', type: 'button', fields: { link: 'widgy:page/1' } }),
      createWidget({ id: 'c', type: 'callout', fields: { callout: 'widgy:callout/other' } }),
    ],
  }),
);
const references = new Map([
  ['widgy:callout/1', { url: undefined, label: 'Hours', tree }],
  ['widgy:callout/new', { url: undefined, label: 'News & more' }],
  ['widgy:page/1', { url: '/prices', label: 'Prices' }],
]);

testWidget('callout', {
  shows: [
    [
      'the call-out, with what its links lead to',
      { fields: { callout: 'widgy:callout/1' }, references },
      '<div class="w-callout w-callout-box"><div class="w-callout-body"><p class="w-button-row"><a class="w-button w-button-primary" href="/prices">Prices</a></p></div></div>',
    ],
    ['nothing where nothing is published', { fields: { callout: 'widgy:callout/new' }, references }, ''],
    ['nothing where it is gone', { fields: { callout: 'widgy:callout/gone' }, references }, ''],
    ['nothing of what is no call-out', { fields: { callout: '/prices' }, references }, ''],
    ['nothing when it is new', {}, ''],
  ],
  previews: [
    [
      'the call-out',
      { fields: { callout: 'widgy:callout/1', look: 'plain' }, references },
      '<div class="w-callout w-callout-plain"><div class="w-callout-body"><p class="w-button-row"><a class="w-button w-button-primary" href="/prices">Prices</a></p></div></div>',
    ],
    [
      'that nothing is published of it',
      { fields: { callout: 'widgy:callout/new' }, references },
      '<p class="w-placeholder">Nothing is published of the call-out “News &amp; more” yet.</p>',
    ],
    ['that none is chosen', {}, '<p class="w-placeholder">Choose a call-out.</p>'],
  ],
  places: [
    ['one-column/callout'],
    ['two-columns/callout'],
    ['accordion/accordion-section/callout'],
    ['callout-body/callout', 'parent-refuses'],
  ],
  refuses: [
    ['another thing of the site', { callout: 'widgy:page/1' }, '/callout'],
    ['an address', { callout: 'https://example.com/' }, '/callout'],
    ['a reference with something behind it', { callout: 'widgy:callout/1#top' }, '/callout'],
  ],
});
