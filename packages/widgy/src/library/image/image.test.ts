import { testWidget } from '../contract/widget.ts';

const media = new Map([
  [
    'widgy:media/1',
    {
      url: '/media/a/boat.webp',
      label: 'Boat',
      data: {
        width: 1600,
        height: 900,
        alt: 'A boat',
        srcset: '/media/a/400.webp 400w, /media/a/800.webp 800w',
      },
    },
  ],
]);
const KNOWN =
  'width="1600" height="900" srcset="/media/a/400.webp 400w, /media/a/800.webp 800w" sizes="auto, (min-width: 72rem) 72rem, 100vw" loading="lazy" decoding="async">';

testWidget('image', {
  shows: [
    [
      'a picture of the site, with the room that it takes',
      { fields: { image: 'widgy:media/1' }, references: media },
      `<img class="w-image" src="/media/a/boat.webp" alt="A boat" ${KNOWN}`,
    ],
    [
      'another description',
      { fields: { image: 'widgy:media/1', alt: 'Two "boats"' }, references: media },
      `<img class="w-image" src="/media/a/boat.webp" alt="Two &quot;boats&quot;" ${KNOWN}`,
    ],
    [
      'no description of decoration',
      { fields: { image: 'widgy:media/1', alt: 'x', isDecorative: true }, references: media },
      `<img class="w-image" src="/media/a/boat.webp" alt="" ${KNOWN}`,
    ],
    [
      'a picture from elsewhere',
      { fields: { image: 'https://example.com/a.png' } },
      '<img class="w-image" src="https://example.com/a.png" alt="" loading="lazy" decoding="async">',
    ],
    ['nothing without a picture', {}, ''],
    ['nothing where the picture is gone', { fields: { image: 'widgy:media/1', alt: 'x' } }, ''],
  ],
  previews: [
    ['that a picture is missing', {}, '<p class="w-placeholder">Choose a picture.</p>'],
    [
      'the picture',
      { fields: { image: '/a.png' } },
      '<img class="w-image" src="/a.png" alt="" loading="lazy" decoding="async">',
    ],
  ],
  places: [['one-column/image'], ['figure/image'], ['callout-body/image'], ['tabs/image', 'parent-refuses']],
  refuses: [['an address that runs', { image: 'javascript:alert(1)' }, '/image']],
});
