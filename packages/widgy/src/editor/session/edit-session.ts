import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { Tree } from '../../tree/tree.ts';
import type { IdMaker } from '../../tree/widget.ts';
import {
  acknowledge,
  changeToSend,
  type DraftCopy,
  edit,
  forgetLost,
  formatKept,
  type HeardChange,
  hear,
  keptOf,
  type LocalChange,
  lastKnown,
  nextRedo,
  nextUndo,
  numberChange,
  openCopy,
  reasonOfProblem,
  recordStep,
  redoStep,
  refuseFirst,
  rescueCopy,
  type StepLabel,
  type Steps,
  settleConflict,
  startSending,
  type TurnedRound,
  undoStep,
} from '../draft/index.ts';
import type { Answer } from '../server/answer.ts';
import type { Device } from '../server/device.ts';
import type { DraftApi, ToldPerson } from '../server/draft-api.ts';
import type { EditorData } from '../server/editor-data.ts';
import type { EndReason, EventHandlers } from '../server/events.ts';
import type { Words } from '../words/index.ts';
import { type LostLinks, lostLinksIn, withoutSet } from './lost-links.ts';
import { Presence } from './presence.ts';
import { NO_SELECTION, type Selection, selectionIn } from './selection.ts';
import { Sender, type SenderState } from './sender.ts';
import type { Edited, PresentPerson, SavingState, Session } from './session.ts';
import { notTurnedText, stepText } from './step-text.ts';

/** What a session is opened with. */
export interface EditSessionOptions {
  readonly data: EditorData;
  readonly words: Words;
  readonly catalogue: Catalogue;
  readonly newId: IdMaker;
  /** The id of this tab. */
  readonly client: string;
  /** What this tab begins with: the draft, or what it had before it was loaded again. */
  readonly start: { readonly copy: DraftCopy; readonly steps: Steps };
  readonly api: DraftApi;
  readonly device: Device;
  /** Listens to what happens to the draft; returns a function that ends that. */
  readonly listen: (after: () => number, handlers: EventHandlers) => () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls a function after milliseconds; returns a function that calls that off. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** Is told what should not have happened. */
  readonly report: (error: unknown) => void;
}

/** Milliseconds after an edit before it is kept on the device. */
export const KEEP_MS = 200;

/** Milliseconds without a key after which what is typed into the same field is another step. */
export const BURST_MS = 3_000;

/** Milliseconds before a stream that ended though somebody may go on is opened again. */
export const AGAIN_MS = 2_000;

/** Refusals that say nothing against a change, but that the log does not lead from what this tab knows to the draft of now. */
const ASTRAY: ReadonlySet<string> = new Set(['log-gone', 'stale', 'sequence-unknown']);

/** One tab in which somebody edits a document. */
export class EditSession implements Session {
  readonly data: EditorData;
  readonly words: Words;
  readonly catalogue: Catalogue;
  readonly newId: IdMaker;
  readonly tree: ReadonlySignal<Tree>;
  readonly acknowledged: Session['acknowledged'];
  readonly saving: ReadonlySignal<SavingState>;
  readonly conflicts: Session['conflicts'];
  readonly people: Signal<readonly PresentPerson[]> = signal([]);
  readonly selection: Signal<Selection> = signal(NO_SELECTION);
  readonly lostLinks: Signal<LostLinks>;
  readonly announcement: Signal<string> = signal('');
  readonly canUndo: ReadonlySignal<StepLabel | undefined>;
  readonly canRedo: ReadonlySignal<StepLabel | undefined>;

  /** Whether something was done here that neither the server has nor this device keeps. */
  readonly isAtRisk: ReadonlySignal<boolean>;

