import { runSteps, type Steps, waitFor } from './steps.ts';

/**
 * The time that one widget's own template has. It stands still while a child is rendered.
 *
 * A template that waits is ended by a timer, and one that computes by {@link OwnTime.check}, which the engine calls with every step.
 */
export class OwnTime {
  readonly #now: () => number;
  readonly #limit: number;
  #left: number;
  #since = 0;
  #isRunning = false;
  #isOver = false;
  /** Ends what is waited for; undefined while nothing is. */
  #expire: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param now milliseconds from any start that never go back */
  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#left = limit;
    this.#now = now;
  }

  /** Does something in this time. @throws TooSlow */
  *within<T>(work: () => Steps<T>): Steps<T> {
    this.#start();
    try {
      const done = runSteps(work());
      return yield* waitFor(done instanceof Promise ? this.#endInTime(done) : done);
    } finally {
      this.#stop();
      // What still goes on is ended with its next step.
      this.#isOver = true;
    }
  }

  /** Does something that takes the time of others. */
  *others<T>(work: () => Steps<T>): Steps<T> {
    this.check();
    this.#stop();
    try {
      return yield* work();
    } finally {
      if (!this.#isOver) this.#start();
    }
  }

  /** Milliseconds that were taken of it until it last stood still. */
  get taken(): number {
    return this.#limit - this.#left;
  }

  /** @throws TooSlow when the time is over */
  check(): void {
    if (this.#isOver || this.#now() - this.#since > this.#left) throw new TooSlow(this.#limit);
  }

  async #endInTime<T>(work: Promise<T>): Promise<T> {
    const { promise: tooSlow, reject } = Promise.withResolvers<never>();
    this.#expire = () => reject(new TooSlow(this.#limit));
    if (this.#isRunning) this.#setTimer();
    return await Promise.race([work, tooSlow]);
  }

  #start(): void {
    this.#since = this.#now();
    this.#isRunning = true;
    if (this.#expire !== undefined) this.#setTimer();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#isRunning = false;
    this.#left -= this.#now() - this.#since;
  }

  #setTimer(): void {
    const left = this.#left - (this.#now() - this.#since);
    this.#timer = setTimeout(() => this.#expire?.(), Math.max(1, left));
  }
}

/** What ends a widget that took more than its time. */
export class TooSlow extends Error {
  constructor(limit: number) {
    super(`it took more than ${limit} ms of its own`);
  }
}
