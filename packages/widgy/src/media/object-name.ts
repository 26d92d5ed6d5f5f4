/** What all names of stored media begin with. */
export const MEDIA_PREFIX = 'media/';

/** Where something is stored, taken apart. */
export interface MediaName {
  /** SHA-256 of the original, in hexadecimal: whatever is made of one original stands together. */
  readonly hash: string;
  /** The last part of the name. */
  readonly file: string;
  /** What it ends with, without the dot. */
  readonly extension: string;
  /** What the SHA-256 of its content begins with, in hexadecimal. */
  readonly digest: string;
}

/**
 * `original.jpg` or `document.pdf`, whose content has the hash before it; or `800-0123456789abcdef.webp`, a rendition of that width, with the
 * beginning of its own hash. So a name says what its content is, and content that is damaged does not fit it.
 */
const NAME = /^([0-9a-f]{64})\/((?:original|document|[1-9]\d{0,4}-([0-9a-f]{16}))\.([a-z0-9]{1,10}))$/;

/** Takes apart `HASH/FILE`, as addresses end with; undefined for everything that no media have as their name. */
export function parseMediaPath(path: string): MediaName | undefined {
  const [, hash, file, digest, extension] = NAME.exec(path) ?? [];
  if (hash === undefined || file === undefined || extension === undefined) return undefined;
  return { hash, file, extension, digest: digest ?? hash };
}

/** The name under which something is stored. */
export function objectName({ hash, file }: Pick<MediaName, 'hash' | 'file'>): string {
  return `${MEDIA_PREFIX}${hash}/${file}`;
}

/** Takes apart a name in the storage; undefined for everything that this folder did not put there. */
export function parseObjectName(name: string): MediaName | undefined {
  return name.startsWith(MEDIA_PREFIX) ? parseMediaPath(name.slice(MEDIA_PREFIX.length)) : undefined;
}

/** The last part of the name of a rendition. */
export function renditionFile(width: number, hash: string, extension: string): string {
  return `${width}-${hash.slice(0, 16)}.${extension}`;
}
