import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { AVIF_SHARE, DEFAULT_MEDIA_LIMITS, MAX_SIDE } from './limits.ts';
import { animation, picture, pngHeader, sidewaysPhoto } from './media-fixture.ts';
import { makePicture, type Picture, renditionWidths } from './picture.ts';

const make = async (bytes: Uint8Array, type: string): Promise<Picture> => {
  const made = await makePicture(bytes, type, DEFAULT_MEDIA_LIMITS);
  return made.ok ? made.picture : assert.fail(made.refusal.what);
};
const refused = async (bytes: Uint8Array, type: string, limits = {}) => {
  const made = await makePicture(bytes, type, { ...DEFAULT_MEDIA_LIMITS, ...limits });
  return made.ok ? assert.fail('it was taken') : made.refusal;
};

describe('a picture', () => {
  const formats: readonly [format: Parameters<typeof picture>[0], kept: string][] = [
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
    ['webp', 'image/jpeg'],
    ['gif', 'image/webp'],
    ['avif', 'image/jpeg'],
  ];
  for (const [format, kept] of formats) {
    it(`in ${format} is kept as ${kept}`, async () => {
      const { original, renditions, hash: own } = await make(await picture(format), `image/${format}`);
      assert.deepEqual([original.type, original.width, original.height], [kept, 40, 20]);
      assert.equal(own, hash('sha256', original.bytes));
      for (const file of [original, ...renditions]) {
        const { mediaType, width, height } = await sharp(file.bytes).metadata();
        assert.deepEqual([mediaType, width, height], [file.type, file.width, file.height]);
      }
    });
  }

  it('has renditions that are never wider than it is', async () => {
    const { renditions } = await make(await picture('jpeg', { width: 1000, height: 500 }), 'image/jpeg');
    assert.deepEqual(
      renditions.map(({ file, type, width, height, bytes }) => [
        file.replace(hash('sha256', bytes).slice(0, 16), 'HASH'),
        type,
        width,
        height,
      ]),
      [
        ['400-HASH.webp', 'image/webp', 400, 200],
        ['800-HASH.webp', 'image/webp', 800, 400],
        ['1000-HASH.webp', 'image/webp', 1000, 500],
        ['1000-HASH.jpg', 'image/jpeg', 1000, 500],
      ],
    );
  });

  const widths: readonly [width: number, renditions: readonly number[]][] = [
    [1, [1]],
    [400, [400]],
    [401, [400, 401]],
    [1600, [400, 800, 1600]],
    [4000, [400, 800, 1600]],
  ];
  for (const [width, renditions] of widths) {
    it(`${width} pixels wide has renditions of ${renditions}`, () => {
      assert.deepEqual(renditionWidths(width), renditions);
    });
  }

  it('that is larger than any screen is scaled down, in proportion', async () => {
    const bytes = await picture('png', { width: 100, height: MAX_SIDE * 2 });
    const { original } = await make(bytes, 'image/png');
    assert.deepEqual([original.width, original.height], [50, MAX_SIDE]);
  });

  it('with transparency has a PNG for those who know no WebP', async () => {
    const create = { width: 30, height: 30, channels: 4, background: '#ff000080' } as const;
    const { original, renditions } = await make(await sharp({ create }).webp().toBuffer(), 'image/webp');
    assert.equal(original.type, 'image/webp');
    assert.equal(renditions.at(-1)?.type, 'image/png');
    const { data } = await sharp(renditions.at(-1)?.bytes).raw().toBuffer({ resolveWithObject: true });
    assert.equal(data.at(3), 128);
  });

  it('stands upright, and tells nothing beside its pixels', async () => {
    const photo = await sidewaysPhoto();
    const before = await sharp(photo).metadata();
    assert.deepEqual([before.width, before.height, before.orientation], [60, 40, 6]);
    assert.ok(before.exif?.includes('SecretCamera'));
    const { original, renditions } = await make(photo, 'image/jpeg');
    for (const { bytes, width, height } of [original, ...renditions]) {
      const { exif, icc, xmp, iptc, orientation, comments } = await sharp(bytes).metadata();
      assert.deepEqual(
        [exif, icc, xmp, iptc, orientation, comments],
        [undefined, undefined, undefined, undefined, undefined, undefined],
      );
      assert.doesNotMatch(Buffer.from(bytes).toString('latin1'), /SecretCamera|GPS|Exif/);
      assert.deepEqual([width, height], [40, 60]);
      // Turned by a quarter, what was on the left is on top.
      const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      assert.ok((data.at(0) ?? 0) > 200 && (data.at(-1) ?? 0) > 200, 'red on top, blue below');
    }
  });

  it('in another colour space is kept in sRGB', async () => {
    const cmyk = await sharp(await picture('jpeg'))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    assert.equal((await sharp(cmyk).metadata()).space, 'cmyk');
    const { original } = await make(cmyk, 'image/jpeg');
    assert.equal((await sharp(original.bytes).metadata()).space, 'srgb');
  });

  for (const format of ['gif', 'webp'] as const) {
    it(`that moves goes on to move, as ${format}`, async () => {
      const { original, renditions } = await make(await animation(format, 3, 500), `image/${format}`);
      const pages = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).pages ?? 1;
      const counts = await Promise.all([original, ...renditions].map(({ bytes }) => pages(bytes)));
      assert.deepEqual(counts, [3, 3, 3, 1]);
      assert.deepEqual(
        [original, ...renditions].map(({ width, height }) => [width, height]),
        [
          [500, 6],
          [400, 5],
          [500, 6],
          [500, 6],
        ],
      );
    });
  }

  it('is made the same each time', async () => {
    const bytes = await sidewaysPhoto();
    assert.deepEqual(await make(bytes, 'image/jpeg'), await make(bytes, 'image/jpeg'));
  });

  it('holds no script that was behind it', async () => {
    const polyglot = Buffer.concat([await picture('gif'), Buffer.from('/*<script>alert(1)</script>*/')]);
    const { original, renditions } = await make(polyglot, 'image/gif');
    for (const { bytes } of [original, ...renditions])
      assert.equal(Buffer.from(bytes).includes('script'), false);
  });
});

