import { type PresentClient, readPresence } from '../../documents/presence/read-presence.ts';
import type { DocumentStore } from '../../documents/store.ts';
import { namesIn, type PeopleNames, peopleJson } from '../people.ts';
import type { FeedOptions } from './feed.ts';

/** Who is at a document. */
export interface PeopleNow {
  readonly document: string;
  /** Another text whenever it is somebody else, or somebody is elsewhere. */
  readonly mark: string;
  /** The data of the event that tells it. */
  readonly json: string;
}

/** Who is at documents, whichever server they said it to. */
export interface PresenceFeed {
  /** Reads who is at a document. One statement, and the names. */
  read(document: string): Promise<PeopleNow>;
  /**
   * Tells who is at a document whenever that is not what is known, once for each look; returns a function that ends it. The listener must
   * not throw.
   */
  watch(known: PeopleNow, listener: (now: PeopleNow) => void): () => void;
  /** Ends all watching. */
  close(): void;
}

/** Who watches a document, and what they were told last. */
interface Watcher {
  mark: string;
  readonly listener: (now: PeopleNow) => void;
}

/**
 * Makes a feed. It looks by one statement for all documents that are watched, again and again, and only while there are some: so those
 * whose time is over go without a word from anybody. When this process is told something, it looks at once at that document.
 */
export function createPresenceFeed(
  documents: DocumentStore,
  people: PeopleNames,
  { pollMs, onProblem }: FeedOptions,
): PresenceFeed {
  const watched = new Map<string, Set<Watcher>>();
  /** Documents that are to be looked at when the look that is going on is done. */
  const wanted = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;

  const lookAt = async (some: readonly string[]): Promise<void> => {
    // Who comes later has read what is newer.
    const asked = some.map((document) => ({ document, watchers: [...(watched.get(document) ?? [])] }));
    const found = await readPresence(documents, some);
    const news = asked.flatMap(({ document, watchers }) => {
      const present = found.get(document) ?? [];
      const mark = markOf(present);
      const told = watchers.filter((watcher) => watcher.mark !== mark);
      return told.length === 0 ? [] : [{ document, present, mark, told }];
    });
    const lists = news.map(({ present }) => present);
    const names = await namesIn(lists, people);
    for (const { document, present, mark, told } of news) {
      const json = JSON.stringify(peopleJson(present, names));
      for (const watcher of told) {
        if (watched.get(document)?.has(watcher) !== true) continue;
        watcher.mark = mark;
        watcher.listener({ document, mark, json });
      }
    }
  };
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    while (wanted.size > 0) {
      const some = [...wanted].filter((document) => watched.has(document));
      wanted.clear();
      try {
        if (some.length > 0) await lookAt(some);
      } catch (problem) {
        onProblem(problem);
      }
    }
    isLooking = false;
  };
  const lookSoon = (some: Iterable<string>): void => {
    for (const document of some) if (watched.has(document)) wanted.add(document);
    void look();
  };
  const stopListening = documents.presenceEvents.listen(({ document }) => lookSoon([document]));

  return {
    async read(document) {
      const present = (await readPresence(documents, [document])).get(document) ?? [];
      const names = await namesIn([present], people);
      return { document, mark: markOf(present), json: JSON.stringify(peopleJson(present, names)) };
    },
    watch({ document, mark }, listener) {
      const watcher: Watcher = { mark, listener };
      const watchers = watched.get(document) ?? new Set();
      watched.set(document, watchers.add(watcher));
      timer ??= setInterval(() => lookSoon(watched.keys()), pollMs).unref();
      return () => {
        watchers.delete(watcher);
        if (watchers.size === 0 && watched.get(document) === watchers) watched.delete(document);
        if (watched.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    close() {
      stopListening();
      clearInterval(timer);
      timer = undefined;
      watched.clear();
    },
  };
}

/** Names are no part of it: they are told when something else is. */
function markOf(present: readonly PresentClient[]): string {
  return JSON.stringify(present.map(({ client, author, widget }) => [client, author, widget]));
}
