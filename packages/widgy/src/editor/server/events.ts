import type { HeardChange } from '../draft/index.ts';
import { readHeard, readPeople, type ToldPerson } from './draft-api.ts';

/** What is heard of a document. */
export interface EventHandlers {
  readonly change: (change: HeardChange) => void;
  readonly people: (people: readonly ToldPerson[]) => void;
  /** Somebody published, or the document was given to another owner. */
  readonly state: () => void;
  readonly connected: () => void;
  readonly lost: () => void;
  /** The stream is over for good. */
  readonly ended: (reason: EndReason) => void;
}

/** Why a stream ended. */
export type EndReason = 'deleted' | 'not-allowed' | 'log-gone';

/** Milliseconds before a stream that the browser gave up is opened again. */
const REOPEN_MS = 2_000;

/**
 * Listens to what happens to a document, from a change on, and again whenever the stream breaks; returns a function that ends it.
 *
 * @param after gives the number of the last change that is known, whenever the stream is opened
 */
export function listen(
  api: string,
  document: string,
  after: () => number,
  handlers: EventHandlers,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source = open();

  function open(): EventSource {
    const opened = new EventSource(
      `${api}/documents/${encodeURIComponent(document)}/events?after=${after()}`,
    );
    opened.addEventListener('open', handlers.connected);
    opened.addEventListener('change', ({ data }) => {
      const change = readHeard(parsed(data));
      if (change !== undefined) handlers.change(change);
    });
    opened.addEventListener('presence', ({ data }) => handlers.people(readPeople(parsed(data))));
    opened.addEventListener('state', handlers.state);
    opened.addEventListener('end', ({ data }) => {
      stop();
      const reason = reasonIn(parsed(data));
      handlers.ended(reason);
    });
    opened.addEventListener('error', () => {
      handlers.lost();
      // Where the browser would try again by itself, it would ask for what came after the last event, which may be old news.
      opened.close();
      clearTimeout(timer);
      timer = setTimeout(() => {
        source = open();
      }, REOPEN_MS);
    });
    return opened;
  }

  function stop(): void {
    clearTimeout(timer);
    source.close();
  }

  return stop;
}

function reasonIn(value: unknown): EndReason {
  const reason = typeof value === 'object' && value !== null ? Reflect.get(value, 'reason') : undefined;
  return reason === 'deleted' || reason === 'log-gone' ? reason : 'not-allowed';
}

function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    // What is no JSON is no event of ours.
    return undefined;
  }
}
