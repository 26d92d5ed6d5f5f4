import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import {
  acknowledge,
  changeToSend,
  type LocalChange,
  numberChange,
  reasonOfProblem,
  refuseFirst,
  type StepLabel,
  type ToldProblem,
  type TurnWay,
} from '../draft/index.ts';
import type { Answer } from '../server/answer.ts';
import type { DraftApi } from '../server/draft-api.ts';
import type { Contact } from './contact.ts';
import type { Follower } from './follower.ts';
import type { Keeper } from './keeper.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Refusals that say nothing against a change, but that the log does not lead from what this tab knows to the draft of now. */
const ASTRAY: ReadonlySet<string> = new Set(['log-gone', 'stale', 'sequence-unknown']);

/** What sending needs. */
export interface OutboxOptions {
  readonly api: Pick<DraftApi, 'change' | 'undo'>;
  readonly work: WorkingCopy;
  readonly keeper: Keeper;
  readonly contact: Contact;
  readonly follower: Pick<Follower, 'catchUp' | 'readDraft'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told what the server did to take something back, or to do it again. */
  readonly onTurned: (operations: readonly Operation[]) => void;
  /** Is told what the server did not take back or do again. */
  readonly onNotTurned: (way: TurnWay, step: StepLabel) => void;
}

/** Gets what waits to the server, and takes in what came of it. When to send it is for a `Sender` to say. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #savedAt: Signal<number | undefined> = signal(undefined);

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** When the server acknowledged the last change, in milliseconds since 1970. */
  get savedAt(): ReadonlySignal<number | undefined> {
    return this.#savedAt;
  }

  /** Sends the oldest change that waits, or sends it again; undefined where nothing is to be asked of the server. */
  send(): Promise<Answer<unknown>> | undefined {
    const { work, contact, follower } = this.#options;
    if (contact.ended.peek() !== undefined) return undefined;
    if (work.isAstray) return follower.readDraft();
    const before = work.copy.peek();
    if (before.answer !== undefined) return follower.catchUp();
    const change = changeToSend(before);
    if (change === undefined) return undefined;
    const { sequence } = work.startSending();
    return this.#deliver(change, sequence, before.isUnderWay);
  }

  /** Sends what was typed just now, without waiting until it is kept: there is no time. Its answer is asked for again by whoever comes back. */
  sendLast(): void {
    const { api, work, keeper, contact } = this.#options;
    const { isUnderWay, waiting } = work.copy.peek();
    const [first] = waiting;
    if (isUnderWay || first?.kind !== 'edit' || contact.ended.peek() !== undefined) return;
    const { sequence: after } = work.startSending();
    const { key, operations } = first;
    void api.change({ key, after, operations, isLast: true });
    void keeper.now();
  }

  /** @param isAgain whether it was sent before, and no answer came */
  async #deliver(change: LocalChange, after: number, isAgain: boolean): Promise<Answer<unknown>> {
    const { api, work, keeper, contact, follower, now, onTurned } = this.#options;
    const { key } = change;
    // A tab that is killed now asks again for what may have been done.
    await keeper.now();
    const answer =
      change.kind === 'undo'
        ? await api.undo({ key, change: change.undoes })
        : await api.change({ key, after, operations: change.operations });
    if (answer.kind === 'refused' && ASTRAY.has(answer.problem.code) && change.kind === 'edit') {
      // It was refused, so it was not done; only where the log is gone an earlier time may have been.
      const mayBeDone = isAgain && answer.problem.code === 'log-gone';
      if (!mayBeDone) work.stopSending();
      work.goAstray();
      return await follower.readDraft();
    }
    batch(() => {
      contact.learn(answer);
      if (answer.kind === 'done') {
        const { sequence, operations } = answer.value;
        const number = operations.length === 0 ? null : sequence;
        const steps = numberChange(work.steps.peek(), key, number);
        work.follow((copy) => acknowledge(copy, { key, sequence, operations }), steps);
        this.#savedAt.value = now();
        if (change.kind === 'undo') onTurned(operations);
      } else if (answer.kind === 'refused') {
        this.#refused(change, answer.problem);
      }
    });
    // Nobody is to be asked about what is saved.
    if (work.copy.peek().waiting.length === 0) void keeper.now();
    return work.copy.peek().answer === undefined ? answer : await follower.catchUp();
  }

  #refused(change: LocalChange, problem: ToldProblem): void {
    const { work, onNotTurned } = this.#options;
    const { key } = change;
    if (change.kind === 'edit') {
      work.follow((copy) => refuseFirst(copy, key, reasonOfProblem(problem)));
      return;
    }
    // What somebody else made of it since is theirs: there is nothing to decide. It is listed all the same, since whoever wanted it was told that it
    // was done, and may be far from it by now.
    const { way, label: step } = change;
    work.follow((copy) => refuseFirst(copy, key, { kind: 'worked-on', way, step }));
    onNotTurned(way, step);
  }
}
