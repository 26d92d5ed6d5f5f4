/**
 * The time that one widget's own template has. It stands still while a child is rendered.
 *
 * A template that waits is ended by a timer, and one that computes by {@link OwnTime.check}, which the engine calls with every step.
 */
export class OwnTime {
  readonly #now: () => number;
  readonly #limit: number;
  readonly #over = Promise.withResolvers<never>();
  #left: number;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** @param now milliseconds from any start that never go back */
  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#left = limit;
    this.#now = now;
  }

  /** Waits for something in this time. @throws TooSlow */
  async wait<T>(work: () => Promise<T>): Promise<T> {
    this.#start();
    try {
      return await Promise.race([work(), this.#over.promise]);
    } finally {
      this.#stop();
      // What still goes on is ended with its next step.
      this.#isOver = true;
    }
  }

  /** Does something that takes the time of others. */
  async others<T>(work: () => Promise<T>): Promise<T> {
    this.check();
    this.#stop();
    try {
      return await work();
    } finally {
      if (!this.#isOver) this.#start();
    }
  }

  /** @throws TooSlow when the time is over */
  check(): void {
    if (this.#isOver || this.#now() - this.#since > this.#left) throw new TooSlow(this.#limit);
  }

  #start(): void {
    this.#since = this.#now();
    const expire = () => this.#over.reject(new TooSlow(this.#limit));
    this.#timer = setTimeout(expire, Math.max(1, this.#left));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#left -= this.#now() - this.#since;
  }
}

/** What ends a widget that took more than its time. */
export class TooSlow extends Error {
  constructor(limit: number) {
    super(`it took more than ${limit} ms of its own`);
  }
}
