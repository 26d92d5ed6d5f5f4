import type { TextField } from './description.ts';
import { itemsOf, type JsonSchema, listedValues } from './json-schema.ts';
import type { Shape } from './kind.ts';

/** What values a schema without null allows; undefined for what no form can be made of. */
export function shapeOf(schema: JsonSchema, isNullable: boolean): Shape | undefined {
  if (schema.type === 'boolean' && schema.const === undefined) return isNullable ? 'choice' : 'flag';
  if (listedValues(schema) !== undefined) return 'choice';
  if (schema.type === 'string') return 'text';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  const items = itemsOf(schema);
  if (items === undefined || isNullable) return undefined;
  if (listedValues(items) !== undefined) return 'choices';
  return items.type === 'object' && items.properties !== undefined ? 'list' : undefined;
}

/** The kind of a field that names none. */
export function usualKind(schema: JsonSchema, shape: Shape): string {
  if (shape === 'text') return KINDS_OF_FORMATS.get(schema.format ?? '') ?? 'text';
  return shape === 'flag' ? 'boolean' : shape;
}

const KINDS_OF_FORMATS: ReadonlyMap<string, string> = new Map([
  ['date', 'date'],
  ['time', 'time'],
  ['date-time', 'date-time'],
  ['uri', 'link'],
]);

/** Whether a text schema refuses the empty text. */
export function refusesEmpty({ minLength, pattern, format }: JsonSchema): boolean {
  if (minLength !== undefined && minLength > 0) return true;
  if (typeof pattern === 'string') return !new RegExp(pattern, 'u').test('');
  return format !== undefined;
}

/**
 * What is put behind a time of hours and minutes where a schema takes times only with their zone, so that they are edited in UTC;
 * undefined where it takes them without.
 */
export function utcEndOf({ format, pattern }: JsonSchema): TextField['utcEnd'] {
  if (format !== 'date-time' || typeof pattern !== 'string') return undefined;
  const allowed = new RegExp(pattern, 'u');
  if (allowed.test('2000-01-01T00:00') || allowed.test('2000-01-01T00:00:00')) return undefined;
  return allowed.test('2000-01-01T00:00Z') ? 'Z' : ':00Z';
}
