import type { z } from 'zod';
import { FORBIDDEN_NAMES, isJsonArray, type JsonObject, type JsonValue } from '../../tree/json.ts';
import { isPlainObject } from '../../tree/problems.ts';

/** A JSON Schema as Zod writes it. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a schema allows, apart from null. */
export interface Unwrapped {
  readonly schema: JsonSchema;
  readonly isNullable: boolean;
}

/** Takes null out of a schema that allows it beside something else. What is said around it is said of what stays. */
export function withoutNull(schema: JsonSchema): Unwrapped {
  const { anyOf, ...around } = schema;
  if (Array.isArray(schema.type)) {
    const [type, more] = schema.type.filter((name) => name !== 'null');
    if (type === undefined || more !== undefined) return { schema, isNullable: false };
    return { schema: { ...schema, type }, isNullable: schema.type.includes('null') };
  }
  const others = anyOf?.filter((choice) => choice.type !== 'null');
  if (anyOf === undefined || others === undefined || others.length === anyOf.length)
    return { schema, isNullable: false };
  const [only] = others;
  if (others.length === 1 && only !== undefined) return { schema: { ...only, ...around }, isNullable: true };
  return { schema: { ...around, anyOf: others }, isNullable: true };
}

/** The values of a schema that lists them; undefined for any other. */
export function listedValues(schema: JsonSchema): readonly JsonValue[] | undefined {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return schema.enum;
  const lists = schema.anyOf?.map(listedValues);
  if (lists === undefined || lists.length === 0) return undefined;
  return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? []);
}

/** The schema of a list's items, where all have one. */
export function itemsOf(schema: JsonSchema): JsonSchema | undefined {
  const { items } = schema;
  return schema.type === 'array' && isPlainObject(items) ? items : undefined;
}

/** The schemas of an object's properties, by name. */
export function propertiesOf(schema: JsonSchema): readonly (readonly [name: string, schema: JsonSchema])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    typeof property === 'boolean' ? [] : [[name, property] as const],
  );
}

/** A JSON value copied out of something that was computed; undefined if JSON cannot hold it. */
export function asJson(value: unknown): JsonValue | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) {
    const items = value.map(asJson);
    return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
  }
  if (!isPlainObject(value)) return undefined;
  const copy: Record<string, JsonValue> = {};
  for (const [name, item] of Object.entries(value)) {
    // A key without a value is what JSON leaves out.
    if (item === undefined) continue;
    if (FORBIDDEN_NAMES.has(name)) return undefined;
    const json = asJson(item);
    if (json === undefined) return undefined;
    copy[name] = json;
  }
  return copy;
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isJsonArray(value);
}
