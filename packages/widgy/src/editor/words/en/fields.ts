import type { FieldTexts } from '../codes.ts';
import { formats } from './formats.ts';

/** What is wrong with the value of a field. */
export const fields: FieldTexts = {
  required: () => 'Fill this in.',
  'wrong-kind': () => 'This is not the kind of value that is expected.',
  'wrong-format': () => 'This does not have the form that is expected.',
  'not-a-choice': () => 'Choose one of the values that are offered.',
  'too-small': ({ limit }) =>
    limit === undefined ? 'This number is too small.' : `Enter ${formats.number(limit)} or more.`,
  'too-large': ({ limit }) =>
    limit === undefined ? 'This is too large.' : `Enter ${formats.number(limit)} or less.`,
  'too-short': ({ limit }) =>
    limit === undefined
      ? 'This is too short.'
      : formats.plural(limit, { one: 'Use at least # character.', other: 'Use at least # characters.' }),
  'too-long': ({ limit }) =>
    limit === undefined
      ? 'This is too long.'
      : formats.plural(limit, { one: 'Use at most # character.', other: 'Use at most # characters.' }),
  'too-few': ({ limit }) =>
    limit === undefined ? 'These are too few.' : `Give at least ${formats.number(limit)}.`,
  'too-many': ({ limit }) =>
    limit === undefined ? 'These are too many.' : `Give at most ${formats.number(limit)}.`,
  'not-a-step': ({ limit }) =>
    limit === undefined ? 'This number is not allowed.' : `Enter a multiple of ${formats.number(limit)}.`,
  'wrong-shape': () => 'This does not have the form that is expected.',
  'unknown-key': () => 'This has a part that is not expected.',
  'forbidden-key': () => 'This has a part with a name that is not allowed.',
  'invalid-id': () => 'This is not the name of a widget.',
  'invalid-type': () => 'This is not the name of a type.',
  'invalid-slot': () => 'This is not the name of a slot.',
  'id-taken': () => 'This widget is on the page already.',
  'not-json': () => 'This cannot be kept.',
  'too-deep': () => 'This has too many levels.',
  'field-too-large': () => 'This is too long to be kept.',
  'field-too-deep': () => 'This has too many levels.',
  refused: () => 'This cannot be used.',
  'unknown-field': () => 'The form has no such field.',
  'unknown-type': () => 'The site does not know this type of widget.',
};
