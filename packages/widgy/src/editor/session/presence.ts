import type { Answer } from '../server/answer.ts';
import type { DraftApi } from '../server/draft-api.ts';

/** Milliseconds between two times that a tab says that it is there. */
export const PRESENT_MS = 10_000;

/** Milliseconds that somebody stays at a widget before others are told. */
export const STAY_MS = 200;

/** What saying where somebody is needs. */
export interface PresenceOptions {
  readonly api: Pick<DraftApi, 'present' | 'leave'>;
  /** The id under which others are told of this tab, as long as nobody else has it. */
  readonly client: string;
  readonly newId: () => string;
  readonly later: (ms: number, call: () => void) => () => void;
  /** The widget that somebody is at; null for none. */
  readonly widget: () => string | null;
  /** Is told what became of each time that it was said. */
  readonly onAnswer: (answer: Answer<null>) => void;
}

/** Says where somebody is, and again before that is forgotten, until they leave. */
export class Presence {
  readonly #options: PresenceOptions;
  #client: string;
  #cancel: (() => void) | undefined;
  #isHere = false;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#client = options.client;
  }

  /** The id under which others are told of this tab. */
  get client(): string {
    return this.#client;
  }

  /** Says it in a moment: somebody who goes through the outline says where they are once they stay. */
  soon(): void {
    this.#isHere = true;
    this.#cancel?.();
    this.#cancel = this.#options.later(STAY_MS, () => void this.now());
  }

  /** Says it at once. */
  async now(): Promise<void> {
    const { api, later, newId, widget, onAnswer } = this.#options;
    this.#isHere = true;
    this.#cancel?.();
    this.#cancel = later(PRESENT_MS, () => void this.now());
    const answer = await api.present(this.#client, widget());
    if (!this.#isHere) return;
    onAnswer(answer);
    if (answer.kind !== 'refused' || answer.problem.code !== 'client-taken') return;
    // Somebody else worked in this tab before.
    this.#client = newId();
    this.soon();
  }

  /** Says that nobody is here any more, though the page is left. */
  leave(): void {
    if (!this.#isHere) return;
    this.#isHere = false;
    this.#cancel?.();
    void this.#options.api.leave(this.#client);
  }
}
