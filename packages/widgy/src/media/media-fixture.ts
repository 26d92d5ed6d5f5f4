import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { createLinkables } from '../links/linkable.ts';
import { mediaLinkable } from './linkable.ts';
import type { MediaStore } from './store.ts';

/** A picture of one colour, in a format that sharp writes. */
export async function picture(
  format: 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'tiff',
  { width = 40, height = 20, colour = '#cc3300' }: Partial<PictureSize> = {},
): Promise<Buffer> {
  const create = { width, height, channels: 3, background: colour } as const;
  return await sharp({ create }).toFormat(format).toBuffer();
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly colour: string;
}

/** A JPEG as a telephone makes it: lying on its side, with the place where it was taken. The left half is red, the right one blue. */
export async function sidewaysPhoto(): Promise<Buffer> {
  const half = (background: string) =>
    sharp({ create: { width: 30, height: 40, channels: 3, background } })
      .png()
      .toBuffer();
  const parts = [
    { input: await half('#ff0000'), left: 0, top: 0 },
    { input: await half('#0000ff'), left: 30, top: 0 },
  ];
  return await sharp({ create: { width: 60, height: 40, channels: 3, background: '#000000' } })
    .composite(parts)
    .jpeg({ quality: 95 })
    .withExif({
      IFD0: { Make: 'SecretCamera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '59/1 54/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** An animation of so many frames, each of another colour. */
export async function animation(format: 'gif' | 'webp', frames: number, width = 8): Promise<Buffer> {
  const pictures = Array.from({ length: frames }, (_, at) =>
    picture('png', { width, height: 6, colour: `hsl(${(at * 67) % 360}, 90%, 50%)` }),
  );
  const joined = sharp(await Promise.all(pictures), { join: { animated: true } });
  return await joined.toFormat(format).toBuffer();
}

/** A PNG whose header tells any size, whatever is behind it. */
export function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type), data]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  return chunk;
}

/** A PDF, as far as anybody looks into it. */
export const pdf: Buffer = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');

/** What links of a site with media may point at. */
export function linkablesOf(store: MediaStore) {
  return createLinkables([mediaLinkable(store)]);
}
