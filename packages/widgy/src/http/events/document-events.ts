import type { DocumentState } from '../../documents/drafts/draft.ts';
import { readState } from '../../documents/drafts/read-state.ts';
import type { DocumentStore } from '../../documents/store.ts';
import { changeJson, readChanges, type ToldChange } from '../changes-page.ts';
import type { ApiLimits } from '../limits.ts';
import { stateJson } from '../state-json.ts';
import { type DocumentFeed, markOf } from './feed.ts';
import { createInbox } from './inbox.ts';
import type { PresenceFeed } from './presence-feed.ts';

/** Why a stream was ended, for its client. */
export type EndReason = 'deleted' | 'not-allowed' | 'log-gone';

/** What is told to one client. */
export interface StreamQuestion {
  readonly documents: DocumentStore;
  readonly feed: DocumentFeed;
  readonly presence: PresenceFeed;
  readonly limits: ApiLimits;
  /** What the document was at when the stream was allowed. */
  readonly state: DocumentState;
  /** The sequence number that the client is at. */
  readonly after: number;
  readonly isStillAllowed: () => Promise<boolean>;
  /** Aborted when the client is gone or the server stops. */
  readonly signal: AbortSignal;
}

/**
 * The events of a document for one client, as text: first what the document is at and who is there, then every change after the one that
 * the client knows, each once and in order, and the other two again whenever they are not what they were. It is pulled: nothing is read for a
 * client that takes nothing. What is not known here is read from the log, so it makes no difference which server made a change.
 *
 * Whether the client may still read is asked when the owner or the commits changed, and after each `heartbeatMs`.
 */
export async function* documentEvents(question: StreamQuestion): AsyncGenerator<string> {
  const { documents, feed, presence, limits, state, isStillAllowed, signal } = question;
  const { document } = state;
  const inbox = createInbox(state.sequence, limits.queuedChanges);
  const stops = [feed.watch(state, inbox.put)];
  let sent = question.after;
  let askedAt = performance.now();
  let toldAt = askedAt;
  let told = markOf(state);
  try {
    yield message('state', JSON.stringify(stateJson(state)));
    const people = await presence.read(document);
    stops.push(presence.watch(people, inbox.putPeople));
    yield message('presence', people.json);
    for (;;) {
      if (signal.aborted) return;
      if (inbox.isGone()) return yield end('deleted');
      const hasNewState = inbox.hasNewState(told);
      if (hasNewState || performance.now() - askedAt >= limits.heartbeatMs) {
        if (!(await isStillAllowed())) return yield end('not-allowed');
        askedAt = performance.now();
      }
      if (hasNewState) {
        const now = await readState(documents.database.kysely, document);
        // A draft's number only grows: a lower one is of a document that was made anew.
        if (now === undefined || now.sequence < sent) return yield end('deleted');
        yield message('state', JSON.stringify(stateJson(now)));
        told = markOf(now);
        toldAt = performance.now();
      }
      const others = inbox.takePeople();
      if (others !== undefined) {
        yield message('presence', others.json);
        toldAt = performance.now();
      }
      if (sent < inbox.sequence()) {
        const known = inbox.take(sent + 1);
        const page =
          known === undefined
            ? await readChanges(documents, document, sent)
            : ({ ok: true, changes: [known] } as const);
        if (!page.ok) return yield end(page.refusal.code === 'log-gone' ? 'log-gone' : 'deleted');
        // The change that is known to be there belongs to a document that is not there any more.
        if (page.changes.length === 0) return yield end('deleted');
        for (const change of page.changes) {
          yield changeMessage(change);
          sent = change.sequence;
        }
        toldAt = performance.now();
        continue;
      }
      if (performance.now() - toldAt >= limits.heartbeatMs) {
        yield ': still here\n\n';
        toldAt = performance.now();
      }
      await inbox.wait(limits.heartbeatMs, signal);
    }
  } finally {
    for (const stop of stops) stop();
  }
}

function changeMessage(change: ToldChange): string {
  return message('change', changeJson(change), change.sequence);
}

/** The last event: the client must not ask for the same again, since it would be told the same. */
function end(reason: EndReason): string {
  return message('end', JSON.stringify({ reason }));
}

/** JSON has no line breaks, so one line holds it. */
function message(event: string, json: string, id?: number): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${json}\n\n`;
}
