import { randomUUID } from 'node:crypto';
import { type Dirent, type Stats, statSync } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { nodeCodeOf, refusalOf } from '../caught.ts';
import { CompressorError } from '../errors.ts';
import { refuseName } from './refuse-name.ts';
import {
  type ByteRange,
  isStorageName,
  type Storage,
  type StoredContent,
  type StoredFile,
} from './storage.ts';

/**
 * Keeps everything in a folder, which is made when first needed. A file appears under its name in one step, complete, even
 * if the machine stops.
 *
 * @param folder absolute
 */
export function folderStorage(folder: string): Storage {
  /** Does something with a file; undefined if there is no such file. */
  const withFile = async <T>(
    what: Action,
    name: string,
    step: (path: string) => Promise<T>,
  ): Promise<T | undefined> =>
    isStorageName(name) ? ifThere(what, name, () => step(join(folder, name))) : undefined;
  return {
    read: (name) => withFile('read', name, (path) => readFile(path)),
    open: (name, range) => withFile('read', name, (path) => openFile(path, range)),
    stat: (name) => withFile('read', name, async (path) => storedFile(name, await stat(path))),
    async write(name, content, modified) {
      refuseName(name);
      const path = join(folder, name);
      const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
      try {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(temporary, content);
        if (modified !== undefined) await utimes(temporary, modified, modified);
        return await appear(temporary, path);
      } catch (cause) {
        throw failed('written', name, cause);
      } finally {
        await rm(temporary, { force: true }).catch(() => {}); // What could not be made is not there.
      }
    },
    async touch(name) {
      const now = new Date();
      await withFile('written', name, (path) => utimes(path, now, now));
    },
    async remove(name) {
      await withFile('deleted', name, (path) => rm(path));
    },
    async *list(prefix) {
      const within = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const entries = await entriesOf(folder, within);
      const names = entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .filter((name) => name.startsWith(prefix) && isStorageName(name));
      for (const name of names) {
        // Only commands list, and to ask at once takes less time than to wait for the answer.
        const file = await withFile('read', name, async (path) => storedFile(name, statSync(path)));
        if (file !== undefined) yield file;
      }
    },
    async tidy() {
      for (const { name, parentPath } of await entriesOf(folder, '')) {
        if (!TEMPORARY.test(name)) continue;
        const path = join(parentPath, name);
        await ifThere('deleted', relative(folder, path), async () => {
          const { mtimeMs } = await stat(path);
          if (Date.now() - mtimeMs >= LEFT_BEHIND) await rm(path);
        });
      }
    },
  };
}

type Action = 'read' | 'written' | 'deleted' | 'listed';

async function openFile(path: string, range: ByteRange | undefined): Promise<Readable | undefined> {
  const file = await open(path);
  const isFile = (await file.stat()).isFile();
  if (isFile) return file.createReadStream(range);
  await file.close();
  return undefined;
}

function storedFile(name: string, stats: Stats): StoredFile | undefined {
  return stats.isFile() ? { name, size: stats.size, modified: stats.mtime } : undefined;
}

async function writeFile(path: string, content: StoredContent): Promise<void> {
  await using file = await open(path, 'wx');
  await file.writeFile(content instanceof Uint8Array ? content : content.open());
  await file.sync();
}

/** Gives a finished file its name, unless the name is taken; says whether it did. */
async function appear(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (cause) {
    if (nodeCodeOf(cause) === 'EEXIST') return false;
    // Some file systems have no hard links. Renaming overwrites, but with the same content: names are content hashes.
    if (!NO_LINKS.has(nodeCodeOf(cause))) throw cause;
    await rename(temporary, path);
    return true;
  }
}

async function entriesOf(folder: string, within: string): Promise<Dirent[]> {
  const entries = await ifThere('listed', `${within}*`, () =>
    readdir(join(folder, within), { recursive: true, withFileTypes: true }),
  );
  return entries ?? [];
}

/** Does something with what is in the folder; undefined if it is not there. */
async function ifThere<T>(what: Action, name: string, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (cause) {
    if (NOTHING_THERE.has(nodeCodeOf(cause))) return undefined;
    throw failed(what, name, cause);
  }
}

/** What a file is called until it is finished. */
const TEMPORARY = /^\.[0-9a-f-]{36}\.tmp$/;

/** An unfinished file this old is of a process that ended, in milliseconds. */
const LEFT_BEHIND = 24 * 60 * 60_000;

const NO_LINKS: ReadonlySet<unknown> = new Set(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK']);
const NOTHING_THERE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_FS_EISDIR']);

function failed(what: Action, name: string, cause: unknown): CompressorError {
  return new CompressorError('storage-failed', {
    message: `"${name}" cannot be ${what} in the output folder (${refusalOf(cause)})`,
    cause,
  });
}
