import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What a server was asked, and how fast it answered. */
export interface Load {
  readonly requestsPerSecond: number;
  /** Of one answer. */
  readonly bodyBytes: number;
}

/** How a server is asked. */
export interface LoadOptions {
  readonly connections: number;
  readonly milliseconds: number;
  /** How its answers must be encoded; undefined for not at all. */
  readonly encoding: string | undefined;
}

/**
 * Asks a server for one URL over connections that stay open, each with its next request as soon as the answer is there. It does
 * next to nothing with answers but count their bytes, so that the server gets the machine.
 */
export async function load(url: URL, { connections, milliseconds, encoding }: LoadOptions): Promise<Load> {
  const request = `GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n`;
  const sizes = new Set<number>();
  const started = performance.now();
  const end = started + milliseconds;
  const counts = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(url.port), url.hostname);
      await once(socket, 'connect');
      socket.setNoDelay(true);
      let count = 0;
      while (performance.now() < end) {
        sizes.add(await exchange(socket, request, encoding));
        count += 1;
      }
      socket.destroy();
      return count;
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const [bodyBytes = 0] = sizes;
  if (sizes.size !== 1) throw new Error(`The answers differ in length: ${[...sizes].join(', ')}.`);
  return { requestsPerSecond: counts.reduce((sum, count) => sum + count, 0) / seconds, bodyBytes };
}

/** Sends a request and waits for the whole answer; gives the size of its body. */
function exchange(socket: Socket, request: string, encoding: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = 0;
    let head: { readonly headBytes: number; readonly bodyBytes: number } | undefined;
    const done = (result: () => void) => {
      socket.removeListener('data', onData);
      socket.removeListener('close', onClose);
      result();
    };
    const onClose = () => done(() => reject(new Error('The server closed the connection.')));
    const onData = (chunk: Buffer) => {
      try {
        head ??= parseHead(chunk, encoding);
      } catch (error) {
        return done(() => reject(error));
      }
      received += chunk.length;
      const { headBytes, bodyBytes } = head;
      if (received >= headBytes + bodyBytes) done(() => resolve(bodyBytes));
    };
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.write(request);
  });
}

/** The first chunk of an answer holds its whole head: these are a few hundred bytes. */
function parseHead(chunk: Buffer, encoding: string | undefined): { headBytes: number; bodyBytes: number } {
  const end = chunk.indexOf('\r\n\r\n');
  const head = chunk.subarray(0, end).toString('latin1');
  const [, length] = /^content-length: (\d+)$/im.exec(head) ?? [];
  const [, encoded] = /^content-encoding: (.+)$/im.exec(head) ?? [];
  if (end === -1 || length === undefined || !/^HTTP\/1\.1 200 /.test(head) || encoded !== encoding) {
    throw new Error(`No answer of a known length, encoded as asked: ${head}`);
  }
  return { headBytes: end + 4, bodyBytes: Number(length) };
}
