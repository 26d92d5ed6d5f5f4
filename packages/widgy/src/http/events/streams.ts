import { Readable } from 'node:stream';

/** The streams of one plug-in that are open. */
export interface Streams {
  /**
   * Opens a stream of text; undefined where there are too many. Its source is told when it is to end: because its client is gone, has taken
   * nothing for too long, or because the server stops.
   */
  open(client: StreamClient, source: (signal: AbortSignal) => AsyncIterable<string>): Readable | undefined;
  /** Ends all streams. */
  close(): void;
}

/** Who takes what a stream gives. */
export interface StreamClient {
  /** Calls a function when the connection is closed. */
  readonly onClose: (listener: () => void) => void;
  /** Closes the connection, whatever is still to be sent. */
  readonly drop: () => void;
}

/** Keeps account of streams. */
export function createStreams({
  eventStreams,
  stallMs,
}: {
  readonly eventStreams: number;
  readonly stallMs: number;
}): Streams {
  const endings = new Set<() => void>();
  return {
    open(client, source) {
      if (endings.size >= eventStreams) return undefined;
      const ending = new AbortController();
      const end = (): void => ending.abort();
      endings.add(end);
      client.onClose(() => {
        endings.delete(end);
        end();
      });
      return Readable.from(unlessStalled(source(ending.signal), stallMs, client.drop));
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
