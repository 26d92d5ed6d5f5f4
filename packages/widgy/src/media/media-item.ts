import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { MediaTable } from '../database/tables.ts';
import { WidgyError } from '../errors.ts';

/** A picture or a document that was uploaded. Plain data. */
export interface MediaItem {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** What stands in the place of the picture for those who do not see it. Empty for a picture that only decorates. */
  readonly alt: string;
  readonly kind: MediaKind;
  /** The type of the file at `url`. */
  readonly type: string;
  /** Of the original as it is kept; null for documents. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of the original as it is kept. */
  readonly bytes: number;
  /** SHA-256 of the original as it is kept, in hexadecimal. */
  readonly hash: string;
  /** The address of the original. */
  readonly url: string;
  /** WebP from small to large, then the largest as JPEG or PNG. None for documents. */
  readonly renditions: readonly Rendition[];
  /** When it was put into the bin; null for what is not there. */
  readonly deletedAt: number | null;
  readonly revision: number;
  readonly createdAt: number;
  /** Who uploaded it; null where nobody is known. */
  readonly author: string | null;
}

/** Pictures are decoded and encoded anew; documents are kept as they are, and only ever downloaded. */
export type MediaKind = 'image' | 'document';

/** A picture in one size and format. */
export interface Rendition {
  readonly url: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** A rendition as its row holds it. */
export interface StoredRendition extends Omit<Rendition, 'url'> {
  /** The last part of its name. */
  readonly file: string;
}

const storedRenditions: z.ZodType<readonly StoredRendition[]> = z.array(
  z.strictObject({
    file: z.string(),
    type: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.int(),
  }),
);

/** The renditions of a row. */
export function renditionsOf({
  id,
  renditions,
}: Pick<MediaRow, 'id' | 'renditions'>): readonly StoredRendition[] {
  try {
    return storedRenditions.parse(JSON.parse(renditions));
  } catch (cause) {
    const message = `the renditions of the media "${id}" in the database are none`;
    throw new WidgyError('stored-invalid', { message, cause });
  }
}

/** A row of the table. */
export type MediaRow = Selectable<MediaTable>;

/**
 * What a row says.
 *
 * @param url what addresses of media begin with
 */
export function mediaItem(row: MediaRow, url: string): MediaItem {
  const { id, name, alt, kind, type, width, height, bytes, hash, file, revision, author } = row;
  const addressOf = (last: string) => `${url}${hash}/${last}`;
  return {
    ...{ id, name, alt, kind, type, width, height, bytes, hash, revision, author },
    url: addressOf(file),
    renditions: renditionsOf(row).map(({ file: own, ...rest }) => ({ url: addressOf(own), ...rest })),
    deletedAt: row.deleted_at,
    createdAt: row.created_at,
  };
}
