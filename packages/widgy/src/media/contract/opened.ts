import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { folderStorage, type Storage } from '@widgy/compressor';
import { type FailingStorage, failingStorage } from '../../../../compressor/src/storage/failing-fixture.ts';
import type { Database } from '../../database/database.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { addMedia, type Upload } from '../add-media.ts';
import type { MediaItem } from '../media-item.ts';
import { type MediaOptions, type MediaStore, openMedia } from '../store.ts';

/** The time at which a test begins. */
export const START = 1_790_000_000_000;

/** Who does things in tests. */
export const ann = { id: 'ann' };

/** A database and a storage, with media of the default site in them. */
export interface Opened {
  readonly database: Database;
  readonly storage: FailingStorage;
  readonly store: MediaStore;
  /** A clock that stands still until it is put forward. */
  readonly clock: { time: number };
  /** Opens media on the same database and storage, as another server or another site. */
  readonly openAlso: (options?: Partial<MediaOptions>) => MediaStore;
  /** The names of all that is stored. */
  readonly stored: () => Promise<readonly string[]>;
}

/** Opens media on an empty database and an empty storage. */
export type OpenEmpty = (options?: Partial<MediaOptions>) => Promise<Opened>;

/**
 * Makes a database for all tests of one kind; each begins with it empty. The storage is a folder where the database is a file or a server,
 * else memory.
 */
export async function createOpenEmpty({ createUrl, isShared }: TestDatabases): Promise<OpenEmpty> {
  const database = await openMigrated(await createUrl());
  return async (options = {}) => {
    for (const table of ['media', 'media_claims', 'documents'] as const) {
      await database.kysely.deleteFrom(table).execute();
    }
    const storage = failingStorage('media', isShared ? await folder() : undefined);
    const clock = { time: START };
    const openAlso = (own: Partial<MediaOptions> = {}) =>
      openMedia({ database, storage, now: () => clock.time, ...options, ...own });
    const stored = async () => (await allOf(storage.list(''))).map(({ name }) => name).toSorted();
    return { database, storage, store: openAlso(), clock, openAlso, stored };
  };
}

async function folder(): Promise<Storage> {
  const path = await mkdtemp(join(tmpdir(), 'widgy-media-'));
  after(() => rm(path, { recursive: true, force: true }));
  return folderStorage(path);
}

/** Adds something that cannot be refused. */
export async function added(store: MediaStore, upload: Upload): Promise<MediaItem> {
  const answer = await addMedia(store, upload, ann);
  if (!answer.ok) throw new Error(answer.refusal.what);
  return answer.media;
}

/** All that is given, one after the other. */
export async function allOf<T>(given: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of given) all.push(one);
  return all;
}
