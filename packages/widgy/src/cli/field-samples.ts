import type { JsonObject, JsonValue } from '../tree/json.ts';
import { defaultsOf } from '../widgets/fields/describe.ts';
import type { FieldDescription, ListField, NumberField, TextField } from '../widgets/fields/description.ts';

/** A value that a field might have, and what it is to show about the template. */
export interface Sample {
  readonly what: string;
  /** With which samples of other fields it goes together. */
  readonly role: 'empty' | 'full' | 'hostile' | 'other';
  readonly value: JsonValue;
}

/** UTF-16 units of a long text whose field has no maximum that is lower. */
export const LONG_TEXT = 2000;

/** Items in a long list whose field has no maximum that is lower. */
export const LONG_LIST = 20;

/** How far numbers go whose field has no minimum or maximum. */
export const LARGE_NUMBER = 1_000_000_000;

/** What markup, templates, scripts and encodings stumble over. */
export const HOSTILE_TEXT = `"'><script>alert(1)</script>&amp;<b>{{ 1 }}{% raw %} \u202e\u{1f600}e\u0301\u2028]]>--></style>`;

/**
 * Values of a field: nothing, as much as it takes, what is hostile, and everything that can be chosen. They follow from its description
 * alone, so they are the same each time. Some may not fit the schema, which can ask for more than a description tells.
 */
export function samplesOf(field: FieldDescription): readonly Sample[] {
  const nothing: readonly Sample[] = field.isNullable ? [sample('nothing', 'empty', null)] : [];
  switch (field.shape) {
    case 'text':
      return [...nothing, ...textSamples(field)];
    case 'number':
      return [...nothing, ...numberSamples(field)];
    case 'flag':
      return [...nothing, sample('no', 'empty', false), sample('yes', 'full', true)];
    case 'choice':
      return [
        ...nothing,
        ...field.options.map(({ value }) => sample(`the choice ${JSON.stringify(value)}`, 'other', value)),
      ];
    case 'choices': {
      const all = field.options.map(({ value }) => value);
      return [
        sample('no choice', 'empty', []),
        sample('all choices', 'full', all.slice(0, field.maxItems)),
        ...all.map((value) => sample(`the choice ${JSON.stringify(value)}`, 'other', [value])),
      ];
    }
    case 'list':
      return listSamples(field);
    case 'own':
      // What else it may be is for its kind alone to say.
      return [...nothing, sample('the default', 'other', field.default)];
  }
}

function sample(what: string, role: Sample['role'], value: JsonValue): Sample {
  return { what, role, value };
}

function textSamples(field: TextField): readonly Sample[] {
  const { minLength = 0, maxLength = LONG_TEXT, kind, takesReferences, utcEnd = '' } = field;
  const fit = (text: string) => text.slice(0, maxLength).toWellFormed().padEnd(minLength, 'x');
  const full = FULL_TEXTS.get(kind) ?? (takesReferences ? ADDRESS : '');
  return [
    sample('an empty text', 'empty', fit('')),
    // What a kind asks for comes first: the rest of its text is free, or there is none.
    sample(
      'a full text',
      'full',
      FIXED.has(kind) ? full + (kind === 'date-time' ? utcEnd : '') : fit(full.padEnd(LONG_TEXT, WORDS)),
    ),
    sample('a word without end', 'other', fit('x'.repeat(LONG_TEXT))),
    sample('a hostile text', 'hostile', fit(HOSTILE_TEXT)),
    ...(takesReferences ? [sample('a link to nothing', 'other', fit('widgy:page/gone'))] : []),
  ];
}

const WORDS = 'Lorem ipsum dolor sit amet, ';
const ADDRESS = 'https://example.com/';

/** What a text of a kind begins with, or all of it. */
const FULL_TEXTS: ReadonlyMap<string, string> = new Map([
  ['rich-text', '<h2>Title</h2><p>A <strong>strong</strong> <a href="https://example.com/">link</a></p>'],
  ['markdown', '# Title\n\n- **strong**\n- [link](https://example.com/)\n\n'],
  ['date', '9999-12-31'],
  ['time', '23:59'],
  ['date-time', '9999-12-31T23:59'],
  ['colour', '#ffffff'],
]);

/** Kinds whose texts have one form. */
const FIXED: ReadonlySet<string> = new Set(['date', 'time', 'date-time', 'colour']);

function numberSamples({ minimum, maximum, step }: NumberField): readonly Sample[] {
  const multiple = (number: number) => (step === undefined ? number : Math.trunc(number / step) * step);
  const smallest = minimum ?? multiple(-LARGE_NUMBER);
  const largest = maximum ?? multiple(LARGE_NUMBER);
  const zero = Math.min(Math.max(0, smallest), largest);
  return [
    sample(`the number ${zero}`, 'empty', zero),
    sample(`the number ${smallest}`, 'other', smallest),
    sample(`the number ${largest}`, 'full', largest),
  ];
}

function listSamples({ fields, newItem, minItems = 0, maxItems = LONG_LIST }: ListField): readonly Sample[] {
  const many = Math.max(minItems, Math.min(maxItems, LONG_LIST));
  const items = (count: number, item: JsonObject) => Array.from({ length: count }, () => item);
  const least = Math.max(1, minItems);
  return [
    sample(`a list of ${minItems}`, 'empty', items(minItems, withRole(fields, 'empty'))),
    sample(`a list of ${least}`, 'other', items(least, newItem)),
    sample(`a list of ${many}`, 'full', items(many, withRole(fields, 'full'))),
    sample(`a hostile list of ${least}`, 'hostile', items(least, withRole(fields, 'hostile'))),
    ...fields.flatMap((field) =>
      samplesOf(field).map(({ what, value }) =>
        sample(`${what} in ${field.name}`, 'other', items(least, { ...newItem, [field.name]: value })),
      ),
    ),
  ];
}

/** Fields with their samples of one role, and with their defaults where there is none. */
function withRole(fields: readonly FieldDescription[], role: Sample['role']): JsonObject {
  const samples = fields.flatMap((field) => {
    const found = samplesOf(field).find((one) => one.role === role);
    return found === undefined ? [] : [[field.name, found.value] as const];
  });
  return { ...defaultsOf(fields), ...Object.fromEntries(samples) };
}
