import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { WidgyError } from '../errors.ts';
import type { BackupEntry } from './format.ts';

/** Adds an entry to a file that is being written, and waits until there is room for the next one. */
export type AddEntry = (name: string, content: Buffer | SizedStream) => Promise<BackupEntry>;

/** Content that is too large for memory. */
export interface SizedStream {
  /** In bytes. */
  readonly size: number;
  readonly stream: Readable;
}

/**
 * Writes a tar file with the entries that a step adds. It appears under its name when all of it is on the disk, and takes the place of
 * what was there; nothing is left of one that failed. Nobody else may read it: it holds accounts, and what is not published.
 *
 * @param at the time that its entries bear, in milliseconds since 1970
 * @throws WidgyError `file-unwritable`, and what the step throws
 */
export async function writeTarFile<T>(
  file: string,
  at: number,
  step: (add: AddEntry) => Promise<T>,
): Promise<T> {
  const unfinished = `${file}.${randomUUID()}.part`;
  const archive = pack();
  const output = createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true });
  let failure: { readonly error: unknown } | undefined;
  // Told of before anything else that the disk makes fail.
  output.on('error', (cause) => {
    failure ??= { error: unwritable(file, cause) };
  });
  const writing = pipeline(archive, output).catch((error: unknown) => {
    failure ??= { error };
  });
  try {
    const result = await step((name, content) => addEntry(archive, new Date(at), name, content));
    archive.finalize();
    await writing;
    if (failure !== undefined) throw failure.error;
    await moveTo(unfinished, file);
    return result;
  } catch (error) {
    failure ??= { error };
    archive.destroy();
    await writing;
    await rm(unfinished, { force: true });
    throw failure.error;
  }
}

async function addEntry(
  archive: Pack,
  mtime: Date,
  name: string,
  content: Buffer | SizedStream,
): Promise<BackupEntry> {
  const hash = createHash('sha256');
  const isSized = 'stream' in content;
  const size = isSized ? content.size : content.length;
  const { promise: isDone, resolve, reject } = Promise.withResolvers<void>();
  const entry = archive.entry({ name, size, mtime, mode: 0o600 }, (error) =>
    error ? reject(error) : resolve(),
  );
  entry.on('error', reject);
  // It may fail while nobody waits for it yet.
  isDone.catch(() => {});
  for await (const chunk of isSized ? content.stream : [content]) {
    hash.update(chunk);
    if (!entry.write(chunk)) await Promise.race([once(entry, 'drain'), isDone]);
  }
  entry.end();
  await isDone;
  return { name, size, sha256: hash.digest('hex') };
}

async function moveTo(unfinished: string, file: string): Promise<void> {
  try {
    await rename(unfinished, file);
    // That the file has its name is on the disk, too. Windows does that by itself, and opens no folder.
    if (process.platform === 'win32') return;
    await using folder = await open(dirname(file), 'r');
    await folder.sync();
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

function unwritable(file: string, cause: unknown): WidgyError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new WidgyError('file-unwritable', { message: `${file} cannot be written: ${why}`, cause });
}
