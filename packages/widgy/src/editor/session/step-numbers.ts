import type { Steps } from '../draft/index.ts';

/** Milliseconds without a key after which what is typed into the same field is another step. */
export const BURST_MS = 3_000;

/** A step that an edit is to belong to. */
export interface NextStep {
  readonly number: number;
  readonly burst: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Counts the steps of one tab, and says which edits are one step: what is typed in one go. */
export class StepNumbers {
  #number: number;
  #burst: string | undefined;
  #at = 0;

  /** @param steps what was done in the tab before it was loaded again */
  constructor({ done, undone }: Steps) {
    this.#number = Math.max(0, ...[...done, ...undone].map(({ number }) => number));
  }

  /** The step of an edit that is wanted: the last one, where it goes on with what was typed. Nothing is counted yet. */
  next(at: number, burst?: string): NextStep {
    // A clock may be set back, too.
    const goesOn = burst !== undefined && burst === this.#burst && Math.abs(at - this.#at) < BURST_MS;
    return { number: goesOn ? this.#number : this.#number + 1, burst, at };
  }

  /** Counts a step, once its edit was done. */
  take({ number, burst, at }: NextStep): void {
    this.#number = number;
    this.#burst = burst;
    this.#at = at;
  }

  /** What is typed from now on is a step of its own. */
  endBurst(): void {
    this.#burst = undefined;
  }
}
