import { createWidget } from '../../tree/widget.ts';
import { testWidget } from '../contract/widget.ts';

const children = [createWidget({ id: 'i', type: 'image', fields: { image: '/a.png' } })];
const IMAGE = '<img class="w-image" src="/a.png" alt="" loading="lazy" decoding="async">';

testWidget('figure', {
  shows: [
    ['what stands in it', { children }, `<figure class="w-figure w-at-middle">${IMAGE}</figure>`],
    [
      'a title and a caption of two lines',
      { fields: { position: 'end', title: 'A < B', caption: 'one\ntwo & three' }, children },
      `<figure class="w-figure w-at-end">${IMAGE}<figcaption class="w-figure-caption"><strong class="w-figure-title">A &lt; B</strong><span class="w-figure-words">one<br> two &amp; three</span></figcaption></figure>`,
    ],
    [
      'a caption alone',
      { fields: { caption: 'one' } },
      '<figure class="w-figure w-at-middle"><figcaption class="w-figure-caption"><span class="w-figure-words">one</span></figcaption></figure>',
    ],
  ],
  places: [
    ['one-column/figure'],
    ['figure/table'],
    ['figure/video'],
    ['figure/accordion'],
    ['figure/accordion/accordion-section/figure', 'inside-itself'],
    ['callout-body/figure', 'parent-refuses'],
  ],
});
