import type { JsonObject } from '../../tree/json.ts';
import type { Operation } from '../../tree/operation.ts';

/** Steps that can be taken back, of one person in one tab; older ones cannot any more. */
export const MAX_STEPS = 500;

/** What a step did, for people: data that the words of the interface make a text of. */
export type StepLabel = JsonObject & { readonly kind: string };

/** One change of a step, in the form in which it can be turned round. */
export type StepChange =
  /** It waits under this key. */
  | { readonly kind: 'waiting'; readonly key: string }
  /** The server did it as the change of this number. */
  | { readonly kind: 'done'; readonly sequence: number }
  /** It was taken back before it was sent: these operations do it again. */
  | { readonly kind: 'taken-back'; readonly operations: readonly Operation[] };

/** One act of a person: what is undone and redone at once. */
export interface Step {
  readonly number: number;
  readonly label: StepLabel;
  /** In the order in which they were done. */
  readonly changes: readonly StepChange[];
}

/** What somebody did and undid, the newest last. */
export interface Steps {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** None. */
export const NO_STEPS: Steps = Object.freeze({ done: Object.freeze([]), undone: Object.freeze([]) });

/** What was done now, under the key it waits. */
export interface RecordedStep {
  readonly number: number;
  readonly label: StepLabel;
  readonly key: string;
}

/** The steps with one more change, of a new step or of the newest one. What was undone cannot be redone after it. */
export function recordStep({ done }: Steps, { number, label, key }: RecordedStep): Steps {
  const last = done.at(-1);
  const change: StepChange = { kind: 'waiting', key };
  if (last?.number !== number)
    return { done: newest([...done, { number, label, changes: [change] }]), undone: [] };
  const isKnown = last.changes.some((each) => each.kind === 'waiting' && each.key === key);
  const changes = isKnown ? last.changes : [...last.changes, change];
  return { done: [...done.slice(0, -1), { ...last, label, changes }], undone: [] };
}

/** The steps once the server has answered: the change has this number, or, where it is null, there is nothing of it to take back. */
export function numberChange(steps: Steps, key: string, sequence: number | null): Steps {
  return replaceChanges(steps, (change) => {
    if (change.kind !== 'waiting' || change.key !== key) return change;
    return sequence === null ? undefined : { kind: 'done', sequence };
  });
}

/** The steps without the changes that do not wait any more and were not done: they became conflicts, or nothing was left of them. */
export function forgetLost(steps: Steps, waiting: readonly { readonly key: string }[]): Steps {
  const keys = new Set(waiting.map(({ key }) => key));
  return replaceChanges(steps, (change) =>
    change.kind === 'waiting' && !keys.has(change.key) ? undefined : change,
  );
}

function replaceChanges(
  { done, undone }: Steps,
  replace: (change: StepChange) => StepChange | undefined,
): Steps {
  const all = (steps: readonly Step[]): readonly Step[] =>
    steps.flatMap((step) => {
      const changes = step.changes.flatMap((change) => replace(change) ?? []);
      return changes.length === 0 ? [] : [{ ...step, changes }];
    });
  return { done: all(done), undone: all(undone) };
}

/** The step that undo takes back. */
export function nextUndo({ done }: Steps): Step | undefined {
  return done.at(-1);
}

/** The step that redo does again. */
export function nextRedo({ undone }: Steps): Step | undefined {
  return undone.at(-1);
}

/**
 * The steps after the newest was undone.
 *
 * @param changes what took it back, in its order; where nothing did, there is nothing to redo
 */
export function undone(steps: Steps, changes: readonly StepChange[]): Steps {
  const last = nextUndo(steps);
  return { done: steps.done.slice(0, -1), undone: added(steps.undone, last, changes) };
}

/** The steps after the one undone last was redone; see {@link undone}. */
export function redone(steps: Steps, changes: readonly StepChange[]): Steps {
  const last = nextRedo(steps);
  return { done: added(steps.done, last, changes), undone: steps.undone.slice(0, -1) };
}

function added(steps: readonly Step[], step: Step | undefined, changes: readonly StepChange[]) {
  return step === undefined || changes.length === 0 ? steps : newest([...steps, { ...step, changes }]);
}

function newest(steps: readonly Step[]): readonly Step[] {
  return steps.slice(-MAX_STEPS);
}
