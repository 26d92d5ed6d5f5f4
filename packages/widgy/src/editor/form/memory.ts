import { batch, effect, type Signal, signal } from '@preact/signals';
import { fieldOf, isSameJson, type JsonValue } from '../../tree/json.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import type { LocalConflict } from '../draft/index.ts';
import type { Session } from '../session/session.ts';
import { namesOf } from '../words/index.ts';
import { checkValue, schemasIn } from './check-value.ts';
import { CHOSEN, controlKind } from './control.ts';
import { type Entry, type EntryValue, entryOf, entryValue, valueIn } from './entry.ts';
import type { FieldProblem } from './problem.ts';
import { followed, isDisputed, isHeld, type Typed, typedAt, withoutTyped, withTyped } from './typed.ts';

/** What forms remember in one tab: what is being typed, and what was typed and could not be kept, of all widgets. */
export interface FormMemory {
  readonly typed: Signal<Typed>;
  /** The fields of conflicts of which somebody has chosen a value, as {@link decisionOf} names them. */
  readonly decided: Signal<ReadonlySet<string>>;
  /** What references are called that were chosen in this tab, and their pictures. */
  readonly labels: Map<string, { readonly label: string; readonly picture?: string | undefined }>;
  /** What was typed into controls that the server prints, and what it means is not known yet: by widget and pointer. */
  readonly ownTexts: Map<string, string>;
  /** Ends it. */
  readonly dispose: () => void;
}

/** What typing needs of a session. */
export type TypingSession = Pick<
  Session,
  'tree' | 'acknowledged' | 'conflicts' | 'edit' | 'flush' | 'words' | 'catalogue'
> & { readonly data: Pick<Session['data'], 'types'> };

/** A field of a widget that is typed into. */
export interface TypedPlace {
  readonly session: TypingSession;
  readonly memory: FormMemory;
  readonly widget: string;
  readonly type: TypeDescription;
  readonly field: FieldDescription;
}

/** A field of a widget in a form. */
export interface FieldPlace extends TypedPlace {
  readonly session: Session;
}

/** The memory of a tab. What was typed follows the trees of its session from then on. */
export function createFormMemory(session: TypingSession, typed = signal<Typed>(new Map())): FormMemory {
  const dispose = effect(() => {
    const trees = { shown: session.tree.value, acknowledged: session.acknowledged.value.tree };
    const conflicts = session.conflicts.value;
    typed.value = follow(typed.peek(), session, trees, conflicts);
  });
  return { typed, decided: signal(new Set()), labels: new Map(), ownTexts: new Map(), dispose };
}

function follow(
  typed: Typed,
  session: TypingSession,
  trees: { readonly shown: Tree; readonly acknowledged: Tree },
  conflicts: readonly LocalConflict[],
): Typed {
  let next = typed;
  for (const [id, fields] of typed) {
    const widget = findWidget(trees.shown, id);
    const type = session.data.types.find((known) => known.type === widget?.type);
    if (widget === undefined || type === undefined) continue;
    for (const [name, before] of fields) {
      const field = type.fields.find((known) => known.name === name);
      if (field === undefined) continue;
      const meant = entryValue(field, before.entry);
      const after = followed(before, {
        shown: valueIn(field, widget.fields),
        acknowledged: valueIn(field, findWidget(trees.acknowledged, id)?.fields ?? {}),
        hasConflict: conflicts.some((conflict) => isAbout(conflict, id, name)),
        meant: meant.ok ? meant.value : undefined,
      });
      if (after !== before) next = withTyped(next, id, name, after);
    }
  }
  return next;
}

/** Whether a conflict is about the value of a field. */
export function isAbout({ reason }: LocalConflict, widget: string, name: string): boolean {
  if (reason.kind === 'invalid')
    return reason.widget === widget && reason.errors.some(({ path }) => path.split('/')[1] === name);
  return (
    reason.kind === 'fields' && reason.fields.some((clash) => clash.widget === widget && clash.name === name)
  );
}

/** The value that a field has now in the tree that is shown. */
export function shownValue({ session, widget, field }: TypedPlace): JsonValue {
  return valueIn(field, findWidget(session.tree.peek(), widget)?.fields ?? {});
}

