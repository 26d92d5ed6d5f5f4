/** The whole content of a site in one file, and back. Node only. */
export { type BackedUp, type BackupSource, createBackup } from './create-backup.ts';
export { MAX_ENTRIES, MAX_HEADER_BYTES, MAX_ROW_BYTES, PIECE_BYTES } from './limits.ts';
export {
  BACKUP_REFUSAL_CODES,
  type BackupRefusal,
  type BackupRefusalCode,
  type RefusedBackup,
} from './refusal.ts';
export { type BackupContent, type RestoreTarget, readBackup, restoreBackup } from './restore-backup.ts';
