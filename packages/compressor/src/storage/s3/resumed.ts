import { Readable } from 'node:stream';
import { isTransient } from './s3-error.ts';

/** A content that is being read, and what it takes to read on. */
export interface Resumable {
  readonly first: Readable;
  readonly size: number;
  /** How often in a row it may break off without anything new. */
  readonly attempts: number;
  /** The content from a byte on. */
  reopen(from: number): Promise<Readable>;
  /** What the reader is told in the end. */
  failure(error: unknown): Error;
}

/** Reads on where a connection broke off. */
export function resumed({ first, size, attempts, reopen, failure }: Resumable): Readable {
  let current = first;
  const read = async function* (): AsyncGenerator<Uint8Array> {
    let offset = 0;
    for (let failed = 0; offset < size; ) {
      try {
        if (failed > 0) current = await reopen(offset);
        for await (const chunk of current) {
          offset += chunk.length;
          failed = 0;
          yield chunk;
        }
        if (offset < size) throw new Error('ended early');
      } catch (error) {
        failed += 1;
        if (failed >= attempts || !isTransient(error)) throw failure(error);
      }
    }
  };
  const stream = Readable.from(read(), { objectMode: false });
  // Whoever stops before the first byte would leave the connection open.
  stream.once('close', () => current.destroy());
  return stream;
}
