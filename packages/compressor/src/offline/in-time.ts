import { CompressorError } from '../errors.ts';

/**
 * Waits for a value that someone else's code promised.
 *
 * @param timeout in milliseconds
 * @param what for the message: `the function that supplies "site"`
 * @throws CompressorError `context-timeout`
 */
export async function inTime<T>(value: T | PromiseLike<T>, timeout: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message = `${what} did not answer within ${timeout} ms`;
      reject(new CompressorError('context-timeout', { message }));
    }, timeout);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
