/** @jsxImportSource preact */
import type { TypeDescription } from '../../widgets/site-description.ts';
import type { Session } from '../session/session.ts';
import type { CommonField } from './common.ts';
import { entryOf } from './entry.ts';
import { FieldFrame } from './field-frame.tsx';
import { type FieldPlace, type FormMemory, forget, typedIn } from './memory.ts';
import { placeOfAll, typeIntoAll } from './type-into-all.ts';
import { typedAt } from './typed.ts';

/** A field that several widgets have in common: what is entered into it is put into all of them, as one step. */
export function FieldOfAll({
  session,
  memory,
  ids,
  types,
  common,
}: {
  readonly session: Session;
  readonly memory: FormMemory;
  readonly ids: readonly string[];
  /** The types of the widgets, each once. */
  readonly types: readonly [TypeDescription, ...TypeDescription[]];
  readonly common: CommonField;
}) {
  const { field, value } = common;
  const place: FieldPlace = { session, memory, ...placeOfAll(ids), type: types[0], field };
  const typed = typedAt(memory.typed.value, place.widget, field.name);
  // Where they differ there is no value that could be shown.
  const entry = typed?.entry ?? entryOf(field, value ?? (field.shape === 'choices' ? [] : ''));
  return (
    <FieldFrame
      place={place}
      field={field}
      path={[field.name]}
      note={value === undefined ? session.words.form.differs : undefined}
      entry={entry}
      entryNow={() => typedIn(place)?.entry ?? entry}
      problems={typed?.problems ?? []}
      onEntry={(next) => typeIntoAll(place, ids, types, next)}
      onLeave={() => {
        if (typedIn(place)?.problems.length === 0) forget(place);
      }}
    />
  );
}