describe('no picture', () => {
  it('is made of half a JPEG', async () => {
    const whole = await sharp({
      create: {
        ...{ width: 400, height: 300, channels: 3, background: '#000000' },
        noise: { type: 'gaussian', mean: 128, sigma: 50 },
      },
    })
      .jpeg()
      .toBuffer();
    const half = whole.subarray(0, whole.length / 2);
    assert.deepEqual((await refused(half, 'image/jpeg')).code, 'damaged');
  });

  const damaged: readonly [what: string, type: string, bytes: Buffer][] = [
    ['a script that begins like a GIF', 'image/gif', Buffer.from('GIF89a/*xxxxxxxxxxxxxxxxx*/=1;alert(1)')],
    [
      'an SVG that begins like a GIF',
      'image/gif',
      Buffer.from('GIF89a<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>'),
    ],
    ['the beginning of a PNG', 'image/png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a PNG without pixels', 'image/png', pngHeader(400, 300)],
    ['a PNG of more than any picture has', 'image/png', pngHeader(2 ** 31 - 1, 2 ** 31 - 1)],
    ['an AVIF of nothing', 'image/avif', Buffer.from('\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf')],
  ];
  for (const [what, type, bytes] of damaged) {
    it(`is made of ${what}`, async () => {
      const { code, what: sentence } = await refused(bytes, type);
      assert.equal(code, 'damaged');
      assert.match(sentence, new RegExp(type));
    });
  }

  it('is made of another format than its beginning told', async () => {
    assert.equal((await refused(await picture('png'), 'image/jpeg')).code, 'damaged');
  });

  it('is decoded that has too many pixels', async () => {
    const { what, ...rest } = await refused(pngHeader(50_000, 50_000), 'image/png');
    const size = { width: 50_000, height: 50_000, frames: 1 };
    assert.deepEqual(rest, { code: 'too-many-pixels', ...size, limit: 50_000_000 });
    assert.match(what, /50000 × 50000 pixels.*50,000,000 pixels/);
  });

  const bounds: readonly [what: string, limits: object, code: string | undefined][] = [
    ['just enough pixels', { pixels: 8 * 6 * 4 }, undefined],
    ['one pixel too many in all frames', { pixels: 8 * 6 * 4 - 1 }, 'too-many-pixels'],
    ['just enough frames', { frames: 4 }, undefined],
    ['one frame too many', { frames: 3 }, 'too-many-pixels'],
  ];
  for (const [what, limits, code] of bounds) {
    it(`is refused or made with ${what}`, async () => {
      const made = await makePicture(await animation('gif', 4), 'image/gif', {
        ...DEFAULT_MEDIA_LIMITS,
        ...limits,
      });
      assert.equal(made.ok ? undefined : made.refusal.code, code);
    });
  }

  it('is made of an AVIF with more than its share of pixels', async () => {
    const bytes = await picture('avif');
    const limits = (pixels: number) => ({ ...DEFAULT_MEDIA_LIMITS, pixels });
    const most = 40 * 20 * AVIF_SHARE;
    assert.equal((await makePicture(bytes, 'image/avif', limits(most))).ok, true);
    assert.equal((await refused(bytes, 'image/avif', limits(most - AVIF_SHARE))).code, 'too-many-pixels');
  });
});
