import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Entry, extract } from 'tar-stream';
import { WidgyError } from '../errors.ts';
import { MAX_ENTRIES } from './limits.ts';
import { refuse } from './refusal.ts';

/** An entry of a file that is being read. */
export interface TarEntry {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Where its content begins in the file. */
  readonly offset: number;
  /** Its content, to be read to its end before the next entry. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * The entries of a tar file as a backup has them, one after another. What is wrong with the file is refused.
 *
 * @throws WidgyError `file-unreadable`
 */
export async function* readTarFile(file: string): AsyncGenerator<TarEntry> {
  let count = 0;
  let offset = 0;
  for await (const entry of translated(entriesOf(file), file, () => count === 0)) {
    const { name, size = 0, type, pax } = entry.header;
    count += 1;
    if (type !== 'file' || (pax ?? undefined) !== undefined || count > MAX_ENTRIES) refuseEntry(name);
    offset += TAR_BLOCK;
    yield { name, size, offset, content: translated(entry, file, () => false) };
    offset += Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
}

const TAR_BLOCK = 512;

/** Refuses a file since it has an entry that no backup has. */
export function refuseEntry(entry: string): never {
  const shown = JSON.stringify(entry.slice(0, 200));
  refuse({
    ...{ code: 'backup-invalid', entry },
    what: `the file has ${shown}, which no backup has at that place: use a file that widgy backup wrote`,
  });
}

/** Refuses a file since something in it is not what was written. */
export function refuseDamaged(entry: string): never {
  refuse({
    ...{ code: 'backup-damaged', entry },
    what: `${JSON.stringify(entry.slice(0, 200))} is not what was backed up: use another copy of the file, or another backup`,
  });
}

/** Refuses a file that ends too early. */
export function refuseTruncated(): never {
  const what = 'the end of the backup is missing: use another copy of the file, or another backup';
  refuse({ code: 'backup-truncated', what });
}

/** Refuses a file that is something else. */
export function refuseForeign(): never {
  refuse({
    code: 'backup-foreign',
    what: 'the file is no backup of Widgy: name one that widgy backup wrote',
  });
}

async function* entriesOf(file: string): AsyncGenerator<EntryWithPax> {
  const archive = extract();
  const source = createReadStream(file, { highWaterMark: READ_BYTES });
  let problem: { readonly cause: unknown } | undefined;
  const reading = pipeline(source, archive).catch((cause: unknown) => {
    problem = { cause };
  });
  try {
    yield* archive;
    await reading;
    if (problem !== undefined) throw problem.cause;
  } finally {
    source.destroy();
    archive.destroy();
    await reading;
  }
}

/** The types do not tell of what long names are written with. */
type EntryWithPax = Entry & { readonly header: { readonly pax?: unknown } };

const READ_BYTES = 256 * 1024;

async function* translated<T>(
  things: AsyncIterable<T>,
  file: string,
  isFirst: () => boolean,
): AsyncGenerator<T> {
  const iterator = things[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch((cause: unknown) => refuseProblem(file, cause, isFirst()));
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

function refuseProblem(file: string, cause: unknown, isFirst: boolean): never {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof Error && 'syscall' in cause) {
    throw new WidgyError('file-unreadable', { message: `${file} cannot be read: ${message}`, cause });
  }
  if (isFirst) refuseForeign();
  if (/^Unexpected end of data/.test(message)) refuseTruncated();
  refuse({
    ...{ code: 'backup-damaged', entry: '' },
    what: `the file cannot be read any further (${message}): use another copy of it, or another backup`,
  });
}
