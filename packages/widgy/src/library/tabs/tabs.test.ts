import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

const tab = (id: string, title: string) => createWidget({ id, type: 'tab', fields: { title } });
const panel = (id: string, title: string) =>
  `<div class="w-tab" id="w-tab-${id}" role="group" aria-labelledby="w-tab-title-${id}"><p class="w-tab-title" id="w-tab-title-${id}">${title}</p><div class="w-tab-content"></div></div>`;

testWidget('tabs', {
  shows: [
    [
      'links to its tabs, and the tabs',
      { children: [tab('a', 'Same'), tab('b', 'Same'), createWidget({ id: 'gone', type: 'text' })] },
      `<div class="w-tabs"><ul class="w-tabs-list"><li><a class="w-tabs-link" href="#w-tab-a">Same</a></li><li><a class="w-tabs-link" href="#w-tab-b">Same</a></li></ul>${panel('a', 'Same')}${panel('b', 'Same')}<div class="w-text w-prose"></div></div>`,
    ],
  ],
  places: [
    ['one-column/tabs'],
    ['tabs/tab'],
    ['accordion/accordion-section/tabs'],
    ['tabs/tab/tabs', 'inside-itself'],
    ['tabs/text', 'parent-refuses'],
    ['callout-body/tabs', 'parent-refuses'],
  ],
});
