import { resolve } from 'node:path';
import { folderStorage, type Storage } from '@widgy/compressor';
import type { MediaLocation } from './widgy-environment.ts';

/**
 * Opens the storage that `MEDIA_URL` names. What a bucket needs is loaded only for a bucket.
 *
 * @param directory what the path of a folder is relative to
 */
export async function openMediaStorage(location: MediaLocation, directory: string): Promise<Storage> {
  if (location.kind === 'folder') return folderStorage(resolve(directory, location.path));
  const { s3Storage } = await import('@widgy/compressor/s3');
  return s3Storage(location);
}
