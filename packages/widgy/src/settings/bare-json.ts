import { isJsonArray, type JsonValue } from '../tree/json.ts';

/** The same value, frozen, with objects that have no prototype: a template that asks for `constructor` gets nothing. */
export function bareJson(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (isJsonArray(value)) return Object.freeze(value.map(bareJson));
  const copy: Record<string, JsonValue> = Object.create(null);
  for (const [name, item] of Object.entries(value)) copy[name] = bareJson(item);
  return Object.freeze(copy);
}