  readonly #options: EditSessionOptions;
  readonly #copy: Signal<DraftCopy>;
  readonly #steps: Signal<Steps>;
  readonly #sender: Sender;
  readonly #sending: Signal<SenderState> = signal('idle');
  readonly #ended: Signal<'deleted' | 'not-allowed' | undefined> = signal(undefined);
  /** Who is signed in where it is not whose tab this is. */
  readonly #stranger: Signal<'nobody' | 'somebody-else' | undefined> = signal(undefined);
  /** Whether the last request got an answer. */
  readonly #isReached: Signal<boolean> = signal(true);
  readonly #presence: Presence;
  readonly #savedAt: Signal<number | undefined> = signal(undefined);
  readonly #isKept: Signal<boolean> = signal(true);
  readonly #ends: (() => void)[] = [];
  #step: number;
  #burst: string | undefined;
  #burstAt = 0;
  #cancelKeep: (() => void) | undefined;
  #isReadingLog = false;
  /** Whether what the server does cannot be followed any more: then the draft of now is read. */
  #isAstray = false;
  #stopListening: (() => void) | undefined;

  constructor(options: EditSessionOptions) {
    const { data, words, catalogue, newId, start } = options;
    this.#options = options;
    this.data = data;
    this.words = words;
    this.catalogue = catalogue;
    this.newId = newId;
    this.#copy = signal(start.copy);
    // What was done here since may have links of which the server did not tell the names.
    this.lostLinks = signal(lostLinksIn(start.copy.base.root, data));
    this.#steps = signal(start.steps);
    this.#step = Math.max(0, ...[...start.steps.done, ...start.steps.undone].map(({ number }) => number));
    this.#sender = new Sender({
      later: options.later,
      send: () => this.#send(),
      onState: (state) => {
        this.#sending.value = state;
      },
    });
    this.#presence = new Presence({
      ...{ api: options.api, client: options.client, newId, later: options.later },
      widget: () => this.selection.peek().ids.at(-1) ?? null,
      onAnswer: (answer) => this.#learn(answer),
    });
    this.tree = computed(() => this.#copy.value.tree);
    this.conflicts = computed(() => this.#copy.value.conflicts);
    const base = computed(() => this.#copy.value.base);
    this.acknowledged = computed(() => ({ tree: base.value, sequence: this.#copy.peek().sequence }));
    this.canUndo = computed(() => nextUndo(this.#steps.value)?.label);
    this.canRedo = computed(() => nextRedo(this.#steps.value)?.label);
    this.saving = computed(() => this.#savingState());
    this.isAtRisk = computed(() => {
      const { waiting, conflicts } = this.#copy.value;
      return !this.#isKept.value && waiting.length + conflicts.length > 0;
    });
  }

  /** Begins to send, to hear and to be seen, until it is closed. */
  open(): void {
    this.#listen();
    this.#ends.push(
      effect(() => {
        const { value } = this.selection;
        const found = selectionIn(this.tree.value, value);
        if (found !== value) this.selection.value = found;
      }),
      effect(() => {
        this.selection.value;
        this.#presence.soon();
      }),
      () => this.#presence.leave(),
      () => this.#stopListening?.(),
    );
    this.#sender.now();
  }

  /** Sends and hears nothing more. */
  close(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#sender.stop();
    this.#cancelKeep?.();
  }

  /** What the page does when it is left: what waits is kept, and others see nobody here any more. */
  leave(): void {
    this.#sendLast();
    if (this.#cancelKeep !== undefined) void this.#keep();
    this.#presence.leave();
  }

  /** What the page does when somebody comes back to it. */
  comeBack(): void {
    void this.#presence.now();
    this.#sender.now();
  }

  edit(label: StepLabel, operations: readonly Operation[], burst?: string): Edited {
    if (this.#ended.peek() !== undefined) return { ok: true };
    const at = this.#options.now();
    const isSameBurst = burst !== undefined && burst === this.#burst && at - this.#burstAt < BURST_MS;
    const number = isSameBurst ? this.#step : this.#step + 1;
    const wanted = { key: this.newId(), step: number, operations };
    const edited = edit(this.#copy.peek(), this.catalogue, this.data.limits, wanted);
    if (!edited.ok) return edited;
    const { copy, key } = edited;
    this.lostLinks.value = withoutSet(this.lostLinks.peek(), operations);
    if (key === undefined) return { ok: true };
    this.#step = number;
    this.#burst = burst;
    this.#burstAt = at;
    this.#change(copy, recordStep(this.#steps.peek(), { number, label, key }));
    if (burst === undefined) this.#sender.now();
    else this.#sender.soon();
    return { ok: true };
  }

  record(label: StepLabel, sequence: number): void {
    const key = this.newId();
    const number = this.#step + 1;
    this.#step = number;
    this.#burst = undefined;
    const steps = recordStep(this.#steps.peek(), { number, label, key });
    this.#change(this.#copy.peek(), numberChange(steps, key, sequence));
  }

  async undo(): Promise<void> {
    await this.#turn(undoStep, 'undo');
  }

  async redo(): Promise<void> {
    await this.#turn(redoStep, 'redo');
  }

  settle(key: string): void {
    this.#change(settleConflict(this.#copy.peek(), key), this.#steps.peek());
  }

  flush(): Promise<boolean> {
    return this.#sender.settled();
  }

  async #turn(turn: typeof undoStep, way: 'undo' | 'redo'): Promise<void> {
    this.#burst = undefined;
    const { undo: words } = this.words;
    const { catalogue, newId } = this;
    const attempt = (): TurnedRound =>
      turn(this.#copy.peek(), this.#steps.peek(), { catalogue, limits: this.data.limits, newKey: newId });
    let turned = attempt();
    // The number of a change that is under way is known in a moment, or when the connection is back.
    if (turned.kind === 'under-way' && (await this.#sender.settled())) turned = attempt();
    switch (turned.kind) {
      case 'nothing':
        this.announcement.value = way === 'undo' ? words.nothingToUndo : words.nothingToRedo;
        return;
      case 'under-way':
        this.announcement.value = words.waits;
        return;
      case 'needed':
      case 'refused':
        this.announcement.value = notTurnedText(this.words, way, turned.step.label);
        return;
      case 'done': {
        const step = stepText(this.words, turned.step.label);
        this.#change(turned.copy, turned.steps);
        this.announcement.value = way === 'undo' ? words.undone({ step }) : words.redone({ step });
        this.#sender.now();
      }
    }
  }

  /** Sends what was typed just now, without waiting until it is kept: there is no time. Its answer is asked for again by whoever comes back. */
  #sendLast(): void {
    const before = this.#copy.peek();
    const [first] = before.waiting;
    if (before.isUnderWay || first?.kind !== 'edit' || this.#ended.peek() !== undefined) return;
    const copy = startSending(before);
    this.#copy.value = copy;
    const { key, operations } = first;
    void this.#options.api.change({ key, after: copy.sequence, operations, isLast: true });
    void this.#keep();
  }

  /** Sends the oldest change that waits, or sends it again; undefined where nothing is to be asked of the server. */
  #send(): Promise<Answer<unknown>> | undefined {
    if (this.#ended.peek() !== undefined) return undefined;
    if (this.#isAstray) return this.#readDraft();
    const before = this.#copy.peek();
    if (before.answer !== undefined) return this.#catchUp();
    const change = changeToSend(before);
    if (change === undefined) return undefined;
    const copy = startSending(before);
    this.#copy.value = copy;
    return this.#deliver(change, copy.sequence, before.isUnderWay);
  }

  /** @param isAgain whether it was sent before, and no answer came */
  async #deliver(change: LocalChange, after: number, isAgain: boolean): Promise<Answer<unknown>> {
    const { api, now } = this.#options;
    const { key } = change;
    // A tab that is killed now asks again for what may have been done.
    if (!(await this.#keep())) this.#isKept.value = false;
    const answer =
      change.kind === 'undo'
        ? await api.undo({ key, change: change.undoes })
        : await api.change({ key, after, operations: change.operations });
    if (answer.kind === 'refused' && ASTRAY.has(answer.problem.code) && change.kind === 'edit') {
      // It was refused, so it was not done; only where the log is gone an earlier time may have been.
      const mayBeDone = isAgain && answer.problem.code === 'log-gone';
      if (!mayBeDone) this.#copy.value = { ...this.#copy.peek(), isUnderWay: false };
      this.#isAstray = true;
      return await this.#readDraft();
    }
    batch(() => {
      this.#learn(answer);
      if (answer.kind === 'done') {
        const { sequence, operations } = answer.value;
        const number = operations.length === 0 ? null : sequence;
        const steps = numberChange(this.#steps.peek(), key, number);
        this.#follow((copy) => acknowledge(copy, { key, sequence, operations }), steps);
        this.#savedAt.value = now();
      } else if (answer.kind === 'refused') {
        this.#refused(change, answer.problem);
      }
    });
    // Nobody is to be asked about what is saved.
    if (this.#copy.peek().waiting.length === 0) void this.#keep();
    return this.#copy.peek().answer === undefined ? answer : await this.#catchUp();
  }

  #refused(change: LocalChange, problem: Parameters<typeof reasonOfProblem>[0]): void {
    const { key } = change;
    if (change.kind === 'edit') {
      this.#follow((copy) => refuseFirst(copy, key, reasonOfProblem(problem)), this.#steps.peek());
      return;
    }
    // What somebody else made of it since is theirs: there is nothing to decide. It is listed all the same, since whoever wanted it was told that it
    // was done, and may be far from it by now.
    const { way, label: step } = change;
    this.#follow((copy) => refuseFirst(copy, key, { kind: 'worked-on', way, step }), this.#steps.peek());
    this.announcement.value = notTurnedText(this.words, way, step);
  }

  #hear(change: HeardChange): void {
    if (this.#isAstray) return;
    const copy = this.#copy.peek();
    if (change.sequence > lastKnown(copy) + 1) {
      if (!this.#isReadingLog) void this.#readLog();
      return;
    }
    this.lostLinks.value = withoutSet(this.lostLinks.peek(), change.operations);
    this.#follow((before) => hear(before, change), this.#steps.peek());
    if (this.#isAstray) this.#sender.now();
  }

  /** Reads the changes that were not heard. */
  async #readLog(): Promise<Answer<unknown>> {
    this.#isReadingLog = true;
    const answer = await this.#options.api.changesAfter(lastKnown(this.#copy.peek()));
    this.#isReadingLog = false;
    this.#learn(answer);
    if (answer.kind === 'done') for (const change of answer.value.changes) this.#hear(change);
    else if (answer.kind === 'refused') this.#isAstray = true;
    return answer;
  }

  /** Reads what others did before the change whose answer is put aside, so that what waits behind it need not wait for the stream. */
  async #catchUp(): Promise<Answer<unknown>> {
    for (;;) {
      const known = lastKnown(this.#copy.peek());
      const answer = await this.#readLog();
      const copy = this.#copy.peek();
      if (answer.kind !== 'done' || copy.answer === undefined) return answer;
      if (lastKnown(copy) > known) continue;
      // The server tells less than it has said to have done.
      this.#isAstray = true;
      return answer;
    }
  }

  /** Reads the draft of now, and meets what was done here with it: nothing of that is lost, though nobody knows what led there. */
  async #readDraft(): Promise<Answer<unknown>> {
    const answer = await this.#options.api.draft();
    this.#learn(answer);
    if (answer.kind === 'done') {
      const { sequence, tree } = answer.value;
      const steps = this.#steps.peek();
      this.#isAstray = false;
      this.#change(rescueCopy(openCopy(sequence, tree), keptOf(this.#copy.peek(), steps)), steps);
    } else if (answer.kind === 'refused') {
      this.#finish(answer.problem.status === 404 ? 'deleted' : 'not-allowed');
    }
    return answer;
  }

  /** Takes the copy as it is after something that the server did. Where that does not fit it, the draft of now is to be read. */
  #follow(meet: (copy: DraftCopy) => DraftCopy, steps: Steps): void {
    const before = this.#copy.peek();
    let copy = before;
    try {
      copy = meet(before);
    } catch (error) {
      this.#options.report(error);
      this.#isAstray = true;
    }
    this.#change(copy, steps);
  }

  #meet(people: readonly ToldPerson[]): void {
    const others = people.filter(({ client }) => client !== this.#presence.client);
    const { somebody } = this.words.presence;
    this.people.value = others.map((person) => ({ ...person, name: person.name ?? somebody }));
  }

  #listen(): void {
    this.#stopListening = this.#options.listen(() => lastKnown(this.#copy.peek()), {
      change: (change) => this.#hear(change),
      people: (people) => this.#meet(people),
      state: () => undefined,
      connected: () => this.comeBack(),
      // Whether the server is reached at all is asked at once.
      lost: () => void this.#presence.now(),
      ended: (reason) => void this.#end(reason),
    });
  }

  /** Learns from an answer, or from getting none: what waits is sent once the server is reached again, and the same person is signed in. */
  #learn(answer: Answer<unknown>): void {
    const wasAway = !this.#isReached.peek() || this.#stranger.peek() !== undefined;
    this.#isReached.value = answer.kind !== 'unreachable';
    if (answer.kind === 'unreachable') return;
    if (answer.kind !== 'signed-out') this.#stranger.value = undefined;
    else this.#stranger.value = answer.isSomebodyElse === true ? 'somebody-else' : 'nobody';
    if (wasAway && this.#stranger.peek() === undefined) this.#sender.now();
  }

  async #end(reason: EndReason): Promise<void> {
    if (reason === 'log-gone') {
      this.#isAstray = true;
      this.#sender.now();
    } else if (reason === 'not-allowed') {
      // The stream ends so for those too whose session is over.
      const answer = await this.#options.api.changesAfter(lastKnown(this.#copy.peek()));
      this.#learn(answer);
      if (answer.kind === 'refused') return this.#finish(reason);
    } else return this.#finish(reason);
    this.#ends.push(this.#options.later(AGAIN_MS, () => this.#listen()));
  }

  #finish(reason: 'deleted' | 'not-allowed'): void {
    this.#ended.value = reason;
    this.#sender.stop();
  }

  /** Takes a new copy, and has it kept soon. */
  #change(copy: DraftCopy, steps: Steps): void {
    batch(() => {
      this.#copy.value = copy;
      this.#steps.value = forgetLost(steps, copy.waiting);
    });
    this.#cancelKeep ??= this.#options.later(KEEP_MS, () => void this.#keep());
  }

  async #keep(): Promise<boolean> {
    this.#cancelKeep?.();
    this.#cancelKeep = undefined;
    const { device, client, data } = this.#options;
    const text = formatKept(keptOf(this.#copy.peek(), this.#steps.peek()));
    const isKept = await device.keep(data.document, client, text);
    this.#isKept.value = isKept;
    return isKept;
  }

  #savingState(): SavingState {
    const ended = this.#ended.value;
    const isKept = this.#isKept.value;
    if (ended !== undefined) return { kind: 'ended', reason: ended };
    const stranger = this.#stranger.value;
    if (stranger !== undefined) {
      return { kind: 'signed-out', isKept, isSomebodyElse: stranger === 'somebody-else' };
    }
    const state = this.#sending.value;
    if (!this.#isReached.value || state === 'unreachable' || state === 'signed-out')
      return { kind: 'offline', isKept };
    const isAllSent = this.#copy.value.waiting.length === 0;
    return isAllSent ? { kind: 'saved', at: this.#savedAt.value } : { kind: 'saving' };
  }
}
