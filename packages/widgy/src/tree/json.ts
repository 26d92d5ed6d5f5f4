/** A value that JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** An object that JSON can hold. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Whether a JSON value is an array; `Array.isArray` does not tell read-only ones apart. */
export function isJsonArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Names that reach an object's prototype in careless code. No key of fields and no id may be one of them. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The one text of a JSON value: no spaces, keys in the order of their UTF-16 code units, numbers and strings as
 * ECMAScript writes them (RFC 8785). Lone surrogates are escaped, so that the text always has a UTF-8 form.
 */
export function canonicalJson(value: JsonValue): string {
  const parts: string[] = [];
  const rest: Pending[] = [pending(value)];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') parts.push(next);
    else {
      const pieces = piecesOf(next);
      for (let at = pieces.length - 1; at >= 0; at--) rest.push(pieces[at] ?? '');
    }
  }
  return parts.join('');
}

/** Text that is ready, or a value still to be written. */
type Pending = string | readonly JsonValue[] | JsonObject;

function pending(value: JsonValue): Pending {
  return typeof value === 'object' && value !== null ? value : JSON.stringify(value);
}

function piecesOf(value: readonly JsonValue[] | JsonObject): Pending[] {
  const pieces: Pending[] = [];
  if (isJsonArray(value)) {
    for (const item of value) pieces.push(pieces.length === 0 ? '[' : ',', pending(item));
    pieces.push(pieces.length === 0 ? '[]' : ']');
    return pieces;
  }
  for (const [name, item] of Object.entries(value).sort(byName)) {
    pieces.push(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(name)}:`, pending(item));
  }
  pieces.push(pieces.length === 0 ? '{}' : '}');
  return pieces;
}

function byName([a]: readonly [string, JsonValue], [b]: readonly [string, JsonValue]): number {
  return a < b ? -1 : 1;
}

/** Whether two JSON values are the same; an absent one is the same as nothing but an absent one. */
export function isSameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return canonicalJson(a) === canonicalJson(b);
}

/** Own fields only: `fields.constructor` is not a field. */
export function fieldOf(fields: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Freezes a JSON value and all in it, and gives it back. */
export function freezeJson<T extends JsonValue>(value: T): T {
  const rest: JsonValue[] = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    Object.freeze(next);
    for (const item of Object.values(next)) if (typeof item === 'object') rest.push(item);
  }
  return value;
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

const encoder = new TextEncoder();
