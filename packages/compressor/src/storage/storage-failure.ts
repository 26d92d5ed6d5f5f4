import { CompressorError } from '../errors.ts';

/**
 * Under which key a failure of a storage is logged, once: by what there is to do about it. Each name that cannot be read is no
 * news of its own.
 */
export function storageFailure(error: unknown): string {
  return `storage-failed ${error instanceof CompressorError ? error.help : String(error)}`;
}
