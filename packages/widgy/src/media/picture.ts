import { hash } from 'node:crypto';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { AVIF_SHARE, MAX_SIDE, type MediaLimits, RENDITION_WIDTHS } from './limits.ts';
import { renditionFile } from './object-name.ts';
import { type RefusedMedia, refuseMedia } from './refusal.ts';

/** One file that is kept of a picture. */
export interface PictureFile {
  /** The last part of its name. */
  readonly file: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly width: number;
  /** Of one frame. */
  readonly height: number;
}

/** What is kept of a picture. */
export interface Picture {
  /** SHA-256 of the original, in hexadecimal. */
  readonly hash: string;
  readonly original: PictureFile;
  /** From small to large; then the largest once more, as JPEG or PNG. */
  readonly renditions: readonly PictureFile[];
}

/** A picture, or why it cannot be one. */
export type MadePicture = { readonly ok: true; readonly picture: Picture } | RefusedMedia;

/**
 * Makes what is kept of a picture that somebody sent: all of it is encoded anew from the pixels, turned as its EXIF data says, in sRGB, and
 * without any data beside the pixels. Nothing of the bytes that were sent gets into what is kept. Where the pixels of a part are not
 * there or cannot be read, the picture is refused.
 *
 * The original is kept as PNG if it was that, as WebP if it is transparent or moves, else as JPEG. Everything else is made from it, so it
 * depends on nothing else.
 *
 * @param type what the bytes are, by their beginning
 */
export async function makePicture(
  bytes: Uint8Array,
  type: string,
  limits: MediaLimits,
): Promise<MadePicture> {
  const read = await readPicture(bytes, type, limits);
  if (!read.ok) return read;
  const { original, isAnimated } = read;
  const renditions: PictureFile[] = [];
  for (const width of renditionWidths(original.width)) {
    renditions.push(await renditionOf(original, { width, isAnimated, format: 'webp' }));
  }
  const { width } = renditions.at(-1) ?? original;
  const { hasAlpha } = await sharp(original.bytes).metadata();
  const format = hasAlpha ? 'png' : 'jpeg';
  renditions.push(await renditionOf(original, { width, isAnimated: false, format }));
  return { ok: true, picture: { hash: hash('sha256', original.bytes), original, renditions } };
}

/** The widths of the renditions of a picture, from small to large: never wider than the picture. */
export function renditionWidths(width: number): readonly number[] {
  const smaller = RENDITION_WIDTHS.filter((one) => one < width);
  return smaller.length === RENDITION_WIDTHS.length ? smaller : [...smaller, width];
}

type ReadPicture =
  | { readonly ok: true; readonly original: PictureFile; readonly isAnimated: boolean }
  | RefusedMedia;

/** The one place where bytes are decoded that somebody sent. */
async function readPicture(bytes: Uint8Array, type: string, limits: MediaLimits): Promise<ReadPicture> {
  // Only the header is read here, which costs the same whatever size it tells.
  const header = await decoded(sharp(bytes, { limitInputPixels: false }).metadata());
  if (header?.mediaType !== type) return damaged(type);
  const { width, height, pages = 1, hasAlpha } = header;
  const isAnimated = pages > 1 && ANIMATED.has(type);
  const frames = isAnimated ? pages : 1;
  const size = { width, height, frames };
  if (frames > limits.frames) return tooMany(size, limits.frames, 'frames');
  const pixels = type === 'image/avif' ? Math.ceil(limits.pixels / AVIF_SHARE) : limits.pixels;
  if (width * height * frames > pixels) return tooMany(size, pixels, 'pixels');
  const input: SharpOptions = { failOn: 'error', limitInputPixels: pixels, animated: isAnimated };
  const upright = isAnimated ? sharp(bytes, input) : sharp(bytes, input).autoOrient();
  const scaled = upright.resize({ ...SIDES, fit: 'inside', withoutEnlargement: true });
  const format = type === 'image/png' ? 'png' : isAnimated || hasAlpha ? 'webp' : 'jpeg';
  const made = await decoded(encode(scaled, format, ORIGINAL_QUALITY, isAnimated));
  if (made === undefined) return damaged(type);
  const original = { ...made, file: `original.${EXTENSIONS[format]}`, type: `image/${format}` };
  return { ok: true, original, isAnimated };
}

/**
 * What sharp makes of bytes that somebody sent; undefined where they cannot be decoded. sharp has no codes to tell faults of a file by, and
 * what is sent can be wrong in any way, so whatever it reports is one.
 */
async function decoded<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}

interface Wanted {
  readonly width: number;
  readonly isAnimated: boolean;
  readonly format: Format;
}

async function renditionOf(
  original: PictureFile,
  { width, isAnimated, format }: Wanted,
): Promise<PictureFile> {
  const scaled = sharp(original.bytes, { animated: isAnimated }).resize({ width, withoutEnlargement: true });
  const made = await encode(scaled, format, RENDITION_QUALITY, isAnimated);
  const file = renditionFile(made.width, hash('sha256', made.bytes), EXTENSIONS[format]);
  return { ...made, file, type: `image/${format}` };
}

async function encode(
  image: Sharp,
  format: Format,
  quality: number,
  isAnimated: boolean,
): Promise<Pick<PictureFile, 'bytes' | 'width' | 'height'>> {
  const encoder = encoderOf(image, format, quality, isAnimated);
  const { data, info } = await encoder.toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.pageHeight ?? info.height };
}

function encoderOf(image: Sharp, format: Format, quality: number, isAnimated: boolean): Sharp {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality });
    case 'png':
      return image.png();
    case 'webp':
      // The frames of an animation are many: more effort takes twice the time, and saves a few hundredths.
      return image.webp(isAnimated ? { quality, effort: 0 } : { quality });
  }
}

type Format = 'jpeg' | 'png' | 'webp';

const EXTENSIONS = { jpeg: 'jpg', png: 'png', webp: 'webp' } as const satisfies Record<Format, string>;

const ANIMATED: ReadonlySet<string> = new Set(['image/gif', 'image/webp']);
const SIDES = { width: MAX_SIDE, height: MAX_SIDE } as const;

/** The original is encoded again for each rendition, so it is kept better than they are. */
const ORIGINAL_QUALITY = 90;
const RENDITION_QUALITY = 80;

function damaged(found: string): RefusedMedia {
  const what = `The file begins like ${found}, and cannot be read as a picture. Export it again, and send that.`;
  return refuseMedia({ code: 'damaged', found, what });
}

function tooMany(
  size: { readonly width: number; readonly height: number; readonly frames: number },
  limit: number,
  of: 'pixels' | 'frames',
): RefusedMedia {
  const { width, height, frames } = size;
  const is = frames > 1 ? `${width} × ${height} pixels in ${frames} frames` : `${width} × ${height} pixels`;
  const what = `The picture has ${is}. Make it smaller: at most ${limit.toLocaleString('en')} ${of} are taken.`;
  return refuseMedia({ code: 'too-many-pixels', what, ...size, limit });
}
