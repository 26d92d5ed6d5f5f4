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
  reasonOfProblem,
  recordStep,
  redoStep,
  refuseFirst,
  type StepLabel,
  type Steps,
  settleConflict,
  startSending,
  type TurnedRound,
  undoStep,
} from '../draft/index.ts';
import type { Answer } from '../server/answer.ts';
import type { Device } from '../server/device.ts';
import type { DoneChange, DraftApi, ToldPerson } from '../server/draft-api.ts';
import type { EditorData } from '../server/editor-data.ts';
import type { EndReason, EventHandlers } from '../server/events.ts';
import type { Words } from '../words/index.ts';
import { type Dangling, danglingIn } from './dangling.ts';
import { Presence } from './presence.ts';
import { NO_SELECTION, type Selection, selectionIn } from './selection.ts';
import { Sender, type SenderState } from './sender.ts';
import type { Edited, PresentPerson, SavingState, Session } from './session.ts';
import { stepText } from './step-text.ts';

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
}

/** Milliseconds after an edit before it is kept on the device. */
export const KEEP_MS = 200;

/** Milliseconds without a key after which what is typed into the same field is another step. */
export const BURST_MS = 3_000;

/** Milliseconds before a stream that ended though somebody may go on is opened again. */
export const AGAIN_MS = 2_000;

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
  readonly dangling: Signal<Dangling>;
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
  readonly #presence: Presence;
  readonly #savedAt: Signal<number | undefined> = signal(undefined);
  readonly #isKept: Signal<boolean> = signal(true);
  readonly #ends: (() => void)[] = [];
  #step: number;
  #burst: string | undefined;
  #burstAt = 0;
  #cancelKeep: (() => void) | undefined;
  #isReadingLog = false;
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
    this.dangling = signal(danglingIn(start.copy.base.root, data.referenceLabels));
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
      onAnswer: (answer) => this.#learnWho(answer),
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
        this.announcement.value = words.refused({ step: stepText(this.words, turned.step.label) });
        return;
      case 'done': {
        const step = stepText(this.words, turned.step.label);
        this.#change(turned.copy, turned.steps);
        this.announcement.value = way === 'undo' ? words.undone({ step }) : words.redone({ step });
        this.#sender.now();
      }
    }
  }

  /** Sends the oldest change that waits, or sends it again; undefined where none waits. */
  #send(): Promise<Answer<unknown>> | undefined {
    const before = this.#copy.peek();
    const change = this.#ended.peek() === undefined ? changeToSend(before) : undefined;
    if (change === undefined) return undefined;
    const copy = startSending(before);
    this.#copy.value = copy;
    return this.#deliver(change, copy.sequence);
  }

  async #deliver(change: LocalChange, after: number): Promise<Answer<DoneChange>> {
    const { api, now } = this.#options;
    const { key } = change;
    // A tab that is killed now asks again for what may have been done.
    if (!(await this.#keep())) this.#isKept.value = false;
    const answer =
      change.kind === 'undo'
        ? await api.undo({ key, change: change.undoes })
        : await api.change({ key, after, operations: change.operations });
    batch(() => {
      this.#learnWho(answer);
      if (answer.kind === 'done') {
        const { sequence, operations } = answer.value;
        const number = operations.length === 0 ? null : sequence;
        const steps = numberChange(this.#steps.peek(), key, number);
        this.#change(acknowledge(this.#copy.peek(), { key, sequence, operations }), steps);
        this.#savedAt.value = now();
      } else if (answer.kind === 'refused') {
        this.#refused(change, answer.problem);
      }
    });
    return answer;
  }

  #refused(change: LocalChange, problem: Parameters<typeof reasonOfProblem>[0]): void {
    const copy = refuseFirst(this.#copy.peek(), change.key, reasonOfProblem(problem));
    const { undo } = this.words;
    if (change.kind === 'edit') {
      this.#change(copy, this.#steps.peek());
      return;
    }
    // What somebody else made of it since is theirs: that is said, and there is nothing to decide.
    const label = this.#steps.peek().undone.find(({ number }) => number === change.step)?.label;
    this.#change(settleConflict(copy, change.key), this.#steps.peek());
    const step = label === undefined ? '' : stepText(this.words, label);
    this.announcement.value = undo.refused({ step });
  }

  #hear(change: HeardChange): void {
    const copy = this.#copy.peek();
    if (change.sequence > lastKnown(copy) + 1) return void this.#readLog();
    this.#change(hear(copy, change), this.#steps.peek());
  }

  /** Reads the changes that were not heard. */
  async #readLog(): Promise<void> {
    if (this.#isReadingLog) return;
    this.#isReadingLog = true;
    const answer = await this.#options.api.changesAfter(lastKnown(this.#copy.peek()));
    this.#isReadingLog = false;
    if (answer.kind === 'done') for (const change of answer.value.changes) this.#hear(change);
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
      lost: () => undefined,
      ended: (reason) => void this.#end(reason),
    });
  }

  /** Somebody who is not signed in any more may be again: then it goes on. */
  #learnWho(answer: Answer<unknown>): void {
    if (answer.kind === 'unreachable') return;
    const before = this.#stranger.peek();
    if (answer.kind !== 'signed-out') this.#stranger.value = undefined;
    else this.#stranger.value = answer.isSomebodyElse === true ? 'somebody-else' : 'nobody';
    if (before !== undefined && this.#stranger.peek() === undefined) this.#sender.now();
  }

  async #end(reason: EndReason): Promise<void> {
    if (reason === 'not-allowed') {
      // The stream ends so for those too whose session is over.
      const answer = await this.#options.api.changesAfter(lastKnown(this.#copy.peek()));
      this.#learnWho(answer);
      if (answer.kind !== 'refused') {
        this.#ends.push(this.#options.later(AGAIN_MS, () => this.#listen()));
        return;
      }
    }
    if (reason === 'log-gone') {
      // What is kept on the device is met with the draft of now when the page is loaded.
      void this.#keep().then(() => globalThis.location.reload());
      return;
    }
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
    if (state === 'unreachable' || state === 'signed-out') return { kind: 'offline', isKept };
    const isAllSent = this.#copy.value.waiting.length === 0;
    return isAllSent ? { kind: 'saved', at: this.#savedAt.value } : { kind: 'saving' };
  }
}
