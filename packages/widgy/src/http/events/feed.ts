import type { Change, DocumentState } from '../../documents/drafts/draft.ts';
import { readStates, type StoredState } from '../../documents/drafts/read-state.ts';
import type { DocumentEvent } from '../../documents/events.ts';
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
  /** It was deleted. There may be another one with its id by now. This is the last news. */
  | { readonly kind: 'gone' };

/** Is told news. It must not throw. */
export type NewsListener = (news: News) => void;

/** What happens to documents, in this process and elsewhere. */
export interface DocumentFeed {
  /**
   * Tells what happens to a document from a known state on; returns a function that ends that. The state may be an old one: what
   * happened since is told too. Everything that happens is told, not always by itself: of several changes, the last one may be told
   * alone.
   */
  watch(state: DocumentState, listener: NewsListener): () => void;
  /** Ends all watching. */
  close(): void;
}

/** Who watches a document, and what they know of it: others who watch the same one may know more, or have known one that is gone. */
interface Watcher {
  readonly document: string;
  sequence: number;
  mark: string;
  readonly listener: NewsListener;
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
  const watched = new Map<string, Set<Watcher>>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  /** Whether somebody waits for a look that began after they did. */
  let isLookWanted = false;

  const watchersOf = (document: string): readonly Watcher[] => [...(watched.get(document) ?? [])];
  const forget = (watcher: Watcher): void => {
    const watchers = watched.get(watcher.document);
    watchers?.delete(watcher);
    if (watchers?.size === 0) watched.delete(watcher.document);
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const tellGone = (watcher: Watcher): void => {
    forget(watcher);
    watcher.listener({ kind: 'gone' });
  };
  const hear = (event: DocumentEvent): void => {
    for (const watcher of watchersOf(event.document)) {
      if (event.kind === 'changed') advance(watcher, event.change.sequence, event.change);
      // What is made anew was deleted before, perhaps by another server.
      else if (event.kind === 'deleted' || event.kind === 'created') tellGone(watcher);
      else watcher.listener({ kind: 'state', mark: undefined });
    }
  };
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    isLookWanted = false;
    try {
      const asked = [...watched.keys()].flatMap(watchersOf).map((watcher) => ({ watcher, ...watcher }));
      const states = await readStates(documents.database.kysely, [...watched.keys()]);
      const found = new Map(states.map((state) => [state.document, state]));
      for (const { watcher, document, sequence } of asked) {
        if (watched.get(document)?.has(watcher) !== true) continue;
        const state = found.get(document);
        // A draft's number only grows: one that is lower than what was known before it was read is of another document.
        if (state === undefined || state.sequence < sequence) tellGone(watcher);
        else compare(watcher, state);
      }
    } catch (problem) {
      onProblem(problem);
    } finally {
      isLooking = false;
    }
    if (isLookWanted && watched.size > 0) await look();
  };
  const stopListening = documents.events.listen(hear);

  return {
    watch(state, listener) {
      const { document, sequence } = state;
      const watcher: Watcher = { document, sequence, mark: markOf(state), listener };
      const others = watchersOf(document);
      watched.set(document, (watched.get(document) ?? new Set()).add(watcher));
      timer ??= setInterval(() => void look(), pollMs).unref();
      // Somebody is wrong about the document, and the next look may be far.
      if (others.some((other) => other.sequence !== sequence || other.mark !== watcher.mark)) {
        isLookWanted = true;
        void look();
      }
      return () => forget(watcher);
    },
    close() {
      stopListening();
      clearInterval(timer);
      timer = undefined;
      watched.clear();
    },
  };
}

function advance(watcher: Watcher, sequence: number, change: Change | undefined): void {
  if (sequence <= watcher.sequence) return;
  watcher.sequence = sequence;
  watcher.listener({ kind: 'changed', sequence, change });
}

/** Tells what a watcher does not know of a state that was read after they began to watch. */
function compare(watcher: Watcher, state: StoredState): void {
  advance(watcher, state.sequence, undefined);
  const mark = markOf(state);
  if (mark === watcher.mark) return;
  watcher.mark = mark;
  watcher.listener({ kind: 'state', mark });
}

/** What is told beside changes, as a text that is another one whenever it is not the same. */
export function markOf({ head, owner }: DocumentState): string {
  return JSON.stringify([head, owner]);
}
