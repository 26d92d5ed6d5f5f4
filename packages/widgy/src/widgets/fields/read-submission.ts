import { FORBIDDEN_NAMES } from '../../tree/json.ts';
import { pointerTo } from '../../tree/problems.ts';
import type { FieldDescription, ListField } from './description.ts';
import type { FieldError } from './field-error.ts';
import { actionName, controlName, countName } from './form-names.ts';
import { type Entry, entryIn, type FormState } from './form-state.ts';
import type { FormLimits } from './limits.ts';
import { ADDRESS_CHOICE, addressName, searchedName, searchName } from './link-control.ts';

/** Names and values as browsers send them: what `URLSearchParams` and `FormData` give. Files are no values of fields. */
export type SubmittedEntries = Iterable<readonly [name: string, value: unknown]>;

/** What was sent. */
export interface Submission {
  /** What the controls held, so that nothing of it is lost, right or wrong. */
  readonly state: FormState;
  readonly errors: readonly FieldError[];
  /** What the button of a list asks for. */
  readonly action: string | undefined;
  /** What stands in the searches of choices, by the pointers to their fields. */
  readonly searches: ReadonlyMap<string, TypedSearch>;
}

/** What stands in the search of the choices of a link. */
export interface TypedSearch {
  readonly text: string;
  /** Whether it is another text than the one that the choices were shown for. */
  readonly isNew: boolean;
}

/**
 * Reads what a browser sent for a form. It looks up what the form has, and makes nothing of names that it has not: those are errors.
 *
 * @param current what is shown for controls that were not sent, such as those of a field that is newer than the page in the browser
 */
export function readSubmission(
  fields: readonly FieldDescription[],
  entries: SubmittedEntries,
  current: FormState,
  { prefix, limits }: { readonly prefix: string; readonly limits: FormLimits },
): Submission {
  const errors: FieldError[] = [];
  const sent = new Map<string, string[]>();
  let count = 0;
  let units = 0;
  for (const [name, value] of entries) {
    if (!name.startsWith(`${prefix}.`)) continue;
    count += 1;
    units += name.length + (typeof value === 'string' ? value.length : 0);
    if (count > limits.entries || units > limits.units) {
      const message =
        count > limits.entries
          ? `More than ${limits.entries} answers were sent.`
          : `More than ${limits.units} characters were sent.`;
      errors.push({ code: count > limits.entries ? 'too-many' : 'too-large', path: '', message });
      break;
    }
    if (typeof value !== 'string') {
      const path = pointerTo(name.slice(prefix.length + 1).split('.'));
      errors.push({ code: 'wrong-kind', path, message: 'A file cannot be kept here.' });
      continue;
    }
    sent.set(name, [...(sent.get(name) ?? []), value]);
  }
  const take = (name: string): readonly string[] | undefined => {
    const values = sent.get(name);
    sent.delete(name);
    return values;
  };
  const [action] = take(actionName(prefix)) ?? [];
  const searches = new Map<string, TypedSearch>();
  const state = readFields(fields, current, { take, prefix, limits, errors, searches }, []);
  errors.push(...[...sent.keys()].map((name) => unknownName(name, prefix)));
  return { state, errors, action, searches };
}

interface Reading {
  readonly prefix: string;
  readonly limits: FormLimits;
  readonly errors: FieldError[];
  readonly searches: Map<string, TypedSearch>;
  /** The values of a name, each of which is asked for once. */
  readonly take: (name: string) => readonly string[] | undefined;
}

function readFields(
  fields: readonly FieldDescription[],
  current: FormState,
  reading: Reading,
  path: readonly PropertyKey[],
): FormState {
  const entries = fields.flatMap((field) => {
    const entry = readField(field, entryIn(current, field.name), reading, [...path, field.name]);
    return entry === undefined ? [] : [[field.name, entry] as const];
  });
  return Object.fromEntries(entries);
}

function readField(
  field: FieldDescription,
  current: Entry | undefined,
  reading: Reading,
  path: readonly PropertyKey[],
): Entry | undefined {
  if (field.shape === 'list') return readList(field, current, reading, path);
  const name = controlName(reading.prefix, path);
  const values = reading.take(name);
  const besides = field.takesReferences === true ? readBesides(name, reading, path) : undefined;
  if (values === undefined) return current;
  // Beside boxes stands an empty value that is sent always: without it, none being ticked would look like no answer.
  const ticked = values.toSpliced(values.indexOf(''), values.includes('') ? 1 : 0);
  if (field.shape === 'flag') return { kind: 'flag', isOn: ticked.length > 0 };
  if (field.shape === 'choices') return { kind: 'chosen', texts: ticked };
  const [first = ''] = values;
  const text = besides !== undefined && first === ADDRESS_CHOICE ? besides.address : first;
  if (values.length > 1) {
    reading.errors.push({
      code: 'wrong-kind',
      path: pointerTo(path),
      message: 'This was answered more than once.',
    });
  }
  return { kind: 'text', text: text.replace(/\r\n?/g, '\n') };
}

/** What stands beside the choices of a link: an address, and what is searched for. */
function readBesides(
  name: string,
  { take, searches }: Reading,
  path: readonly PropertyKey[],
): { readonly address: string } {
  const [address = ''] = take(addressName(name)) ?? [];
  const [search] = take(searchName(name)) ?? [];
  const [searched = ''] = take(searchedName(name)) ?? [];
  if (search !== undefined)
    searches.set(pointerTo(path), { text: search.trim(), isNew: search !== searched });
  return { address };
}

function readList(
  field: ListField,
  current: Entry | undefined,
  reading: Reading,
  path: readonly PropertyKey[],
): Entry | undefined {
  const [sent] = reading.take(countName(reading.prefix, path)) ?? [];
  if (sent === undefined) return current;
  const { items: most } = reading.limits;
  const count = /^\d{1,9}$/.test(sent) ? Number(sent) : Number.NaN;
  if (Number.isNaN(count) || count > most) {
    const message = Number.isNaN(count) ? 'The number of items cannot be read.' : `Give at most ${most}.`;
    reading.errors.push({
      code: Number.isNaN(count) ? 'wrong-kind' : 'too-many',
      path: pointerTo(path),
      message,
    });
  }
  const length = Math.min(Number.isNaN(count) ? 0 : count, most);
  const items = Array.from({ length }, (_, at) => readFields(field.fields, {}, reading, [...path, at]));
  return { kind: 'items', items };
}

function unknownName(name: string, prefix: string): FieldError {
  const path = name.slice(prefix.length + 1).split('.');
  const shown = JSON.stringify(path.join('.').slice(0, 100));
  if (path.some((part) => FORBIDDEN_NAMES.has(part))) {
    return { code: 'forbidden-key', path: pointerTo(path), message: `No field may be called ${shown}.` };
  }
  return { code: 'unknown-field', path: pointerTo(path), message: `The form has no field ${shown}.` };
}
