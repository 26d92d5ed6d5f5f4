/** What goes with each reason, beside the code and the sentence. */
interface Details {
  /** The file is no backup of Widgy, or not even the beginning of one. */
  'backup-foreign': object;
  /** It was made by code that is newer than this one. */
  'backup-newer': object;
  /** Its end is missing. */
  'backup-truncated': object;
  /** What is in it is not what was written. */
  'backup-damaged': { readonly entry: string };
  /** It has something that no backup has: another name, a table or columns that are unknown, a row that is none. */
  'backup-invalid': { readonly entry: string };
  /** The database has something in it already: these tables. */
  'database-not-empty': { readonly tables: readonly string[] };
  /** The database has had other migrations than the one that was backed up. */
  'database-mismatched': { readonly expected: readonly string[]; readonly found: readonly string[] };
  /** The database takes a row for wrong, such as one that names another one that is not there. */
  'rows-refused': { readonly entry: string };
  /** There are media, and no storage for them is given. */
  'media-storage-needed': object;
}

/** Why nothing was backed up or restored. */
export type BackupRefusalCode = keyof Details;

/** All codes, for documentation and for mapping them. */
export const BACKUP_REFUSAL_CODES = [
  'backup-foreign',
  'backup-newer',
  'backup-truncated',
  'backup-damaged',
  'backup-invalid',
  'database-not-empty',
  'database-mismatched',
  'rows-refused',
  'media-storage-needed',
] as const satisfies readonly BackupRefusalCode[];

/** Why nothing was backed up or restored: a stable code, one sentence that says what to do, and data. */
export type BackupRefusal = {
  [Code in BackupRefusalCode]: { readonly code: Code; readonly what: string } & Details[Code];
}[BackupRefusalCode];

/** An answer that is a refusal. */
export interface RefusedBackup {
  readonly ok: false;
  readonly refusal: BackupRefusal;
}

/** Ends what is under way; {@link orRefusal} gives the refusal. */
export function refuse(refusal: BackupRefusal): never {
  throw new Refused(refusal);
}

/** Does something that may be refused in the middle. */
export async function orRefusal<T>(
  step: () => Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | RefusedBackup> {
  try {
    return { ok: true, value: await step() };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** Whether something that was caught is the way out with a refusal of this kind. */
export function isRefusal(error: unknown, code: BackupRefusalCode): boolean {
  return error instanceof Refused && error.refusal.code === code;
}

/** The way out of the middle of a file or of a transaction; it never leaves this file. */
class Refused extends Error {
  readonly refusal: BackupRefusal;

  constructor(refusal: BackupRefusal) {
    super(refusal.what);
    this.refusal = refusal;
  }
}
