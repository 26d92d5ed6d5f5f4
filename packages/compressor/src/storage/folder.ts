import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CompressorError } from '../errors.ts';
import { refuseName } from './refuse-name.ts';
import { isStorageName, type Storage } from './storage.ts';

/**
 * Keeps everything in a folder, which is made when first needed. A file appears under its name in one step, complete, even
 * if the machine stops.
 *
 * @param folder absolute
 */
export function folderStorage(folder: string): Storage {
  return {
    async read(name) {
      if (!isStorageName(name)) return undefined;
      try {
        return await readFile(join(folder, name));
      } catch (cause) {
        if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR' || codeOf(cause) === 'EISDIR')
          return undefined;
        throw failed('read', name, cause);
      }
    },
    async size(name) {
      if (!isStorageName(name)) return undefined;
      // To ask at once takes less time than to wait for the answer.
      const stats = statSync(join(folder, name), { throwIfNoEntry: false });
      return stats?.isFile() ? stats.size : undefined;
    },
    async write(name, content) {
      refuseName(name);
      const path = join(folder, name);
      const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(temporary, content, { flag: 'wx', flush: true });
        await appear(temporary, path);
      } catch (cause) {
        throw failed('written', name, cause);
      } finally {
        await rm(temporary, { force: true }).catch(() => {}); // What could not be made is not there.
      }
    },
  };
}

/** Gives a finished file its name, unless the name is taken. */
async function appear(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return;
    // Some file systems have no hard links. Renaming overwrites, but with the same content: names are content hashes.
    if (NO_LINKS.has(codeOf(cause))) return rename(temporary, path);
    throw cause;
  }
}

const NO_LINKS: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK']);

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function failed(what: 'read' | 'written', name: string, cause: unknown): CompressorError {
  return new CompressorError('storage-failed', {
    message: `"${name}" cannot be ${what} in the output folder (${String(codeOf(cause) ?? cause)})`,
    cause,
  });
}
