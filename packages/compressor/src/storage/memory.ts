import { LRUCache } from 'lru-cache';
import { refuseName } from './refuse-name.ts';
import type { Storage } from './storage.ts';

/**
 * Keeps everything in memory, for development and tests. Beyond the limit it forgets what was not asked for longest, which
 * is then built again.
 *
 * @param limit in bytes
 */
export function memoryStorage(limit: number): Storage {
  const contents = new LRUCache<string, Buffer>({
    maxSize: limit,
    sizeCalculation: ({ length }) => length + 1,
  });
  return {
    async read(name) {
      return contents.get(name);
    },
    async size(name) {
      return contents.get(name)?.length;
    },
    async write(name, content) {
      refuseName(name);
      if (!contents.has(name)) contents.set(name, Buffer.from(content));
    },
  };
}
