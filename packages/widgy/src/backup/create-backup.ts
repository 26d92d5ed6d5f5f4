import type { Database, Snapshot } from '../database/database.ts';
import { pendingMigrations } from '../database/migrate.ts';
import { migrations as released } from '../database/migrations/list.ts';
import { WidgyError } from '../errors.ts';
import { mediaObjects } from '../media/media-objects.ts';
import { type MediaStorage, withStorage } from '../media/store.ts';
import { readColumns } from './columns.ts';
import {
  BACKUP_FORMAT,
  type BackupEntry,
  type BackupHeader,
  type BackupManifest,
  HEADER_NAME,
  MANIFEST_NAME,
  pieceName,
  SEAL_NAME,
} from './format.ts';
import { MAX_ENTRIES } from './limits.ts';
import { partsOf } from './parts.ts';
import { readPieces } from './read-pieces.ts';
import { orRefusal, type RefusedBackup, refuse } from './refusal.ts';
import { type AddEntry, writeTarFile } from './write-file.ts';

/** What is backed up. */
export interface BackupSource {
  /** Migrated to what this code expects. A backup of SQLite has its one connection to itself, so give it one of its own. */
  readonly database: Database;
  /** Where uploaded files are; not needed where there are none. */
  readonly media?: Pick<MediaStorage, 'open' | 'stat'> | undefined;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** What a backup holds. */
export interface BackedUp {
  readonly ok: true;
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Uploaded files, and their bytes. */
  readonly media: { readonly files: number; readonly bytes: number };
  /** Names of uploaded files that the database names and the storage does not have: they are lost, and not in the backup either. */
  readonly missing: readonly string[];
}

/**
 * Writes the whole content of a site into one file, while others go on working: the database as it was at one moment, and all uploaded
 * files that it names then. The file appears when it is whole.
 *
 * @throws WidgyError `file-unwritable`, `backup-impossible`, `media-storage-failed`, and of the database
 */
export async function createBackup(source: BackupSource, file: string): Promise<BackedUp | RefusedBackup> {
  const { database, media, now = Date.now } = source;
  database.refuseInside();
  await requireMigrated(database);
  const madeAt = now();
  const written = await orRefusal(() =>
    writeTarFile(file, madeAt, async (add) => {
      const entries: BackupEntry[] = [];
      const addCounted: AddEntry = async (name, content) => {
        // The reader takes no more, the manifest and its seal included.
        if (entries.length >= MAX_ENTRIES - 2) {
          const message = `there is more than a backup takes: ${MAX_ENTRIES} pieces and files`;
          throw new WidgyError('backup-impossible', { message });
        }
        const entry = await add(name, content);
        entries.push(entry);
        return entry;
      };
      const { rows, names } = await database.snapshot((queries) =>
        addRows(database, queries, madeAt, addCounted),
      );
      if (names.length > 0 && media === undefined) refuseWithoutStorage(names.length);
      const { files, bytes, missing } = await addMedia(media, names, addCounted);
      const manifest: BackupManifest = { format: BACKUP_FORMAT, rows, entries, missing };
      const { sha256 } = await add(MANIFEST_NAME, jsonBytes(manifest));
      await add(SEAL_NAME, Buffer.from(`${sha256}\n`));
      return { rows, media: { files, bytes }, missing };
    }),
  );
  return written.ok ? { ok: true, ...written.value } : written;
}

/** Adds the header and all rows; gives how many, and the names of the media files. */
async function addRows(database: Database, queries: Snapshot, madeAt: number, add: AddEntry) {
  const tables = await readColumns(database, queries);
  const migrations = released.map(({ name }) => name);
  const header: BackupHeader = { format: BACKUP_FORMAT, madeAt, migrations, tables };
  await add(HEADER_NAME, jsonBytes(header));
  const rows: Record<string, number> = {};
  for (const part of partsOf(tables)) {
    let number = 0;
    let count = 0;
    for await (const piece of readPieces(queries, part)) {
      number += 1;
      count += piece.rows;
      await add(pieceName(part.name, number), piece.bytes);
    }
    if (part.kind === 'rows') rows[part.kept.table] = count;
  }
  const names: string[] = [];
  for await (const { name } of mediaObjects({ database: { kysely: queries } })) names.push(name);
  return { rows, names };
}

/** Adds the media files. Those of a backup never change, so they need not be read at the moment of the rows. */
async function addMedia(media: BackupSource['media'], names: readonly string[], add: AddEntry) {
  const missing: string[] = [];
  let files = 0;
  let bytes = 0;
  for (const name of names) {
    const stored = await withStorage(async () => await media?.stat(name));
    const stream = stored && (await withStorage(async () => await media?.open(name)));
    if (stored === undefined || stream === undefined) {
      missing.push(name);
      continue;
    }
    try {
      await add(name, { size: stored.size, stream });
    } finally {
      stream.destroy();
    }
    files += 1;
    bytes += stored.size;
  }
  return { files, bytes, missing };
}

async function requireMigrated(database: Database): Promise<void> {
  const pending = await pendingMigrations(database);
  if (pending.length === 0) return;
  const message = `the database has not had these migrations: ${pending.join(', ')}`;
  throw new WidgyError('migration-pending', { message });
}

function refuseWithoutStorage(files: number): never {
  const what = `the database names ${files} uploaded files, and it is not said where they are: give the storage of media`;
  refuse({ code: 'media-storage-needed', what });
}

function jsonBytes(value: BackupHeader | BackupManifest): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