/** What is typed into a field now. */
export function typedIn({ memory, widget, field }: TypedPlace): ReturnType<typeof typedAt> {
  return typedAt(memory.typed.peek(), widget, field.name);
}

/** What a field shows now: what is typed into it, or what the draft has. */
export function entryNow(place: TypedPlace): Entry {
  return typedIn(place)?.entry ?? entryOf(place.field, shownValue(place));
}

/**
 * Takes what somebody types into a field. What can be kept is an edit at once; what cannot, and what somebody else has changed meanwhile,
 * stays in the form.
 */
export function typeInto(place: TypedPlace, entry: Entry): void {
  const { memory, widget, field } = place;
  const now = shownValue(place);
  const before = typedIn(place);
  const base = before?.base ?? now;
  const isAcknowledged = before?.isAcknowledged ?? true;
  const keep = (more: { base?: JsonValue; isAcknowledged?: boolean; problems?: readonly FieldProblem[] }) => {
    memory.typed.value = withTyped(memory.typed.peek(), widget, field.name, {
      ...{ entry, base, isAcknowledged, problems: [] },
      ...more,
    });
  };
  const read = readable(place, entry);
  if (!read.ok) keep({ problems: read.problems });
  else if (before !== undefined && isDisputed(before, now)) keep({});
  else if (isSameJson(read.value, now)) keep({ base: now });
  else {
    batch(() => {
      const problems = sendValue(place, read.value);
      if (problems.length > 0) keep({ problems });
      else keep({ base: shownValue(place), isAcknowledged: false });
    });
  }
}

/** Puts a value into a field, whatever is there: what somebody decided. Gives what is against it. */
export function decideValue(place: TypedPlace, entry: Entry): readonly FieldProblem[] {
  const read = readable(place, entry);
  if (!read.ok) return read.problems;
  return batch(() => {
    const problems = isSameJson(read.value, shownValue(place)) ? [] : sendValue(place, read.value);
    if (problems.length === 0) forget(place);
    return problems;
  });
}

/** Leaves a field: the form shows what is in the draft again, unless what was typed is nowhere else. */
export function leaveField(place: TypedPlace): void {
  const typed = typedIn(place);
  if (typed !== undefined && !isHeld(typed, shownValue(place))) forget(place);
}

/** Throws away what was typed into a field. */
export function forget({ memory, widget, field }: TypedPlace): void {
  memory.typed.value = withoutTyped(memory.typed.peek(), widget, field.name);
}

/** What a value of a field of a conflict is decided under. */
export function decisionOf(conflict: string, widget: string, name: string): string {
  return `${conflict} ${widget} ${name}`;
}

function readable({ field, type }: TypedPlace, entry: Entry): EntryValue {
  const read = entryValue(field, entry);
  if (!read.ok) return read;
  const problems = checkValue(field, read.value, schemasIn(type.jsonSchema).get(field.name));
  return problems.length > 0 ? { ok: false, problems } : read;
}

function sendValue({ session, widget, type, field }: TypedPlace, value: JsonValue): readonly FieldProblem[] {
  const set = { kind: 'set', id: widget, fields: { [field.name]: value }, unset: [] } as const;
  const edited = session.edit({ kind: 'set', what: type.label }, [set], `${widget} ${field.name}`);
  if (edited.ok) {
    if (CHOSEN.has(controlKind(field))) void session.flush();
    return [];
  }
  const { words, catalogue } = session;
  const said = words.errors.refusal(namesOf(edited.refusal, catalogue));
  return [{ code: 'refused', path: `/${field.name}`, said }];
}

/** The value that a conflict's author wanted a field to have; undefined where that is not known or it was to be absent. */
export function wantedIn(conflict: LocalConflict, widget: string, name: string): JsonValue | undefined {
  let wanted: JsonValue | undefined;
  for (const change of conflict.changes) {
    if (change.kind !== 'edit') continue;
    for (const operation of change.operations)
      if (operation.kind === 'set' && operation.id === widget && Object.hasOwn(operation.fields, name))
        wanted = fieldOf(operation.fields, name);
  }
  return wanted;
}
