import { randomUUID } from 'node:crypto';
import type { Storage } from '@widgy/compressor';
import type { Database } from '../database/database.ts';
import { WidgyError } from '../errors.ts';
import { DEFAULT_SITE } from '../settings/store.ts';
import { ID_RULE, isId } from '../tree/widget.ts';
import { documentTypes, type FileType, pictureTypes } from './file-types.ts';
import { DEFAULT_MEDIA_LIMITS, type MediaLimits } from './limits.ts';
import { rememberServed, type Served } from './served.ts';
import { createWorkshop, type Workshop } from './workshop.ts';

/** What media take of a storage. */
export type MediaStorage = Pick<Storage, 'open' | 'stat' | 'write' | 'remove' | 'list'>;

/** What media are opened with. */
export interface MediaOptions {
  readonly database: Database;
  /**
   * Where the bytes are kept, under names that begin with `media/`. All servers share it, and no other database uses it: what no row of
   * this database names is taken away as unused.
   */
  readonly storage: MediaStorage;
  /** Whose media they are, where a database holds several sites. See `isId`. Default: {@link DEFAULT_SITE}. */
  readonly site?: string;
  /** What addresses of media begin with: a path, or `https://` and another host. It ends with `/`. Default: `/media/`. */
  readonly url?: string;
  /** Types of documents beside PDF. They are kept as they are, and browsers are told to download them. */
  readonly types?: readonly FileType[];
  /** Default: {@link DEFAULT_MEDIA_LIMITS}, each. */
  readonly limits?: Partial<MediaLimits>;
  /** Give the same one to all sites of a process. Default: one of its own. */
  readonly workshop?: Workshop;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** Makes ids of media. Default: random UUIDs. */
  readonly newId?: () => string;
}

/** The media of a site: what all functions of this folder are given first. */
export interface MediaStore {
  readonly database: Database;
  readonly storage: MediaStorage;
  readonly site: string;
  readonly url: string;
  readonly documentTypes: readonly FileType[];
  readonly limits: MediaLimits;
  readonly workshop: Workshop;
  readonly now: () => number;
  readonly newId: () => string;
  readonly served: Served;
}

/**
 * Opens the media of a site. Neither database nor storage are asked yet.
 *
 * @throws WidgyError `media-invalid`
 * @example
 * const media = openMedia({ database, storage: folderStorage('/srv/site/media') });
 */
export function openMedia(options: MediaOptions): MediaStore {
  const { database, storage, site = DEFAULT_SITE, url = '/media/', types = [], now = Date.now } = options;
  const limits = { ...DEFAULT_MEDIA_LIMITS, ...options.limits };
  if (!isId(site))
    throw invalid(`the site ${JSON.stringify(site)} has an id that cannot be used`, `It ${ID_RULE}.`);
  if (!/^(?:https?:\/\/[a-z0-9.:[\]-]+)?\/(?:[\w.~-]+\/)*$/i.test(url)) {
    throw invalid(
      `the address ${JSON.stringify(url)} cannot be that of media`,
      'Write /media/ or https://media.example/.',
    );
  }
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw invalid(`the limit ${name} is ${value}`, 'Give a whole number from 1.');
  }
  checkTypes(types);
  return {
    ...{ database, storage, site, url, limits, now },
    documentTypes: [...documentTypes, ...types],
    workshop: options.workshop ?? createWorkshop(),
    newId: options.newId ?? randomUUID,
    served: rememberServed({ database, site, now }),
  };
}

/** All types that may be uploaded. Pictures come first, so that no type of a site can take them for something else. */
export function takenTypes({ documentTypes: documents }: MediaStore): readonly FileType[] {
  return [...pictureTypes, ...documents];
}

/**
 * Does something with the storage.
 *
 * @throws WidgyError `media-storage-failed`
 */
export async function withStorage<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new WidgyError('media-storage-failed', { message: `the storage of media failed: ${why}`, cause });
  }
}

function checkTypes(types: readonly FileType[]): void {
  const known = new Set([...pictureTypes, ...documentTypes].flatMap(namesOf));
  for (const type of types) {
    const name = JSON.stringify(type.type);
    if (!/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(type.type)) {
      throw invalid(`the type ${name} is none`, 'Write it in small letters, such as text/csv.');
    }
    if (type.extensions.length === 0 || !type.extensions.every((one) => /^[a-z0-9]{1,10}$/.test(one))) {
      const help = 'Give 1 to 10 small letters and digits, without a dot.';
      throw invalid(`an extension of the type ${name} is none`, help);
    }
    for (const one of namesOf(type)) {
      if (known.has(one))
        throw invalid(`${one} of the type ${name} is taken`, 'Give each type and extension once.');
      known.add(one);
    }
  }
}

function namesOf({ type, extensions }: FileType): readonly string[] {
  return [type, ...extensions.map((one) => `.${one}`)];
}

function invalid(message: string, help: string): WidgyError {
  return new WidgyError('media-invalid', { message, help });
}
