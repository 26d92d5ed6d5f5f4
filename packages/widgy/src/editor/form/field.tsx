/** @jsxImportSource preact */
import { useComputed } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import { findWidget } from '../../tree/tree.ts';
import { checkValue, schemasIn } from './check-value.ts';
import { type Entry, entryOf, valueIn } from './entry.ts';
import { FieldClash } from './field-clash.tsx';
import { FieldFrame } from './field-frame.tsx';
import { type FieldPlace, leaveField, typeInto } from './memory.ts';
import type { FieldProblem } from './problem.ts';
import { typedAt } from './typed.ts';

/** What a field of the selected widget shows, and what is wrong with it. */
export interface FieldState {
  readonly entry: Entry;
  readonly problems: readonly FieldProblem[];
}

/** What a field shows: what is typed into it, or what the draft has. It is followed by whoever asks in a computed value. */
export function fieldState({ session, memory, widget, type, field }: FieldPlace): FieldState {
  const typed = typedAt(memory.typed.value, widget, field.name);
  if (typed !== undefined) return { entry: typed.entry, problems: typed.problems };
  const value = valueIn(field, findWidget(session.tree.value, widget)?.fields ?? {});
  const problems = checkValue(field, value, schemasIn(type.jsonSchema).get(field.name));
  return { entry: entryOf(field, value), problems };
}

/** One field of the selected widget. Only what concerns it makes it be shown anew. */
export function Field({ place }: { readonly place: FieldPlace }) {
  const { session, memory, widget, field } = place;
  const value = useComputed(() => valueIn(field, findWidget(session.tree.value, widget)?.fields ?? {}));
  const typed = useComputed(() => typedAt(memory.typed.value, widget, field.name));
  const state = useComputed((): FieldState => {
    const now = typed.value;
    if (now !== undefined) return { entry: now.entry, problems: now.problems };
    const problems = checkValue(field, value.value, schemasIn(place.type.jsonSchema).get(field.name));
    return { entry: entryOf(field, value.value), problems };
  });
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
      problems={problems}
      onEntry={onEntry}
      onLeave={onLeave}
    >
      {isLost.value ? <p class="form-error">{session.words.form.leadsNowhere}</p> : null}
      <FieldClash place={place} />
    </FieldFrame>
  );
}
