import { z } from 'zod';

/** What a backup is called, with the version of its format. */
export const BACKUP_FORMAT = 'widgy-backup-1';

/** The first entry. */
export const HEADER_NAME = 'widgy-backup.json';

/** The last entry but one. */
export const MANIFEST_NAME = 'manifest.json';

/** The last entry: the SHA-256 of the one before, in hexadecimal, with a line's end. */
export const SEAL_NAME = 'manifest.sha256';

/** What a reader must know before the first row. */
export interface BackupHeader {
  readonly format: typeof BACKUP_FORMAT;
  /** When it was begun, in milliseconds since 1970. */
  readonly madeAt: number;
  /** The migrations that the database had had, in order. */
  readonly migrations: readonly string[];
  /** The columns of each table, in the order in which rows hold them. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/** One entry of a backup, but for the manifest. */
export interface BackupEntry {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Of its content, in hexadecimal. */
  readonly sha256: string;
}

/** What a backup holds. It stands at its end: it is known only then. */
export interface BackupManifest {
  readonly format: typeof BACKUP_FORMAT;
  /** How many rows it has of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** All entries, in their order. */
  readonly entries: readonly BackupEntry[];
  /** Media files that the database names and the storage did not have. */
  readonly missing: readonly string[];
}

const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Any format, of this or a later version. */
export const anyFormat = z.object({ format: z.string().regex(/^widgy-backup-\d+$/) });

export const backupHeader: z.ZodType<BackupHeader> = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  madeAt: z.int().min(0).max(8.64e15),
  migrations: z.array(z.string()),
  tables: z.record(z.string(), z.array(z.string())),
});

export const backupManifest: z.ZodType<BackupManifest> = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  rows: z.record(z.string(), count),
  entries: z.array(z.strictObject({ name: z.string(), size: count, sha256 })),
  missing: z.array(z.string()),
});

/** The name of a piece of a part: `rows/pages/000001.ndjson`. */
export function pieceName(part: string, number: number): string {
  return `${part}/${String(number).padStart(6, '0')}.ndjson`;
}
