import type { ResolvedConfig } from '../config/config.ts';
import { breakCircuit } from './circuit-breaker.ts';
import { folderStorage } from './folder.ts';
import { memoryStorage } from './memory.ts';
import type { ServerStorage, Storage } from './storage.ts';
import { tieredServerStorage, tieredStorage } from './tiered.ts';

/**
 * Where the command publishes: the output folder, and the site's own storage if there is one.
 *
 * @param onNearFailure told when the output folder of this machine fails beside a storage for all
 */
export function openStorage(
  { output }: Pick<ResolvedConfig, 'output'>,
  onNearFailure: (error: unknown) => void,
): Storage {
  const near = folderStorage(output.directory);
  return output.storage === undefined ? near : tieredStorage({ near, far: output.storage, onNearFailure });
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
  return mode === 'offline' ? { read: both.read, write: near.write } : both;
}
