import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Answer } from '../server/answer.ts';
import type { EndOfWork, Stranger } from './saving-state.ts';
import type { Sender } from './sender.ts';

/** What a tab knows of its server: whether it is reached, whom it takes this for, and whether there is anything left to work on. */
export class Contact {
  readonly #sender: Pick<Sender, 'now' | 'stop'>;
  readonly #isReached: Signal<boolean> = signal(true);
  readonly #stranger: Signal<Stranger | undefined> = signal(undefined);
  readonly #ended: Signal<EndOfWork | undefined> = signal(undefined);

  /** @param sender sends again once the server is back, and nothing more when it is over */
  constructor(sender: Pick<Sender, 'now' | 'stop'>) {
    this.#sender = sender;
  }

  /** Whether the last request got an answer. */
  get isReached(): ReadonlySignal<boolean> {
    return this.#isReached;
  }

  /** Who is signed in where it is not whose tab this is. */
  get stranger(): ReadonlySignal<Stranger | undefined> {
    return this.#stranger;
  }

  /** Why the draft cannot be worked on any more; undefined where it can. */
  get ended(): ReadonlySignal<EndOfWork | undefined> {
    return this.#ended;
  }

  /** Learns from an answer, or from getting none: what waits is sent once the server is reached again, and the same person is signed in. */
  learn(answer: Answer<unknown>): void {
    const wasAway = !this.#isReached.peek() || this.#stranger.peek() !== undefined;
    this.#isReached.value = answer.kind !== 'unreachable';
    if (answer.kind === 'unreachable') return;
    if (answer.kind !== 'signed-out') this.#stranger.value = undefined;
    else this.#stranger.value = answer.isSomebodyElse === true ? 'somebody-else' : 'nobody';
    if (wasAway && this.#stranger.peek() === undefined) this.#sender.now();
  }

  /** The draft cannot be worked on any more. */
  end(reason: EndOfWork): void {
    this.#ended.value = reason;
    this.#sender.stop();
  }
}
