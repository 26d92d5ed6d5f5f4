import type { Readable } from 'node:stream';

/** How much of a body is taken, in bytes. */
export interface BodyLimits {
  /** What is larger is not kept in memory, and refused when it has arrived: then whoever sent it reads the answer. */
  readonly kept: number;
  /** What is larger is refused at once: the connection may end before the answer is read. At least `kept`. */
  readonly read: number;
}

/** A body that is larger than it may be: status 413. */
export class BodyTooLarge extends Error {
  readonly statusCode = 413;
  /** Bytes that it may have. */
  readonly limit: number;

  constructor(limit: number) {
    super(`the body has more than ${limit} bytes`);
    this.limit = limit;
  }
}

/**
 * Reads a body as UTF-8.
 *
 * @throws BodyTooLarge where it is larger than it may be, or an error with the `statusCode` 400 where it did not arrive
 */
export async function readBody(body: Readable, { kept, read }: BodyLimits): Promise<string> {
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= kept) chunks.push(chunk);
      else chunks.length = 0;
      if (length > read) fail(new BodyTooLarge(read));
    };
    const onEnd = (): void => {
      if (length > kept) fail(new BodyTooLarge(kept));
      else settle(() => resolve(Buffer.concat(chunks).toString('utf8')));
    };
    const onError = (cause: unknown): void => {
      fail(Object.assign(new Error('the body did not arrive completely', { cause }), { statusCode: 400 }));
    };
    const onClose = (): void => onError(undefined);
    const settle = (how: () => void): void => {
      body.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose);
      how();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    body.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  });
}
