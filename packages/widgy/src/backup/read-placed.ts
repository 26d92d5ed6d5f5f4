import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { PlacedEntry } from './check-file.ts';
import { refuseDamaged } from './read-file.ts';

/** The content of an entry, which was checked before, once more. */
export function streamPlaced(file: string, { offset, size }: PlacedEntry): Readable {
  return size === 0 ? Readable.from([]) : createReadStream(file, { start: offset, end: offset + size - 1 });
}

/** Refuses an entry that is not any more what it was when the file was checked. */
export async function recheckPlaced(file: string, entry: PlacedEntry): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of streamPlaced(file, entry)) hash.update(chunk);
  if (hash.digest('hex') !== entry.sha256) refuseDamaged(entry.name);
}

/** All of the content of an entry, once more; refused where it is not what it was. */
export async function readPlaced(file: string, entry: PlacedEntry): Promise<Buffer> {
  const { offset, size, name, sha256 } = entry;
  await using handle = await open(file, 'r');
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await handle.read(bytes, 0, size, offset);
  const isSame = bytesRead === size && createHash('sha256').update(bytes).digest('hex') === sha256;
  return isSame ? bytes : refuseDamaged(name);
}
