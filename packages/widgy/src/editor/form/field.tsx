/** @jsxImportSource preact */
import { useComputed } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import { fieldOf, type JsonValue } from '../../tree/json.ts';
import { findWidget } from '../../tree/tree.ts';
import { checkKept, schemasIn } from './check-value.ts';
import { type Entry, entryOf } from './entry.ts';
import { FieldClash } from './field-clash.tsx';
import { FieldFrame } from './field-frame.tsx';
import { entryNow, type FieldPlace, leaveField, typeInto } from './memory.ts';
import type { FieldProblem } from './problem.ts';
import { type TypedField, typedAt } from './typed.ts';

/** What a field of the selected widget shows, and what is wrong with it. */
export interface FieldState {
  readonly entry: Entry;
  readonly problems: readonly FieldProblem[];
}

/** What a field shows: what is typed into it, or what the draft has. It is followed by whoever asks in a computed value. */
export function fieldState(place: FieldPlace): FieldState {
  const typed = typedAt(place.memory.typed.value, place.widget, place.field.name);
  return stateOf(place, typed, keptIn(place));
}

/** What the draft has in a field; undefined where it was never set. */
function keptIn({ session, widget, field }: FieldPlace): JsonValue | undefined {
  return fieldOf(findWidget(session.tree.value, widget)?.fields ?? {}, field.name);
}

function stateOf(
  { type, field }: FieldPlace,
  typed: TypedField | undefined,
  kept: JsonValue | undefined,
): FieldState {
  if (typed !== undefined) return { entry: typed.entry, problems: typed.problems };
  const problems = checkKept(field, kept, schemasIn(type.jsonSchema).get(field.name));
  return { entry: entryOf(field, kept === undefined ? field.default : kept), problems };
}

/** One field of the selected widget. Only what concerns it makes it be shown anew. */
export function Field({ place }: { readonly place: FieldPlace }) {
  const { session, memory, widget, field } = place;
  const kept = useComputed(() => keptIn(place));
  const typed = useComputed(() => typedAt(memory.typed.value, widget, field.name));
  const state = useComputed(() => stateOf(place, typed.value, kept.value));
  const onEntry = useCallback((entry: Entry) => typeInto(place, entry), [place]);
  const onLeave = useCallback(() => leaveField(place), [place]);
  const isLost = useComputed(() => session.lostLinks.value.get(widget)?.has(field.name) === true);
  const { entry, problems } = state.value;
  return (
    <FieldFrame
      place={place}
      field={field}
      path={[field.name]}
      entry={entry}
      entryNow={() => entryNow(place)}
      problems={problems}
      onEntry={onEntry}
      onLeave={onLeave}
    >
      {isLost.value ? <p class="form-error">{session.words.form.leadsNowhere}</p> : null}
      <FieldClash place={place} />
    </FieldFrame>
  );
}
