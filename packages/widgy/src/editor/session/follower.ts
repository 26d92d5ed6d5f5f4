import type { Operation } from '../../tree/operation.ts';
import { type HeardChange, hear, lastKnown } from '../draft/index.ts';
import type { ToldState } from '../history/commit.ts';
import type { Answer } from '../server/answer.ts';
import type { DraftApi, ToldPerson } from '../server/draft-api.ts';
import type { EndReason, EventHandlers } from '../server/events.ts';
import type { Contact } from './contact.ts';
import type { Sender } from './sender.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Milliseconds before a stream that ended though somebody may go on is opened again. */
export const AGAIN_MS = 2_000;

/** What following needs. */
export interface FollowerOptions {
  readonly api: Pick<DraftApi, 'changesAfter' | 'draft'>;
  readonly work: WorkingCopy;
  readonly contact: Contact;
  readonly sender: Pick<Sender, 'now'>;
  /** Listens to what happens to the draft; returns a function that ends that. */
  readonly listen: (after: () => number, handlers: EventHandlers) => () => void;
  /** Calls a function after milliseconds; returns a function that calls that off. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** Is told what each change does, before it is in the copy. */
  readonly onHeard: (operations: readonly Operation[]) => void;
  readonly onPeople: (people: readonly ToldPerson[]) => void;
  readonly onState: (state: ToldState) => void;
  /** The stream was opened, or opened again. */
  readonly onConnected: () => void;
  readonly onLost: () => void;
}

/** Follows what the server does to a draft: hears it, reads what was not heard, and reads the draft of now where nothing leads there. */
export class Follower {
  readonly #options: FollowerOptions;
  #isReadingLog = false;
  #isClosed = false;
  #stopListening: (() => void) | undefined;
  #cancelAgain: (() => void) | undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /** Begins to hear. */
  open(): void {
    const { listen, work, onPeople, onState, onConnected, onLost } = this.#options;
    this.#stopListening = listen(() => lastKnown(work.copy.peek()), {
      change: (change) => this.#hear(change),
      people: onPeople,
      state: onState,
      connected: onConnected,
      lost: onLost,
      ended: (reason) => void this.#end(reason),
    });
  }

  /** Hears nothing more. */
  close(): void {
    this.#isClosed = true;
    this.#stopListening?.();
    this.#cancelAgain?.();
  }

  /** Reads what others did before the change whose answer is put aside, so that what waits behind it need not wait for the stream. */
  async catchUp(): Promise<Answer<unknown>> {
    const { work } = this.#options;
    for (;;) {
      const known = lastKnown(work.copy.peek());
      const answer = await this.#readLog();
      const copy = work.copy.peek();
      if (answer.kind !== 'done' || copy.answer === undefined) return answer;
      if (lastKnown(copy) > known) continue;
      // The server tells less than it has said to have done.
      work.goAstray();
      return answer;
    }
  }

  /** Reads the draft of now, and meets what was done here with it. */
  async readDraft(): Promise<Answer<unknown>> {
    const { api, work, contact } = this.#options;
    const answer = await api.draft();
    contact.learn(answer);
    if (answer.kind === 'done') work.rescue(answer.value.sequence, answer.value.tree);
    else if (answer.kind === 'refused')
      contact.end(answer.problem.status === 404 ? 'deleted' : 'not-allowed');
    return answer;
  }

  #hear(change: HeardChange): void {
    const { work, sender, onHeard } = this.#options;
    if (work.isAstray) return;
    if (change.sequence > lastKnown(work.copy.peek()) + 1) {
      if (!this.#isReadingLog) void this.#readLog();
      return;
    }
    onHeard(change.operations);
    work.follow((before) => hear(before, change));
    if (work.isAstray) sender.now();
  }

  /** Reads the changes that were not heard. */
  async #readLog(): Promise<Answer<unknown>> {
    const { api, work, contact } = this.#options;
    this.#isReadingLog = true;
    const answer = await api.changesAfter(lastKnown(work.copy.peek()));
    this.#isReadingLog = false;
    contact.learn(answer);
    if (answer.kind === 'done') for (const change of answer.value.changes) this.#hear(change);
    else if (answer.kind === 'refused') work.goAstray();
    return answer;
  }

  async #end(reason: EndReason): Promise<void> {
    const { api, work, contact, sender, later } = this.#options;
    if (reason === 'log-gone') {
      work.goAstray();
      sender.now();
    } else if (reason === 'not-allowed') {
      // The stream ends so for those too whose session is over.
      const answer = await api.changesAfter(lastKnown(work.copy.peek()));
      contact.learn(answer);
      if (answer.kind === 'refused') return contact.end(reason);
    } else return contact.end(reason);
    if (!this.#isClosed) this.#cancelAgain = later(AGAIN_MS, () => this.open());
  }
}
