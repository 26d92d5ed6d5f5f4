import { Readable } from 'node:stream';
import type { ApiLimits } from '../limits.ts';

/** The streams of one plug-in that are open. */
export interface Streams {
  /**
   * Opens a stream of text. Its source is told when it is to end: because its client is gone, has taken nothing for too long, or because
   * the server stops. A client that is gone already gets a stream of nothing, which takes no place.
   */
  open(client: StreamClient, source: (signal: AbortSignal) => AsyncIterable<string>): OpenedStream;
  /** Ends all streams. */
  close(): void;
}

/** A stream, or the limit that stands against one more. */
export type OpenedStream =
  | { readonly ok: true; readonly stream: Readable }
  | { readonly ok: false; readonly limit: 'eventStreams' | 'eventStreamsPerUser' };

/** The connection of who takes what a stream gives. */
export interface StreamConnection {
  /** Whether the connection is closed already: then nothing is called any more when it is. */
  readonly isClosed: () => boolean;
  /** Calls a function when the connection is closed. */
  readonly onClose: (listener: () => void) => void;
  /** Closes the connection, whatever is still to be sent. */
  readonly drop: () => void;
}

/** Who takes what a stream gives. */
export interface StreamClient extends StreamConnection {
  /** Whose streams are counted together. All of whom nothing is known, null, count as one. */
  readonly user: string | null;
}

/** Keeps account of streams. */
export function createStreams({
  eventStreams,
  eventStreamsPerUser,
  stallMs,
}: Pick<ApiLimits, 'eventStreams' | 'eventStreamsPerUser' | 'stallMs'>): Streams {
  const endings = new Set<() => void>();
  const openOf = new Map<string | null, number>();
  const count = (user: string | null, step: 1 | -1): void => {
    const now = (openOf.get(user) ?? 0) + step;
    if (now === 0) openOf.delete(user);
    else openOf.set(user, now);
  };
  return {
    open(client, source) {
      const { user } = client;
      if (client.isClosed()) return { ok: true, stream: Readable.from([]) };
      if (endings.size >= eventStreams) return { ok: false, limit: 'eventStreams' };
      if ((openOf.get(user) ?? 0) >= eventStreamsPerUser) return { ok: false, limit: 'eventStreamsPerUser' };
      const ending = new AbortController();
      const end = (): void => ending.abort();
      endings.add(end);
      count(user, 1);
      client.onClose(() => {
        if (endings.delete(end)) count(user, -1);
        end();
      });
      return { ok: true, stream: Readable.from(unlessStalled(source(ending.signal), stallMs, client.drop)) };
    },
    close() {
      for (const end of endings) end();
    },
  };
}

/** Passes on what a source gives, and drops a client that does not come for more in time. */
async function* unlessStalled(
  source: AsyncIterable<string>,
  stallMs: number,
  drop: () => void,
): AsyncGenerator<string> {
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const text of source) {
      timer = setTimeout(drop, stallMs);
      yield text;
      clearTimeout(timer);
    }
  } finally {
    clearTimeout(timer);
  }
}
