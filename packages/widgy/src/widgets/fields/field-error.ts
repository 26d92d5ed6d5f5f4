import type { z } from 'zod';
import { type ProblemCode, pointerTo } from '../../tree/problems.ts';

/** What can be wrong with the value of a field. */
export type FieldErrorCode =
  | 'required'
  | 'wrong-kind'
  | 'wrong-format'
  | 'not-a-choice'
  | 'too-small'
  | 'too-large'
  | 'too-short'
  | 'too-long'
  | 'too-few'
  | 'too-many'
  | 'not-a-step'
  | 'refused'
  | 'unknown-field'
  | 'unknown-type'
  | ProblemCode;

/** One thing that is wrong with the fields of a widget; the same for forms, the API and imports. */
export interface FieldError {
  readonly code: FieldErrorCode;
  /** The field, as a JSON Pointer into the fields: `/delay`, `/slides/0/title`; empty for all of them. */
  readonly path: string;
  /** One sentence to the person who filled it in. */
  readonly message: string;
}

/** What Zod found, as an error of a field. */
export function errorOfIssue(issue: z.core.$ZodIssue): FieldError {
  return { code: codeOf(issue), path: pointerTo(issue.path), message: issue.message };
}

/** Our sentence for what Zod found; used where the schema has no message of its own. */
export function sentenceFor(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? REQUIRED
        : (EXPECTED[issue.expected] ?? INVALID);
    case 'too_small':
      return smallest(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case 'too_big':
      return largest(issue.origin, Number(issue.maximum), issue.inclusive !== false);
    case 'not_multiple_of':
      return `Enter a multiple of ${issue.divisor}.`;
    case 'invalid_value':
      return 'Choose one of the values that are offered.';
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'This does not have the form that is expected.';
    default:
      return INVALID;
  }
}

/** What is said where an answer is missing. */
export const REQUIRED = 'Fill this in.';

const INVALID = 'This value cannot be used here.';

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'Enter a text.',
  number: 'Enter a number.',
  int: 'Enter a whole number.',
  boolean: 'Answer yes or no.',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'Enter a date as year, month and day, such as 2027-03-14.',
  time: 'Enter a time as hours and minutes, such as 09:30.',
  datetime: 'Enter a date and a time, such as 2027-03-14T09:30.',
  email: 'Enter an e-mail address, such as name@example.com.',
  url: 'Enter a full address, such as https://example.com/.',
};

function smallest(origin: string, minimum: number, isInclusive: boolean): string {
  if (origin === 'string') return minimum === 1 ? REQUIRED : `Use at least ${minimum} characters.`;
  if (origin === 'array') return minimum === 1 ? 'Give at least one.' : `Give at least ${minimum}.`;
  return isInclusive ? `Enter ${minimum} or more.` : `Enter more than ${minimum}.`;
}

/** What is said of a text that is longer than it may be. */
export function longest(maximum: number): string {
  return `Use at most ${maximum} characters.`;
}

function largest(origin: string, maximum: number, isInclusive: boolean): string {
  if (origin === 'string') return longest(maximum);
  if (origin === 'array') return `Give at most ${maximum}.`;
  return isInclusive ? `Enter ${maximum} or less.` : `Enter less than ${maximum}.`;
}

function codeOf(issue: z.core.$ZodIssue): FieldErrorCode {
  switch (issue.code) {
    case 'invalid_type':
      return 'wrong-kind';
    case 'too_small':
      if (issue.origin === 'string') return issue.minimum === 1 ? 'required' : 'too-short';
      return issue.origin === 'array' ? 'too-few' : 'too-small';
    case 'too_big':
      if (issue.origin === 'string') return 'too-long';
      return issue.origin === 'array' ? 'too-many' : 'too-large';
    case 'not_multiple_of':
      return 'not-a-step';
    case 'invalid_format':
      return 'wrong-format';
    case 'invalid_value':
      return 'not-a-choice';
    case 'unrecognized_keys':
      return 'unknown-field';
    default:
      return 'refused';
  }
}
