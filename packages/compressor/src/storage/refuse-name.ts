import { CompressorError } from '../errors.ts';
import { printable } from '../sources/names.ts';
import { isStorageName } from './storage.ts';

/** Stops a write under a name that some storage could not keep. Reading such a name finds nothing. */
export function refuseName(name: string): void {
  if (isStorageName(name)) return;
  throw new CompressorError('storage-failed', {
    message: `"${printable(name)}" is not a name for a storage`,
  });
}
