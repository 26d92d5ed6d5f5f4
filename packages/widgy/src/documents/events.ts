import type { Transaction } from 'kysely';
import type { Owner } from '../database/owner.ts';
import type { Tables } from '../database/tables.ts';
import type { Change } from './drafts/draft.ts';

/** Something that was done to a document. */
export type DocumentEvent = {
  readonly document: string;
  /** Who did it; null where nobody is known. */
  readonly author: string | null;
} & (
  | { readonly kind: 'created' }
  /** The draft has another tree. */
  | { readonly kind: 'changed'; readonly change: Change }
  | { readonly kind: 'committed'; readonly commit: number; readonly publishAt: number | null }
  /** The document is taken off the site from that time on. */
  | { readonly kind: 'withdrawn'; readonly commit: number; readonly at: number }
  | { readonly kind: 'rescheduled'; readonly commit: number; readonly publishAt: number | null }
  | { readonly kind: 'owned'; readonly owner: Owner | null }
  | { readonly kind: 'deleted' }
);

/**
 * Asked of everything that is done, when it has been written, in its transaction: what the hook writes there is kept with it or
 * not at all. A sentence as an answer refuses, and nothing is kept. It may be asked several times of one thing, when others were in
 * the way, and it must use nothing but the transaction.
 */
export type DocumentHook = (
  event: DocumentEvent,
  transaction: Transaction<Tables>,
) => string | undefined | Promise<string | undefined>;

/** Somebody came to a document, left it, or is at another widget of it; or said that they are still there. */
export interface PresenceEvent {
  readonly document: string;
}

/** Tells what was done in this process to whoever wants to know, when it has been kept. */
export interface Events<Event> {
  /** Calls a function for each event from now on; returns a function that ends that. It must not throw. */
  listen(listener: (event: Event) => void): () => void;
  emit(event: Event): void;
}

/** Tells what was done to documents. */
export type DocumentEvents = Events<DocumentEvent>;

/** Makes events that nobody listens to yet. */
export function createEvents<Event>(): Events<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    listen(listener) {
      // Wrapped, so that a function that is added twice is told twice, and can be taken away once.
      const own = (event: Event) => listener(event);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
