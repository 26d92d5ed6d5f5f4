import assert from 'node:assert/strict';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import type { Operation } from '../../tree/operation.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { acknowledge } from './acknowledge.ts';
import { settleConflict } from './conflict.ts';
import { changeToSend, type DraftCopy, lastKnown, openCopy, startSending } from './draft-copy.ts';
import { edit } from './edit.ts';
import { hear } from './hear.ts';
import { formatKept, keptOf, parseKept } from './kept.ts';
import { refuseFirst } from './refuse.ts';
import { resumeCopy } from './resume.ts';
import type { ServerAnswer, ServerModel, ServerRequest } from './server-fixture.ts';
import { forgetLost, NO_STEPS, numberChange, recordStep, type Steps } from './steps.ts';
import { redoStep, type TurnedRound, undoStep } from './turn-round.ts';

/** What became of every change of all tabs: what a test holds at the end. */
export interface Fates {
  readonly made: Set<string>;
  readonly acknowledged: Map<string, ServerAnswer & { ok: true }>;
  readonly conflicted: Set<string>;
  readonly takenBack: Set<string>;
  /** Not kept when its tab was killed. */
  readonly lostUnkept: Set<string>;
  /** Nothing was left to do. */
  readonly voided: Set<string>;
}

/** One tab as the session runs it, without clocks: what happens next is said from outside. */
export class Tab {
  readonly name: string;
  readonly #server: ServerModel;
  readonly #catalogue: Catalogue;
  readonly #fates: Fates;
  copy: DraftCopy;
  steps: Steps = NO_STEPS;
  /** On the way to the server, on the way back, or neither. */
  request: ServerRequest | undefined;
  answer: ServerAnswer | undefined;
  #kept: string;
  #keys = 0;
  #step = 0;

  constructor(name: string, server: ServerModel, catalogue: Catalogue, fates: Fates) {
    this.name = name;
    this.#server = server;
    this.#catalogue = catalogue;
    this.#fates = fates;
    this.copy = openCopy(server.log.length, server.tree);
    this.#kept = this.#text();
  }

  /** Does operations as a new step, or as a part of the last one. */
  edit(operations: readonly Operation[], isBurst: boolean): void {
    if (!isBurst) this.#step += 1;
    const step = this.#step;
    const key = this.#newKey();
    const edited = edit(this.copy, this.#catalogue, DEFAULT_LIMITS, { key, step, operations });
    if (!edited.ok || edited.key === undefined) return;
    this.#fates.made.add(edited.key);
    this.#become(edited.copy);
    this.steps = recordStep(this.steps, { number: step, label: { kind: 'edit' }, key: edited.key });
  }

  undo(): TurnedRound['kind'] {
    return this.#turn(undoStep(this.copy, this.steps, this.#options()));
  }

  redo(): TurnedRound['kind'] {
    return this.#turn(redoStep(this.copy, this.steps, this.#options()));
  }

  #options() {
    return { catalogue: this.#catalogue, limits: DEFAULT_LIMITS, newKey: () => this.#newKey() };
  }

  #turn(turned: TurnedRound): TurnedRound['kind'] {
    if (turned.kind !== 'done') return turned.kind;
    const before = new Set(this.copy.waiting.map(({ key }) => key));
    const after = new Set(turned.copy.waiting.map(({ key }) => key));
    for (const key of after.difference(before)) this.#fates.made.add(key);
    for (const key of before.difference(after)) this.#fates.takenBack.add(key);
    this.steps = turned.steps;
    this.#become(turned.copy);
    return turned.kind;
  }

  /** Sends the first of what waits, or again what has no answer. */
  send(): void {
    if (this.request !== undefined || this.answer !== undefined) return;
    this.#become(startSending(this.copy));
    const change = changeToSend(this.copy);
    if (change === undefined) return;
    this.keep();
    const { key } = change;
    const author = this.name;
    this.request =
      change.kind === 'edit'
        ? { kind: 'edit', key, author, after: this.copy.sequence, operations: change.operations }
        : { kind: 'undo', key, author, undoes: change.undoes };
  }

  /** The request gets to the server. */
  arrive(): void {
    if (this.request === undefined) return;
    this.answer = this.#server.answer(this.request);
    this.request = undefined;
  }

  /** The answer gets to the tab. */
  take(): void {
    const { answer } = this;
    this.answer = undefined;
    if (answer === undefined) return;
    const { key } = answer;
    if (!answer.ok) {
      this.#become(refuseFirst(this.copy, key, answer.reason));
      this.#fates.conflicted.add(key);
    } else {
      this.#fates.acknowledged.set(key, answer);
      this.steps = numberChange(this.steps, key, answer.operations.length > 0 ? answer.sequence : null);
      this.#become(acknowledge(this.copy, answer));
      const again = acknowledge(this.copy, answer);
      assert.deepEqual(again, this.copy, 'an answer that comes twice changes nothing');
    }
  }

  /** Whatever is on the way is lost. */
  cut(): void {
    this.request = undefined;
    this.answer = undefined;
  }

  /** Hears up to so many of the next changes. */
  hear(count: number): void {
    for (const change of this.#server.log.slice(lastKnown(this.copy)).slice(0, count)) {
      this.#become(hear(this.copy, change));
    }
  }

  settle(): void {
    const [conflict] = this.copy.conflicts;
    if (conflict !== undefined) this.#become(settleConflict(this.copy, conflict.key));
  }

  keep(): void {
    this.#kept = this.#text();
  }

  /** The tab is killed, and another one goes on with what it kept. */
  kill(): void {
    this.cut();
    const lost = new Set(this.copy.waiting.map(({ key }) => key));
    const kept = parseKept(this.#kept);
    assert.ok(kept);
    assert.equal(formatKept(kept), this.#kept);
    this.steps = kept.steps;
    this.copy = resumeCopy(
      kept,
      this.#server.log.slice(0, Math.ceil((kept.sequence + this.#server.log.length) / 2)),
    );
    const back = new Set(kept.waiting.map(({ key }) => key));
    for (const key of lost.difference(back)) this.#fates.lostUnkept.add(key);
    for (const key of back) {
      this.#fates.takenBack.delete(key);
      this.#fates.conflicted.delete(key);
    }
    this.#noteLost(back);
  }

  #become(copy: DraftCopy): void {
    const before = new Set(this.copy.waiting.map(({ key }) => key));
    this.copy = copy;
    this.#noteLost(before);
  }

  /** What does not wait any more has a reason not to. */
  #noteLost(before: ReadonlySet<string>): void {
    for (const { changes } of this.copy.conflicts) {
      for (const { key } of changes) this.#fates.conflicted.add(key);
    }
    const now = new Set(this.copy.waiting.map(({ key }) => key));
    const { acknowledged, conflicted, takenBack } = this.#fates;
    for (const key of before.difference(now)) {
      if (!acknowledged.has(key) && !conflicted.has(key) && !takenBack.has(key)) this.#fates.voided.add(key);
    }
    this.steps = forgetLost(this.steps, this.copy.waiting);
  }

  #newKey(): string {
    this.#keys += 1;
    return `${this.name}.${this.#keys}`;
  }

  #text(): string {
    return formatKept(keptOf(this.copy, this.steps));
  }
}
