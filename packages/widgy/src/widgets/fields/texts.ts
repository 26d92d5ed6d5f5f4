import type { JsonValue } from '../../tree/json.ts';
import type { FieldDescription } from './description.ts';
import { type FieldErrorCode, REQUIRED } from './field-error.ts';
import type { FieldKinds } from './kind.ts';

/** The text that the control of a field shows for a value. */
export function writeText(field: FieldDescription, value: JsonValue, kinds: FieldKinds): string {
  if (value === null) return '';
  const write = kinds[field.kind]?.write;
  if (write !== undefined) return write(value);
  if (typeof value === 'object') return '';
  const text = String(value);
  return field.shape === 'text' && field.utcEnd !== undefined ? text.replace(/Z$/, '') : text;
}

/** The value of a text, or why it has none. */
export type TextValue =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly code: FieldErrorCode; readonly message: string };

/** The value that a text means in the control of a field. Whether the field may have it is for its schema to say. */
export function readText(field: FieldDescription, text: string, kinds: FieldKinds): TextValue {
  const read = kinds[field.kind]?.read;
  if (text === '' && field.isNullable) return { ok: true, value: null };
  if (read !== undefined) {
    const value = read(text);
    return value === undefined ? refuse('wrong-kind', 'This cannot be read.') : { ok: true, value };
  }
  switch (field.shape) {
    case 'number': {
      const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN;
      // JSON has no negative zero.
      if (Number.isFinite(value)) return { ok: true, value: value + 0 };
      if (text.trim() === '') return refuse('required', REQUIRED);
      return refuse(
        'wrong-kind',
        field.isInteger ? 'Enter a whole number.' : 'Enter a number, such as 12.5.',
      );
    }
    case 'choice': {
      const option = field.options.find(({ value }) => String(value) === text);
      if (option !== undefined) return { ok: true, value: option.value };
      return refuse('not-a-choice', 'Choose one of the values that are offered.');
    }
    case 'text': {
      const { utcEnd } = field;
      if (utcEnd === undefined || text === '' || ZONE.test(text)) return { ok: true, value: text };
      return { ok: true, value: text + (/T\d\d:\d\d$/.test(text) ? utcEnd : 'Z') };
    }
    default:
      return { ok: true, value: text };
  }
}

function refuse(code: FieldErrorCode, message: string): TextValue {
  return { ok: false, code, message };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i;
