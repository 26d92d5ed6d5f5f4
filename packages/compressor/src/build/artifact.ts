import mime from 'mime';
import { contentHash, withHash } from '../hash.ts';

/** One output. */
export interface Artifact {
  /** Content-addressed: `site.<hash>.css`. */
  readonly name: string;
  readonly bytes: Buffer;
  /** The media type to serve it with. */
  readonly type: string;
  /** Names of the artifacts beside it that its text refers to: chunks, pictures, fonts. */
  readonly references: readonly string[];
}

/** Makes an artifact and names it after its content. */
export function createArtifact(
  plainName: string,
  content: string | Buffer,
  references: readonly string[] = [],
): Artifact {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const name = withHash(safeName(plainName), contentHash(bytes));
  return { name, bytes, type: mediaType(name), references: [...references].sort() };
}

/** A name that needs no escaping in a URL, in `url()` without quotes, or on any file system. */
export function safeName(name: string): string {
  const safe = name.replace(/[^\w.-]+/g, '-').slice(-NAME_LENGTH);
  return safe.replace(/^[.-]+/, '') || 'asset';
}

/** Longer names are cut from the left, so that extensions stay. */
const NAME_LENGTH = 80;

/** The media type by extension, with the encoding of text; unknown extensions are bytes. */
export function mediaType(name: string): string {
  const type = mime.getType(name.replace(/\.map$/, '.json')) ?? 'application/octet-stream';
  return /^text\/|\/(javascript|json|manifest\+json|xml)$|\+xml$/.test(type)
    ? `${type}; charset=utf-8`
    : type;
}
