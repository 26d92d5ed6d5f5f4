import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeCodeOf } from '../../caught.ts';
import { contentHash, HASH_LENGTH } from '../../hash.ts';
import type { LogLevel } from '../../log.ts';

/** A file of a cache, for those who clear up. */
export interface CachedFile {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly written: number;
}

/**
 * A folder of texts by name, for what can be made again. Nothing that goes wrong with it is ever an error: what is damaged,
 * foreign or unreadable is not there, and what cannot be written is not kept. A text appears under its name in one step,
 * so several processes may use one folder. Nothing waits for the disk: a text that a power cut leaves torn is found damaged.
 */
export interface CacheFolder {
  read(name: string): string | undefined;
  write(name: string, text: string): void;
  /** All texts below a folder of this one. */
  list(folder: string): CachedFile[];
  delete(name: string): void;
}

/**
 * @param folder absolute; made when first needed
 * @param log told of the first text that is damaged, and of the first that cannot be kept
 */
export function openCacheFolder(
  folder: string,
  log: (level: LogLevel, message: string) => void,
): CacheFolder {
  let isWritable = true;
  let hasDamage = false;
  const damaged = (name: string, why: string) => {
    if (!hasDamage) log('debug', `the build cache is damaged and ignored at ${join(folder, name)}: ${why}`);
    hasDamage = true;
  };
  return {
    read(name) {
      let content: string;
      try {
        content = readFileSync(join(folder, name), 'utf8');
      } catch (error) {
        if (nodeCodeOf(error) !== 'ENOENT' && nodeCodeOf(error) !== 'ENOTDIR') damaged(name, String(error));
        return undefined;
      }
      const text = content.slice(HASH_LENGTH);
      if (content.startsWith(contentHash(text))) return text;
      damaged(name, 'its content is not what was written');
      return undefined;
    },
    write(name, text) {
      if (!isWritable) return;
      const path = join(folder, name);
      const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(temporary, contentHash(text) + text, { flag: 'wx' });
        renameSync(temporary, path);
      } catch (error) {
        isWritable = false;
        log('warn', `the build cache cannot be written, so the next build takes longer: ${String(error)}`);
        remove(temporary);
      }
    },
    list(below) {
      try {
        return readdirSync(join(folder, below)).flatMap((name) => {
          const stats = statSync(join(folder, below, name), { throwIfNoEntry: false });
          if (stats === undefined) return [];
          return [{ name: `${below}/${name}`, bytes: stats.size, written: stats.mtimeMs }];
        });
      } catch {
        return []; // There is no such folder yet.
      }
    },
    delete: (name) => remove(join(folder, name)),
  };
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It can stay: nobody reads it.
  }
}
