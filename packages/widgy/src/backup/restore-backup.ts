import type { Database } from '../database/database.ts';
import { migrate, pendingMigrations } from '../database/migrate.ts';
import { migrations as released } from '../database/migrations/list.ts';
import type { MediaStorage } from '../media/store.ts';
import { type CheckedBackup, checkBackupFile } from './check-file.ts';
import { isRefusal, orRefusal, type RefusedBackup, refuse } from './refusal.ts';
import { restoreMedia } from './restore-media.ts';
import { requireEmpty, restoreRows } from './restore-rows.ts';

/** Where a backup is restored. */
export interface RestoreTarget {
  /**
   * An empty database of either kind, opened with `migrations: 'ignore'`: not migrated at all, or as far as the one that was backed up. It
   * is migrated to what this code expects.
   */
  readonly database: Database;
  /** Where uploaded files go; not needed where the backup has none. */
  readonly media?: Pick<MediaStorage, 'write' | 'remove'> | undefined;
}

/** What a backup holds that is whole. */
export interface BackupContent {
  readonly ok: true;
  /** When it was begun, in milliseconds since 1970. */
  readonly madeAt: number;
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Uploaded files, and their bytes. */
  readonly media: { readonly files: number; readonly bytes: number };
  /** Names of uploaded files that were lost already when it was made. */
  readonly missing: readonly string[];
  /** Names of uploaded files that were damaged already when it was made: they are not restored. */
  readonly damaged: readonly string[];
}

/**
 * Brings back what a backup holds: all of it, or nothing. The file is read to its end before anything is written. What search finds is not
 * in it: see `reindex` of `widgy/pages`.
 *
 * @throws WidgyError `file-unreadable`, `media-storage-failed`, and of the database
 */
export async function restoreBackup(
  target: RestoreTarget,
  file: string,
): Promise<BackupContent | RefusedBackup> {
  const { database, media } = target;
  database.refuseInside();
  const restored = await orRefusal(async () => {
    const backup = await checkBackupFile(file);
    if (backup.media.length > 0 && media === undefined) refuseWithoutStorage(backup.media.length);
    await prepare(database, backup);
    await requireEmpty(database.kysely, backup);
    const written = await restoreMedia(media, backup);
    try {
      await restoreRows(database, backup);
    } catch (error) {
      // Where another one restored at the same time and was faster, the files are those of that one, too.
      if (!isRefusal(error, 'database-not-empty')) await written.takeBack();
      throw error;
    }
    await migrate(database);
    return contentOf(backup);
  });
  return restored.ok ? restored.value : restored;
}

/** Reads a backup to its end, and says what it holds. Nothing is written. @throws WidgyError `file-unreadable` */
export async function readBackup(file: string): Promise<BackupContent | RefusedBackup> {
  const read = await orRefusal(async () => contentOf(await checkBackupFile(file)));
  return read.ok ? read.value : read;
}

function contentOf({ header, manifest, media, damaged }: CheckedBackup): BackupContent {
  const bytes = media.reduce((sum, { size }) => sum + size, 0);
  return {
    ok: true,
    madeAt: header.madeAt,
    rows: manifest.rows,
    media: { files: media.length, bytes },
    missing: manifest.missing,
    damaged,
  };
}

/** Gives a database without tables those that were backed up, and refuses one that has others. */
async function prepare(database: Database, { header }: CheckedBackup): Promise<void> {
  const pending = await pendingMigrations(database);
  const found = released.slice(0, released.length - pending.length).map(({ name }) => name);
  const expected = header.migrations;
  if (found.length === 0) {
    await migrate(database, released.slice(0, expected.length));
    return;
  }
  if (found.length === expected.length) return;
  const what = `the database has had ${found.length} migrations, and the one that was backed up ${expected.length}: restore into a new one, without migrating it before`;
  refuse({ code: 'database-mismatched', what, expected, found });
}

function refuseWithoutStorage(files: number): never {
  const what = `the backup has ${files} uploaded files, and it is not said where they go: give the storage of media`;
  refuse({ code: 'media-storage-needed', what });
}
