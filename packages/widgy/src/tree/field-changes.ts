import { fieldOf, isSameJson, type JsonObject, type JsonValue } from './json.ts';
import type { SetFields } from './operation.ts';

/** New values of fields by name; undefined for a field that is taken away. */
export type FieldChanges = ReadonlyMap<string, JsonValue | undefined>;

/** A field that two sides gave different values. A value is undefined where the field is absent. */
export interface FieldConflict {
  readonly name: string;
  readonly base: JsonValue | undefined;
  readonly mine: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** What changes between two versions of fields. */
export function changesBetween(before: JsonObject, after: JsonObject): FieldChanges {
  const changes = new Map<string, JsonValue | undefined>();
  for (const name of Object.keys(before)) if (!Object.hasOwn(after, name)) changes.set(name, undefined);
  for (const [name, value] of Object.entries(after)) {
    if (!isSameJson(value, fieldOf(before, name))) changes.set(name, value);
  }
  return changes;
}

/** What an operation changes in these fields: naming a field with the value it has is no change. */
export function changesOf({ fields, unset }: SetFields, before: JsonObject): FieldChanges {
  const named: [string, JsonValue | undefined][] = [
    ...unset.map((name): [string, undefined] => [name, undefined]),
    ...Object.entries(fields),
  ];
  return new Map(named.filter(([name, value]) => !isSameJson(value, fieldOf(before, name))));
}

/** The operation that makes changes. */
export function setOf(id: string, changes: FieldChanges): SetFields {
  const fields: [string, JsonValue][] = [];
  const unset: string[] = [];
  for (const [name, value] of changes) {
    if (value === undefined) unset.push(name);
    else fields.push([name, value]);
  }
  return { kind: 'set', id, fields: Object.fromEntries(fields), unset };
}

/** My changes that are not made by theirs as well, and the fields where the two disagree. */
export function compareChanges(
  mine: FieldChanges,
  theirs: FieldChanges,
  before: JsonObject,
): { readonly left: FieldChanges; readonly conflicts: readonly FieldConflict[] } {
  const left = new Map<string, JsonValue | undefined>();
  const conflicts: FieldConflict[] = [];
  for (const [name, value] of mine) {
    const other = theirs.get(name);
    if (!theirs.has(name)) left.set(name, value);
    else if (!isSameJson(value, other)) {
      conflicts.push({ name, base: fieldOf(before, name), mine: value, theirs: other });
    }
  }
  return { left, conflicts };
}
