import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Tree } from '../../tree/tree.ts';
import {
  type DraftCopy,
  forgetLost,
  formatKept,
  keptOf,
  openCopy,
  rescueCopy,
  type Steps,
  startSending,
} from '../draft/index.ts';

/** What a working copy needs. */
export interface WorkingCopyOptions {
  readonly start: { readonly copy: DraftCopy; readonly steps: Steps };
  /** Called when there is something new to be kept on the device. */
  readonly onChange: () => void;
  /** Is told what should not have happened. */
  readonly report: (error: unknown) => void;
}

/** The copy of a draft that a tab has now, and what was done in it: each change gives another value. */
export class WorkingCopy {
  readonly #options: WorkingCopyOptions;
  readonly #copy: Signal<DraftCopy>;
  readonly #steps: Signal<Steps>;
  #isAstray = false;

  constructor(options: WorkingCopyOptions) {
    this.#options = options;
    this.#copy = signal(options.start.copy);
    this.#steps = signal(options.start.steps);
  }

  get copy(): ReadonlySignal<DraftCopy> {
    return this.#copy;
  }

  get steps(): ReadonlySignal<Steps> {
    return this.#steps;
  }

  /** Whether what the server does cannot be followed any more: then the draft of now is to be read. */
  get isAstray(): boolean {
    return this.#isAstray;
  }

  /** What the device keeps of it. */
  text(): string {
    return formatKept(keptOf(this.#copy.peek(), this.#steps.peek()));
  }

  /** Takes a new copy, and has it kept soon. */
  take(copy: DraftCopy, steps: Steps = this.#steps.peek()): void {
    batch(() => {
      this.#copy.value = copy;
      this.#steps.value = forgetLost(steps, copy.waiting);
    });
    this.#options.onChange();
  }

  /** Takes the copy as it is after something that the server did. Where that does not fit it, the tab is astray. */
  follow(meet: (copy: DraftCopy) => DraftCopy, steps?: Steps): void {
    const before = this.#copy.peek();
    let copy = before;
    try {
      copy = meet(before);
    } catch (error) {
      this.#options.report(error);
      this.#isAstray = true;
    }
    this.take(copy, steps);
  }

  /** Says that nothing leads from what this tab knows to the draft of now. */
  goAstray(): void {
    this.#isAstray = true;
  }

  /** Meets what was done here with the draft of now: nothing of that is lost, though nobody knows what led there. */
  rescue(sequence: number, tree: Tree): void {
    this.#isAstray = false;
    this.take(rescueCopy(openCopy(sequence, tree), keptOf(this.#copy.peek(), this.#steps.peek())));
  }

  /** The oldest change that waits is under way from now on. Whoever sends it has that kept first. */
  startSending(): DraftCopy {
    this.#copy.value = startSending(this.#copy.peek());
    return this.#copy.peek();
  }

  /** What was under way was not done. */
  stopSending(): void {
    this.#copy.value = { ...this.#copy.peek(), isUnderWay: false };
  }
}
