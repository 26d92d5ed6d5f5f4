import type { Answer } from '../server/answer.ts';

/** What a sender does its work with. */
export interface SenderOptions {
  /** Sends the first thing that waits, and takes in what came of it; undefined where nothing waits. */
  readonly send: () => Promise<Answer<unknown>> | undefined;
  readonly onState: (state: SenderState) => void;
  /** Calls a function after milliseconds; returns a function that calls that off. */
  readonly later: (ms: number, call: () => void) => () => void;
}

/** What became of the last thing that was sent. */
export type SenderState = 'idle' | 'sending' | 'unreachable' | 'signed-out';

/** Milliseconds without another edit after which what was typed behind the first of it is sent. */
export const PAUSE_MS = 400;

/** Milliseconds after which what was typed is sent, however long somebody goes on. */
export const LONGEST_WAIT_MS = 1_500;

/** Milliseconds before something that did not get through is sent again: each time twice as many, */
export const FIRST_RETRY_MS = 1_000;

/** and no more than this. */
export const LONGEST_RETRY_MS = 15_000;

/** Sends what waits, one at a time and in its order: at once, after a pause, and again where it did not get through. */
export class Sender {
  readonly #options: SenderOptions;
  #state: SenderState = 'idle';
  #retryMs = FIRST_RETRY_MS;
  #cancelPause: (() => void) | undefined;
  #cancelLongest: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #isStopped = false;
  readonly #idle: (() => void)[] = [];

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends the first that is typed or chosen at once, so that it is soon seen, and what comes right behind it as one thing, once nothing was added for a moment. */
  soon(): void {
    const { later } = this.#options;
    if (this.#cancelPause === undefined) void this.#run();
    this.#cancelPause?.();
    this.#cancelPause = later(PAUSE_MS, () => this.now());
    this.#cancelLongest ??= later(LONGEST_WAIT_MS, () => this.now());
  }

  /** Sends what waits at once. */
  now(): void {
    this.#forgetTimers();
    void this.#run();
  }

  /** Resolves when nothing is under way: true where all was sent, false where something waits for the server. */
  async settled(): Promise<boolean> {
    this.now();
    while (this.#state === 'sending') await new Promise<void>((resolve) => this.#idle.push(resolve));
    return this.#state === 'idle';
  }

  /** Sends nothing more. */
  stop(): void {
    this.#isStopped = true;
    this.#forgetTimers();
    this.#cancelRetry?.();
  }

  async #run(): Promise<void> {
    if (this.#state === 'sending' || this.#isStopped) return;
    this.#cancelRetry?.();
    for (;;) {
      const sent = this.#options.send();
      if (sent === undefined) return this.#become('idle');
      this.#become('sending');
      const { kind } = await sent;
      if (this.#isStopped) return this.#become('idle');
      if (kind === 'unreachable' || kind === 'signed-out') {
        this.#cancelRetry = this.#options.later(this.#retryMs, () => void this.#run());
        this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
        return this.#become(kind);
      }
      this.#retryMs = FIRST_RETRY_MS;
      // What was typed while the answer came waits for its pause.
      if (this.#cancelPause !== undefined) return this.#become('idle');
    }
  }

  #become(state: SenderState): void {
    this.#state = state;
    this.#options.onState(state);
    if (state !== 'sending') for (const resolve of this.#idle.splice(0)) resolve();
  }

  #forgetTimers(): void {
    this.#cancelPause?.();
    this.#cancelLongest?.();
    this.#cancelPause = undefined;
    this.#cancelLongest = undefined;
  }
}
