import { type MediaStorage, withStorage } from '../media/store.ts';
import type { CheckedBackup } from './check-file.ts';
import { recheckPlaced, streamPlaced } from './read-placed.ts';

/** Media files that were written. */
export interface RestoredMedia {
  /** Deletes those that were not there before. */
  takeBack(): Promise<void>;
}

/**
 * Writes the media files of a backup into a storage. What is there already is the same, and stays. Where one cannot be written, those that were are
 * deleted again.
 *
 * @throws WidgyError `media-storage-failed`
 */
export async function restoreMedia(
  storage: Pick<MediaStorage, 'write' | 'remove'> | undefined,
  { file, media }: Pick<CheckedBackup, 'file' | 'media'>,
): Promise<RestoredMedia> {
  const written: string[] = [];
  const takeBack = async () => {
    for (const name of written) await withStorage(async () => await storage?.remove(name));
  };
  try {
    for (const entry of media) {
      await recheckPlaced(file, entry);
      const content = { size: entry.size, open: () => streamPlaced(file, entry) };
      const isNew = await withStorage(async () => await storage?.write(entry.name, content));
      if (isNew === true) written.push(entry.name);
    }
  } catch (error) {
    await takeBack();
    throw error;
  }
  return { takeBack };
}
