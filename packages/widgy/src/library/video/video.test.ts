import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testWidget } from '../contract/widget.ts';
import { parseVideo, playerAddress, VIDEO_FRAME_SOURCES, watchAddress } from './video-address.ts';

const WATCH = 'https://www.youtube.com/watch?v=aqz-KE-bpKQ';
const ASK = (host: string) =>
  `<p class="w-video-ask" hidden><button class="w-video-play" type="button">Play the video</button> ${host} then learns that you watch it, and may set cookies.</p>`;

testWidget('video', {
  shows: [
    [
      'a link, and a button for the script',
      { fields: { address: 'https://youtu.be/aqz-KE-bpKQ?si=tracking', title: 'Rabbits & more' } },
      `<div class="w-video" data-address="${WATCH}" data-title="Rabbits &amp; more"><div class="w-video-words"><p class="w-video-title">Rabbits &amp; more</p>${ASK('YouTube')}<p><a class="w-video-link" href="${WATCH}">Watch on YouTube</a></p></div></div>`,
    ],
    [
      'a still, and another host',
      { fields: { address: 'https://vimeo.com/76979871', still: '/still.webp' } },
      `<div class="w-video" data-address="https://vimeo.com/76979871" data-title="Video"><img class="w-video-still" src="/still.webp" alt="" loading="lazy" decoding="async"><div class="w-video-words"><p class="w-video-title">Video</p>${ASK('Vimeo')}<p><a class="w-video-link" href="https://vimeo.com/76979871">Watch on Vimeo</a></p></div></div>`,
    ],
    ['nothing of another host', { fields: { address: 'https://example.com/watch?v=aqz-KE-bpKQ' } }, ''],
    ['nothing when it is new', {}, ''],
  ],
  previews: [
    ['that the address is missing', {}, '<p class="w-placeholder">Enter the address of a video.</p>'],
  ],
  places: [['one-column/video'], ['figure/video'], ['callout-body/video', 'parent-refuses']],
  refuses: [['another host', { address: 'https://example.com/a' }, '/address']],
});

describe('the address of a video', () => {
  const known: readonly [address: string, watch: string, player: string][] = [
    ...[
      WATCH,
      'http://youtube.com/watch?list=x&v=aqz-KE-bpKQ&t=10s',
      ' https://m.youtube.com/watch?v=aqz-KE-bpKQ ',
      'https://youtu.be/aqz-KE-bpKQ',
      'https://www.youtube.com/shorts/aqz-KE-bpKQ',
      'https://www.youtube.com/live/aqz-KE-bpKQ?feature=share',
      'https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ',
      'HTTPS://WWW.YOUTUBE.COM/watch?v=aqz-KE-bpKQ#top',
    ].map((address): [string, string, string] => [
      address,
      WATCH,
      'https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1',
    ]),
    ...['https://vimeo.com/76979871', 'https://player.vimeo.com/video/76979871?badge=0'].map(
      (address): [string, string, string] => [
        address,
        'https://vimeo.com/76979871',
        'https://player.vimeo.com/video/76979871?autoplay=1&dnt=1',
      ],
    ),
    ...['https://vimeo.com/76979871/abc123', 'https://player.vimeo.com/video/76979871?h=abc123'].map(
      (address): [string, string, string] => [
        address,
        'https://vimeo.com/76979871/abc123',
        'https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=abc123',
      ],
    ),
  ];
  for (const [address, watch, player] of known) {
    it(`is ${address}`, () => {
      const video = parseVideo(address) ?? assert.fail('it is none');
      assert.deepEqual([watchAddress(video), playerAddress(video)], [watch, player]);
      assert.deepEqual(parseVideo(watch), video, 'what is shown is read as the same');
      assert.ok(VIDEO_FRAME_SOURCES.includes(new URL(player).origin));
    });
  }

  const others: readonly string[] = [
    '',
    'aqz-KE-bpKQ',
    '//www.youtube.com/watch?v=aqz-KE-bpKQ',
    'javascript:alert(1)//youtube.com/watch?v=aqz-KE-bpKQ',
    'ftp://www.youtube.com/watch?v=aqz-KE-bpKQ',
    'https://www.youtube.com.example.com/watch?v=aqz-KE-bpKQ',
    'https://example.com/https://youtu.be/aqz-KE-bpKQ',
    'https://www.youtube.com@example.com/watch?v=aqz-KE-bpKQ',
    'https://user:word@www.youtube.com/watch?v=aqz-KE-bpKQ',
    'https://www.youtube.com:8443/watch?v=aqz-KE-bpKQ',
    'https://www.youtube.com/watch?v=aqz-KE-bpK',
    'https://www.youtube.com/watch?v=aqz-KE-bpKQ%22',
    'https://www.youtube.com/watch?v=../../x-KQ',
    'https://www.youtube.com/watch/aqz-KE-bpKQ',
    'https://www.youtube.com/embed/aqz-KE-bpKQ/more',
    'https://www.youtube.com/@channel',
    'https://youtu.be/',
    'https://vimeo.com/channels/staffpicks',
    'https://vimeo.com/76979871/../x',
    'https://vimeo.com/7697/ABC',
    'https://vimeo.com/7697/abc/more',
    'https://player.vimeo.com/76979871',
    'https://player.vimeo.com/video/76979871?h=%22',
  ];
  for (const address of others) {
    it(`is not ${JSON.stringify(address)}`, () => {
      const video = parseVideo(address);
      assert.equal(video && watchAddress(video), undefined);
    });
  }
});
