import type { Change, DocumentState } from '../../documents/draft.ts';
import type { DocumentEvent } from '../../documents/events.ts';
import { readStates } from '../../documents/read-state.ts';
import type { DocumentStore } from '../../documents/store.ts';

/** What a feed tells of a document. */
export type News =
  /** The draft is at a sequence number; with the change that led to it, where it is known. */
  | { readonly kind: 'changed'; readonly sequence: number; readonly change: Change | undefined }
  /**
   * Its newest commit, when that is shown, or its owner is not what it was. With the mark of the state that was found, where it was
   * looked for; without one where something was done here.
   */
  | { readonly kind: 'state'; readonly mark: string | undefined }
  | { readonly kind: 'gone' };

/** Is told news. It must not throw. */
export type NewsListener = (news: News) => void;

/** What happens to documents, in this process and elsewhere. */
export interface DocumentFeed {
  /**
   * Tells what happens to a document from a known state on; returns a function that ends that. Everything that happens is told, not
   * always by itself: of several changes, the last one may be told alone.
   */
  watch(state: DocumentState, listener: NewsListener): () => void;
  /** Ends all watching. */
  close(): void;
}

/** What is known of a document that is watched. */
interface Watched {
  sequence: number;
  mark: string;
  readonly listeners: Set<NewsListener>;
}

/** What a feed is made with. */
export interface FeedOptions {
  /** Milliseconds between two looks at what others did. */
  readonly pollMs: number;
  readonly onProblem: (problem: unknown) => void;
}

/**
 * Makes a feed. What this process does is told at once. What others do is found by one statement for all documents that are watched,
 * again and again, and only while there are some.
 */
export function createFeed(documents: DocumentStore, { pollMs, onProblem }: FeedOptions): DocumentFeed {
  const watched = new Map<string, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;

  const tell = ({ listeners }: Watched, news: News): void => {
    for (const listener of listeners) listener(news);
  };
  const advance = (entry: Watched, sequence: number, change: Change | undefined): void => {
    if (sequence <= entry.sequence) return;
    entry.sequence = sequence;
    tell(entry, { kind: 'changed', sequence, change });
  };
  const hear = (event: DocumentEvent): void => {
    const entry = watched.get(event.document);
    if (entry === undefined) return;
    if (event.kind === 'changed') advance(entry, event.change.sequence, event.change);
    else if (event.kind === 'deleted') tell(entry, { kind: 'gone' });
    else tell(entry, { kind: 'state', mark: undefined });
  };
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const asked = new Map(watched);
      const states = await readStates(documents.database.kysely, [...asked.keys()]);
      for (const state of states) {
        const entry = asked.get(state.document);
        asked.delete(state.document);
        if (entry === undefined) continue;
        advance(entry, state.sequence, undefined);
        const mark = markOf(state);
        if (mark !== entry.mark) tell(entry, { kind: 'state', mark });
        entry.mark = mark;
      }
      for (const entry of asked.values()) tell(entry, { kind: 'gone' });
    } catch (problem) {
      onProblem(problem);
    } finally {
      isLooking = false;
    }
  };
  const stopListening = documents.events.listen(hear);

  return {
    watch(state, listener) {
      const { document, sequence } = state;
      const entry = watched.get(document) ?? { sequence, mark: markOf(state), listeners: new Set() };
      watched.set(document, entry);
      const own: NewsListener = (news) => listener(news);
      entry.listeners.add(own);
      timer ??= setInterval(() => void look(), pollMs).unref();
      return () => {
        entry.listeners.delete(own);
        if (entry.listeners.size === 0 && watched.get(document) === entry) watched.delete(document);
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

/** What is told beside changes, as a text that is another one whenever it is not the same. */
export function markOf({ head, owner }: DocumentState): string {
  return JSON.stringify([head, owner]);
}
