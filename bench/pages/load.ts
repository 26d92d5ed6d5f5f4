import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { quantile } from '../measure.ts';

/** How a server answered. */
export interface Answered {
  readonly requestsPerSecond: number;
  /** Milliseconds from a request to the end of its answer: half of them, and all but one in a hundred, took no longer. */
  readonly p50: number;
  readonly p99: number;
}

/** How a server is asked. */
export interface Asking {
  readonly connections: number;
  readonly milliseconds: number;
}

/**
 * Asks a server for pages in turn over connections that stay open, each with its next request as soon as the answer is there. Each
 * connection begins with another page. Any answer but a whole page ends it with an error.
 */
export async function askInTurn(
  origin: URL,
  paths: readonly string[],
  { connections, milliseconds }: Asking,
): Promise<Answered> {
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${origin.host}\r\nAccept: text/html\r\n\r\n`),
  );
  const times: number[] = [];
  const started = performance.now();
  const until = started + milliseconds;
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const socket = connect(Number(origin.port), origin.hostname);
      await once(socket, 'connect');
      socket.setNoDelay(true);
      await converse(socket, requests, { from: index, until, onAnswer: (time) => times.push(time) });
      socket.destroy();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const sorted = times.toSorted((a, b) => a - b);
  return {
    requestsPerSecond: times.length / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
  };
}

interface Conversation {
  /** Which request is the first. */
  readonly from: number;
  /** When no other request is sent, as `performance.now` tells it. */
  readonly until: number;
  readonly onAnswer: (milliseconds: number) => void;
}

/** Sends one request after the other, without a promise for each: what the load itself costs is taken from the server. */
function converse(
  socket: Socket,
  requests: readonly Buffer[],
  { from, until, onAnswer }: Conversation,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = from;
    let asked = 0;
    let answer: Answer | undefined;
    const ask = () => {
      answer = undefined;
      asked = performance.now();
      socket.write(requests[next % requests.length] ?? '');
      next += 1;
    };
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed the connection.')));
    socket.on('data', (chunk: Buffer) => {
      if (answer === undefined) {
        answer = beginning(chunk);
        if (answer === undefined) {
          return reject(new Error(`No page: ${chunk.toString('latin1', 0, 500)}`));
        }
      } else {
        answer.received += chunk.length;
        answer.end = endOf(chunk, answer.end);
      }
      if (!isWhole(answer)) return undefined;
      const now = performance.now();
      onAnswer(now - asked);
      if (now < until) ask();
      else resolve();
      return undefined;
    });
    ask();
  });
}

/** An answer that has begun to arrive. */
interface Answer {
  received: number;
  /** The last bytes that have come. */
  end: Buffer;
  /** Bytes of the answer with its head; undefined where it comes in chunks. */
  readonly length: number | undefined;
}

/** Reads the head, which the first piece of an answer holds: these are a few hundred bytes. */
function beginning(chunk: Buffer): Answer | undefined {
  const end = chunk.indexOf('\r\n\r\n');
  const head = chunk.toString('latin1', 0, end === -1 ? 0 : end);
  if (!head.startsWith('HTTP/1.1 200 ')) return undefined;
  const begun = { received: chunk.length, end: endOf(chunk) };
  const [, length] = /\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (length !== undefined) return { ...begun, length: end + 4 + Number(length) };
  return /\ntransfer-encoding: *chunked/i.test(head) ? { ...begun, length: undefined } : undefined;
}

/** The last chunk is empty. No page has this in its text. */
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

function isWhole({ received, end, length }: Answer): boolean {
  return length === undefined ? end.equals(LAST_CHUNK) : received >= length;
}

/** As many of the last bytes as the last chunk has, which may come in pieces. */
function endOf(chunk: Buffer, before: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = chunk.length < LAST_CHUNK.length ? Buffer.concat([before, chunk]) : chunk;
  return bytes.subarray(-LAST_CHUNK.length);
}
