import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Session } from '../session/session.ts';
import { type CheckFinding, readCheckMessage } from './check-message.ts';
import { countOf } from './findings.ts';

/** How far a check has got. */
export type CheckState =
  | { readonly kind: 'saving' }
  /** The page is loaded into a frame, and looked at in it. `run` is another number each time. */
  | { readonly kind: 'running'; readonly run: number }
  | { readonly kind: 'failed'; readonly why: string }
  /** `sequence`: the number of the draft that was looked at. */
  | { readonly kind: 'found'; readonly findings: readonly CheckFinding[]; readonly sequence: number };

/** Milliseconds that a check may take. */
export const CHECK_MS = 60_000;

/** A check of the draft, which can be done again. */
export class Checking {
  readonly state: ReadonlySignal<CheckState>;
  readonly #session: Session;
  readonly #state: Signal<CheckState> = signal({ kind: 'saving' });
  #runs = 0;
  #sequence = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
    this.state = this.#state;
  }

  /** Saves everything, then checks. */
  async run(): Promise<void> {
    const { words, acknowledged } = this.#session;
    clearTimeout(this.#timer);
    this.#state.value = { kind: 'saving' };
    if (!(await this.#session.flush())) return this.#fail(words.publishing.notOffline);
    this.#sequence = acknowledged.peek().sequence;
    this.#runs += 1;
    this.#state.value = { kind: 'running', run: this.#runs };
    this.#timer = setTimeout(() => this.#fail(words.check.failed), CHECK_MS);
  }

  /** Takes what the page in the frame of the check said, if it said it. */
  hear({ data, origin, source }: MessageEvent, frame: MessageEventSource | null | undefined): void {
    if (frame == null || source !== frame || origin !== location.origin) return;
    const message = readCheckMessage(data);
    if (message === undefined || this.#state.peek().kind !== 'running') return;
    clearTimeout(this.#timer);
    const { check } = this.#session.words;
    if ('failure' in message) {
      this.#fail(check.failed);
      return;
    }
    this.#state.value = { kind: 'found', findings: message.findings, sequence: this.#sequence };
    const count = countOf(message.findings);
    this.#session.announcement.value = count === 0 ? check.none : check.found({ count });
  }

  /** Waits for nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #fail(why: string): void {
    clearTimeout(this.#timer);
    this.#state.value = { kind: 'failed', why };
    this.#session.announcement.value = why;
  }
}
