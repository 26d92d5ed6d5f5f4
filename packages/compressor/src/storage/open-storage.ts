import type { ResolvedConfig } from '../config/config.ts';
import { breakCircuit } from './circuit-breaker.ts';
import { folderStorage } from './folder.ts';
import { memoryStorage } from './memory.ts';
import type { ServerStorage, Storage } from './storage.ts';
import { tieredServerStorage, tieredStorage } from './tiered.ts';

/**
 * Does something with where the command publishes, the output folder and the site's own storage if there is one, and ends its
 * connections.
 */
export async function withStorage<T>(
  { output, logger }: Pick<ResolvedConfig, 'output' | 'logger'>,
  step: (storage: Storage) => Promise<T>,
): Promise<T> {
  const near = folderStorage(output.directory);
  const onNearFailure = (error: unknown) => logger.log('warn', String(error));
  const storage =
    output.storage === undefined ? near : tieredStorage({ near, far: output.storage, onNearFailure });
  try {
    return await step(storage);
  } finally {
    await storage.close?.();
  }
}

/**
 * What a server reads and writes. In offline mode everything was published before, and what the server makes then, such as
 * encodings on demand, is for itself: it needs no right to write into the storage of all.
 */
export function openServerStorage(
  { mode, output, limits }: Pick<ResolvedConfig, 'mode' | 'output' | 'limits'>,
  onNearFailure: (error: unknown) => void,
): ServerStorage {
  // There is no folder in development, so what was built has more room.
  if (mode === 'development') return memoryStorage(limits.memoryBytes * 4);
  const near = folderStorage(output.directory);
  if (output.storage === undefined) return near;
  const both = tieredServerStorage({ near, far: breakCircuit(output.storage), onNearFailure });
  return mode === 'offline' ? { ...both, write: near.write } : both;
}
