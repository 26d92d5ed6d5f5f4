import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { Tree } from '../../tree/tree.ts';
import type { IdMaker } from '../../tree/widget.ts';
import {
  edit,
  nextRedo,
  nextUndo,
  numberChange,
  recordStep,
  redoStep,
  type StepLabel,
  settleConflict,
  type TurnedRound,
  type TurnWay,
  undoStep,
} from '../draft/index.ts';
import type { ToldState } from '../history/commit.ts';
import type { ToldPerson } from '../server/draft-api.ts';
import type { EditorData } from '../server/editor-data.ts';
import type { Words } from '../words/index.ts';
import { type LostLinks, lostLinksIn, withoutSet } from './lost-links.ts';
import { NO_SELECTION, type Selection, selectionIn } from './selection.ts';
import type { Edited, PresentPerson, SavingState, Session } from './session.ts';
import { makeParts, type PartsOptions, type SessionParts } from './session-parts.ts';
import { StepNumbers } from './step-numbers.ts';
import { notTurnedText, turnedText } from './step-text.ts';

/** What a session is opened with. */
export interface EditSessionOptions extends PartsOptions {
  readonly words: Words;
  readonly catalogue: Catalogue;
}

/**
 * One tab in which somebody edits a document. What has a life of its own does its part for it: the working copy, what keeps it on the device,
 * what sends and what follows, and what says where somebody is.
 */
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
  readonly state: Signal<ToldState | undefined> = signal(undefined);
  readonly selection: Signal<Selection> = signal(NO_SELECTION);
  readonly lostLinks: Signal<LostLinks>;
  readonly announcement: Signal<string> = signal('');
  readonly canUndo: ReadonlySignal<StepLabel | undefined>;
  readonly canRedo: ReadonlySignal<StepLabel | undefined>;

  /** Whether something was done here that neither the server has nor this device keeps. */
  readonly isAtRisk: ReadonlySignal<boolean>;

  readonly #now: () => number;
  readonly #numbers: StepNumbers;
  readonly #parts: SessionParts;
  readonly #ends: (() => void)[] = [];

  constructor(options: EditSessionOptions) {
    const { data, words, catalogue, newId, start } = options;
    this.data = data;
    this.words = words;
    this.catalogue = catalogue;
    this.newId = newId;
    // What was done here since may have links of which the server did not tell the names.
    this.lostLinks = signal(lostLinksIn(start.copy.base.root, data));
    this.#now = options.now;
    this.#numbers = new StepNumbers(start.steps);
    this.#parts = makeParts(options, {
      widget: () => this.selection.peek().ids.at(-1) ?? null,
      onHeard: (operations) => this.#forgetLinks(operations),
      onPeople: (people) => this.#meet(people),
      onState: (state) => {
        this.state.value = state;
      },
      onConnected: () => this.comeBack(),
      onTurned: (operations) => this.#selectBack(operations),
      onNotTurned: (way, step) => {
        this.announcement.value = notTurnedText(words, way, step);
      },
    });
    const { work, keeper, saving } = this.#parts;
    const { copy, steps } = work;
    this.tree = computed(() => copy.value.tree);
    this.conflicts = computed(() => copy.value.conflicts);
    const base = computed(() => copy.value.base);
    this.acknowledged = computed(() => ({ tree: base.value, sequence: copy.peek().sequence }));
    this.canUndo = computed(() => nextUndo(steps.value)?.label);
    this.canRedo = computed(() => nextRedo(steps.value)?.label);
    this.saving = saving;
    this.isAtRisk = computed(() => {
      const { waiting, conflicts } = copy.value;
      return !keeper.isKept.value && waiting.length + conflicts.length > 0;
    });
  }

  /** Begins to send, to hear and to be seen, until it is closed. */
  open(): void {
    this.#parts.follower.open();
    this.#ends.push(
      effect(() => {
        const { value } = this.selection;
        const found = selectionIn(this.tree.value, value);
        if (found !== value) this.selection.value = found;
      }),
      effect(() => {
        this.selection.value;
        this.#parts.presence.soon();
      }),
    );
    this.#parts.sender.now();
  }

  /** Sends and hears nothing more. */
  close(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#parts.presence.leave();
    this.#parts.follower.close();
    this.#parts.sender.stop();
    this.#parts.keeper.stop();
  }

  /** What the page does when it is left: what waits is kept, and others see nobody here any more. */
  leave(): void {
    this.#parts.outbox.sendLast();
    this.#parts.keeper.hurry();
    this.#parts.presence.leave();
  }

  /** What the page does when somebody comes back to it. */
  comeBack(): void {
    void this.#parts.presence.now();
    this.#parts.sender.now();
  }

  edit(label: StepLabel, operations: readonly Operation[], burst?: string): Edited {
    if (this.#parts.contact.ended.peek() !== undefined) return { ok: true };
    const step = this.#numbers.next(this.#now(), burst);
    const { number } = step;
    const wanted = { key: this.newId(), step: number, operations };
    const edited = edit(this.#parts.work.copy.peek(), this.catalogue, this.data.limits, wanted);
    if (!edited.ok) return edited;
    const { copy, key } = edited;
    this.#forgetLinks(operations);
    if (key === undefined) return { ok: true };
    this.#numbers.take(step);
    this.#parts.work.take(copy, recordStep(this.#parts.work.steps.peek(), { number, label, key }));
    if (burst === undefined) this.#parts.sender.now();
    else this.#parts.sender.soon();
    return { ok: true };
  }

  record(label: StepLabel, sequence: number): void {
    const key = this.newId();
    const step = this.#numbers.next(this.#now());
    this.#numbers.take(step);
    const { copy, steps } = this.#parts.work;
    const recorded = recordStep(steps.peek(), { number: step.number, label, key });
    this.#parts.work.take(copy.peek(), numberChange(recorded, key, sequence));
  }

  async undo(): Promise<void> {
    await this.#turn(undoStep, 'undo');
  }

  async redo(): Promise<void> {
    await this.#turn(redoStep, 'redo');
  }

  settle(key: string): void {
    this.#parts.work.take(settleConflict(this.#parts.work.copy.peek(), key));
  }

  flush(): Promise<boolean> {
    return this.#parts.sender.settled();
  }

  async #turn(turn: typeof undoStep, way: TurnWay): Promise<void> {
    this.#numbers.endBurst();
    const { work, sender } = this.#parts;
    const options = { catalogue: this.catalogue, limits: this.data.limits, newKey: this.newId };
    const attempt = (): TurnedRound => turn(work.copy.peek(), work.steps.peek(), options);
    let turned = attempt();
    // The number of a change that is under way is known in a moment, or when the connection is back.
    if (turned.kind === 'under-way' && (await sender.settled())) turned = attempt();
    if (turned.kind === 'done') work.take(turned.copy, turned.steps);
    this.announcement.value = turnedText(this.words, way, turned);
    if (turned.kind === 'done') sender.now();
  }

  /** A link that was set anew is not lost any more. */
  #forgetLinks(operations: readonly Operation[]): void {
    this.lostLinks.value = withoutSet(this.lostLinks.peek(), operations);
  }

  /** What is there again is what was meant. */
  #selectBack(operations: readonly Operation[]): void {
    const back = operations.flatMap((operation) =>
      operation.kind === 'insert' ? [operation.widget.id] : [],
    );
    const selected = selectionIn(this.tree.peek(), { ids: back, anchor: back.at(-1) });
    if (selected.ids.length > 0) this.selection.value = selected;
  }

  #meet(people: readonly ToldPerson[]): void {
    const others = people.filter(({ client }) => client !== this.#parts.presence.client);
    const { somebody } = this.words.presence;
    this.people.value = others.map((person) => ({ ...person, name: person.name ?? somebody }));
  }
}
