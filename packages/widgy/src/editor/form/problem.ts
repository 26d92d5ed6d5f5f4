import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { FieldErrorCode } from '../../widgets/fields/field-error.ts';
import type { Words } from '../words/index.ts';

/** One thing that is wrong with what a field shows, known without asking the server. */
export interface FieldProblem {
  readonly code: FieldErrorCode;
  /** The field, as a JSON Pointer into the fields: `/delay`, `/slides/0/title`. */
  readonly path: string;
  /** The bound that the value is beyond, where there is one. */
  readonly limit?: number;
  /** What was wanted, where the code alone does not say it. */
  readonly wanted?: Wanted;
  /** What the server said of it, in the words of the site. It is shown as it is. */
  readonly said?: string;
}

/** What a text of some kind has to be. */
export type Wanted =
  | 'colour'
  | 'address'
  | 'picture'
  | 'date'
  | 'time'
  | 'date-time'
  | 'number'
  | 'whole-number';

/** What a value of a field has to be, where the kind of the field says it. */
export function wantedOf(field: FieldDescription): { readonly wanted?: Wanted } {
  const wanted =
    field.shape === 'number' ? (field.isInteger ? 'whole-number' : 'number') : WANTED.get(field.kind);
  return wanted === undefined ? {} : { wanted };
}

const WANTED: ReadonlyMap<string, Wanted> = new Map([
  ['colour', 'colour'],
  ['link', 'address'],
  ['file', 'address'],
  ['image', 'picture'],
  ['date', 'date'],
  ['time', 'time'],
  ['date-time', 'date-time'],
]);

/** The sentence for a problem. */
export function problemText({ code, limit, wanted, said }: FieldProblem, words: Words): string {
  if (said !== undefined) return said;
  return wanted === undefined ? words.errors.field({ code, limit }) : words.form.wanted[wanted];
}

/** The problems of one field, and of nothing in it. */
export function problemsAt(problems: readonly FieldProblem[], path: string): readonly FieldProblem[] {
  return problems.filter((problem) => problem.path === path);
}

/** What a field is called that a pointer leads to, with the numbers of the items that it is in: `Slides 2, Title`. */
export function labelAt(fields: readonly FieldDescription[], path: string): string {
  const [name, index, ...rest] = path.slice(1).split('/');
  const field = fields.find((candidate) => candidate.name === name);
  if (field === undefined) return name ?? '';
  if (field.shape !== 'list' || index === undefined) return field.label;
  const item = `${field.label} ${Number(index) + 1}`;
  return rest.length === 0 ? item : `${item}, ${labelAt(field.fields, `/${rest.join('/')}`)}`;
}
