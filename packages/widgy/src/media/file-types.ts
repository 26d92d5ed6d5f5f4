/** A type of files that may be uploaded. */
export interface FileType {
  /** As `Content-Type` names it, without parameters: `application/pdf`. */
  readonly type: string;
  /** What names of such files end with, in small letters and without a dot. The first is what stored files end with. */
  readonly extensions: readonly [string, ...string[]];
  /** Whether a file is one, by its bytes and nothing else. It must not throw. */
  readonly isOne: (bytes: Uint8Array) => boolean;
  /** Other names that programs send for the type. */
  readonly alsoCalled?: readonly string[];
}

/** Pictures that are taken. sharp decodes them, and what is kept is what it makes of them. */
export const pictureTypes: readonly FileType[] = [
  {
    type: 'image/jpeg',
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
    isOne: (bytes) => begins(bytes, '\xff\xd8\xff'),
    alsoCalled: ['image/jpg', 'image/pjpeg'],
  },
  {
    type: 'image/png',
    extensions: ['png', 'apng'],
    isOne: (bytes) => begins(bytes, '\x89PNG\r\n\x1a\n'),
    alsoCalled: ['image/x-png', 'image/apng'],
  },
  {
    type: 'image/webp',
    extensions: ['webp'],
    isOne: (bytes) => begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8),
  },
  {
    type: 'image/gif',
    extensions: ['gif'],
    isOne: (bytes) => begins(bytes, 'GIF87a') || begins(bytes, 'GIF89a'),
  },
  { type: 'image/avif', extensions: ['avif'], isOne: (bytes) => hasBrand(bytes, ['avif', 'avis']) },
];

/** Documents that are taken, beside those that a site adds. They are kept as they are and never opened. */
export const documentTypes: readonly FileType[] = [
  {
    type: 'application/pdf',
    extensions: ['pdf'],
    isOne: (bytes) => begins(bytes, '%PDF-'),
    alsoCalled: ['application/x-pdf'],
  },
];

/** What is told apart only to say why it is not taken. */
interface RefusedType extends Pick<FileType, 'type' | 'isOne'> {
  readonly advice?: string;
}

const refusedTypes: readonly RefusedType[] = [
  {
    type: 'image/svg+xml',
    isOne: (bytes) => /<svg[\s>]/i.test(textOf(bytes)),
    advice: 'An SVG may hold scripts. Export the picture as PNG or WebP.',
  },
  { type: 'text/html', isOne: (bytes) => /^\s*<(!doctype|html|head|body|script|!--)/i.test(textOf(bytes)) },
  {
    type: 'image/heic',
    isOne: (bytes) => hasBrand(bytes, ['heic', 'heix', 'hevc', 'mif1', 'msf1']),
    advice: 'Browsers do not show HEIC. Export the picture as JPEG.',
  },
  { type: 'image/tiff', isOne: (bytes) => begins(bytes, 'II*\0') || begins(bytes, 'MM\0*') },
  { type: 'application/zip', isOne: (bytes) => begins(bytes, 'PK\x03\x04') },
  { type: 'application/gzip', isOne: (bytes) => begins(bytes, '\x1f\x8b') },
];

/** What the bytes of a file are. */
export interface FoundType {
  /** Undefined for what is not taken. */
  readonly taken: FileType | undefined;
  /** Its name; null for what is not known. */
  readonly name: string | null;
  /** What to do instead, where there is something. */
  readonly advice: string | undefined;
}

/** Finds out what a file is by its bytes: one of the types that are taken, or a known one that is not. */
export function findType(bytes: Uint8Array, taken: readonly FileType[]): FoundType {
  const type = taken.find(({ isOne }) => isOne(bytes));
  if (type !== undefined) return { taken: type, name: type.type, advice: undefined };
  const refused = refusedTypes.find(({ isOne }) => isOne(bytes));
  return { taken: undefined, name: refused?.type ?? null, advice: refused?.advice };
}

function begins(bytes: Uint8Array, text: string, at = 0): boolean {
  return latin1(bytes.subarray(at, at + text.length)) === text;
}

/** Whether a file of the family of MP4 has one of these brands: the four letters that say what such a file is. */
function hasBrand(bytes: Uint8Array, brands: readonly string[]): boolean {
  if (!begins(bytes, 'ftyp', 4)) return false;
  return brands.includes(latin1(bytes.subarray(8, 12)));
}

/** The beginning of a file as text, if it is one. */
function textOf(bytes: Uint8Array): string {
  const text = latin1(bytes.subarray(0, BEGINNING)).replace(/^\xef\xbb\xbf/, '');
  return text.includes('\0') ? '' : text;
}

const BEGINNING = 4096;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
