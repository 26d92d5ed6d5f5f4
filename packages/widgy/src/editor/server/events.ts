import { isPlainObject } from '../../tree/problems.ts';
import type { HeardChange } from '../draft/index.ts';
import { readState, type ToldState } from '../history/commit.ts';
import { readHeard, readPeople, type ToldPerson } from './draft-api.ts';
import { BRIEF_MS, takeRoom } from './stream-room.ts';

/** What is heard of a document. */
export interface EventHandlers {
  readonly change: (change: HeardChange) => void;
  readonly people: (people: readonly ToldPerson[]) => void;
  /** What the document is at: told whenever the stream is opened, and when somebody has made a commit. */
  readonly state: (state: ToldState) => void;
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
 * A page that nobody sees has no stream, and hears what it missed when it is seen again. Where other tabs have all the room that there is for
 * streams, one is opened for a moment again and again.
 *
 * @param after gives the number of the last change that is known, whenever the stream is opened
 */
export function listen(
  api: string,
  document: string,
  after: () => number,
  handlers: EventHandlers,
): () => void {
  const url = `${api}/documents/${encodeURIComponent(document)}/events`;
  const page = globalThis.document;
  const stopping = new AbortController();
  let isOpening = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;
  let leaveRoom: (() => void) | undefined;

  const isWanted = () => !stopping.signal.aborted && !page.hidden;
  async function open(): Promise<void> {
    if (isOpening || source !== undefined || !isWanted()) return;
    isOpening = true;
    const room = await takeRoom();
    isOpening = false;
    if (!isWanted()) return room?.();
    leaveRoom = room;
    source = opened(room !== undefined);
  }

  function opened(isLasting: boolean): EventSource {
    const stream = new EventSource(`${url}?after=${after()}`);
    stream.addEventListener('open', () => {
      handlers.connected();
      if (!isLasting) timer = setTimeout(again, BRIEF_MS);
    });
    stream.addEventListener('change', ({ data }) => {
      const change = readHeard(parsed(data));
      if (change !== undefined) handlers.change(change);
    });
    stream.addEventListener('presence', ({ data }) => handlers.people(readPeople(parsed(data))));
    stream.addEventListener('state', ({ data }) => {
      const json = parsed(data);
      const state = isPlainObject(json) ? readState(json) : undefined;
      if (state !== undefined) handlers.state(state);
    });
    stream.addEventListener('end', ({ data }) => {
      stop();
      const reason = reasonIn(parsed(data));
      handlers.ended(reason);
    });
    stream.addEventListener('error', () => {
      handlers.lost();
      // Where the browser would try again by itself, it would ask for what came after the last event, which may be old news.
      again();
    });
    return stream;
  }

  function shut(): void {
    clearTimeout(timer);
    source?.close();
    source = undefined;
    leaveRoom?.();
    leaveRoom = undefined;
  }

  function again(): void {
    shut();
    timer = setTimeout(() => void open(), REOPEN_MS);
  }

  function stop(): void {
    stopping.abort();
    shut();
  }

  page.addEventListener('visibilitychange', () => (page.hidden ? shut() : void open()), {
    signal: stopping.signal,
  });
  void open();
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
