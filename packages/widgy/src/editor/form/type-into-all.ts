import { batch } from '@preact/signals';
import type { JsonValue } from '../../tree/json.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { namesOf } from '../words/index.ts';
import { checkValue, schemasIn } from './check-value.ts';
import { CHOSEN, controlKind } from './control.ts';
import { type Entry, entryValue } from './entry.ts';
import type { TypedPlace } from './memory.ts';
import type { FieldProblem } from './problem.ts';
import { withTyped } from './typed.ts';

/** What is typed for several widgets at once is remembered under all of their ids: a space is in none. */
export function placeOfAll(ids: readonly string[]): Pick<TypedPlace, 'widget'> {
  return { widget: ids.join(' ') };
}

/**
 * Takes what somebody types into a field that several widgets have. What all of them can have is put into all of them, and is one step with
 * what was typed before; what one of them cannot have stays in the form, and is put into none.
 *
 * @param types the types of the widgets, each once
 */
export function typeIntoAll(
  place: TypedPlace,
  ids: readonly string[],
  types: readonly TypeDescription[],
  entry: Entry,
): void {
  const { memory, session, widget, field } = place;
  batch(() => {
    const read = entryValue(field, entry);
    const problems = read.ok ? problemsOfAll(place, types, read.value) : read.problems;
    const refused = problems.length > 0 || !read.ok ? problems : send(place, ids, read.value);
    const typed = { entry, base: null, isAcknowledged: true, problems: refused };
    memory.typed.value = withTyped(memory.typed.peek(), widget, field.name, typed);
    if (refused.length === 0 && CHOSEN.has(controlKind(field))) void session.flush();
  });
}

/** What the fields of that name have against a value, each problem once. */
function problemsOfAll(
  { field: { name, kind } }: TypedPlace,
  types: readonly TypeDescription[],
  value: JsonValue,
): readonly FieldProblem[] {
  const all = types.flatMap(({ fields, jsonSchema }) => {
    const own = fields.find((each) => each.name === name && each.kind === kind);
    return own === undefined ? [] : checkValue(own, value, schemasIn(jsonSchema).get(name));
  });
  return [...new Map(all.map((problem) => [`${problem.path} ${problem.code}`, problem])).values()];
}

function send(
  { session, widget, field }: TypedPlace,
  ids: readonly string[],
  value: JsonValue,
): readonly FieldProblem[] {
  const { words, catalogue } = session;
  const sets = ids.map((id) => ({ kind: 'set', id, fields: { [field.name]: value }, unset: [] }) as const);
  const label = { kind: 'set', count: ids.length, field: field.label };
  const edited = session.edit(label, sets, `${widget} ${field.name}`);
  if (edited.ok) return [];
  const said = words.errors.refusal(namesOf(edited.refusal, catalogue));
  return [{ code: 'refused', path: `/${field.name}`, said }];
}
