import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { LRUCache } from 'lru-cache';
import { refuseName } from './refuse-name.ts';
import type { Storage } from './storage.ts';

interface Kept {
  readonly bytes: Buffer;
  readonly modified: Date;
}

/**
 * Keeps everything in memory, for development and tests. Beyond the limit it forgets what was not asked for longest, which
 * is then built again.
 *
 * @param limit in bytes
 */
export function memoryStorage(limit: number): Storage {
  const contents = new LRUCache<string, Kept>({
    maxSize: limit,
    sizeCalculation: ({ bytes }) => bytes.length + 1,
  });
  return {
    async read(name) {
      return contents.get(name)?.bytes;
    },
    async open(name, range) {
      const bytes = contents.get(name)?.bytes;
      return bytes && Readable.from([range ? bytes.subarray(range.start, range.end + 1) : bytes]);
    },
    async stat(name) {
      const kept = contents.peek(name);
      return kept && { name, size: kept.bytes.length, modified: kept.modified };
    },
    async write(name, content, modified = new Date()) {
      refuseName(name);
      const bytes = content instanceof Uint8Array ? Buffer.from(content) : await buffer(content.open());
      if (contents.has(name)) return false;
      contents.set(name, { bytes, modified });
      return true;
    },
    async touch(name) {
      const kept = contents.peek(name);
      if (kept !== undefined) contents.set(name, { ...kept, modified: new Date() });
    },
    async remove(name) {
      contents.delete(name);
    },
    async *list(prefix) {
      for (const [name, { bytes, modified }] of [...contents.entries()]) {
        if (name.startsWith(prefix)) yield { name, size: bytes.length, modified };
      }
    },
  };
}
