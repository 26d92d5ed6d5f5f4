import type { FieldTexts } from '../codes.ts';
import { formats } from './formats.ts';

/** What is wrong with the value of a field. */
export const fields: FieldTexts = {
  required: () => 'Füllen Sie dieses Feld aus.',
  'wrong-kind': () => 'Hier wird ein Wert anderer Art erwartet.',
  'wrong-format': () => 'Das hat nicht die erwartete Form.',
  'not-a-choice': () => 'Wählen Sie einen der angebotenen Werte.',
  'too-small': ({ limit }) =>
    limit === undefined ? 'Diese Zahl ist zu klein.' : `Geben Sie mindestens ${formats.number(limit)} ein.`,
  'too-large': ({ limit }) =>
    limit === undefined ? 'Das ist zu groß.' : `Geben Sie höchstens ${formats.number(limit)} ein.`,
  'too-short': ({ limit }) =>
    limit === undefined ? 'Das ist zu kurz.' : `Schreiben Sie mindestens ${formats.number(limit)} Zeichen.`,
  'too-long': ({ limit }) =>
    limit === undefined ? 'Das ist zu lang.' : `Schreiben Sie höchstens ${formats.number(limit)} Zeichen.`,
  'too-few': ({ limit }) =>
    limit === undefined ? 'Das sind zu wenige.' : `Geben Sie mindestens ${formats.number(limit)} an.`,
  'too-many': ({ limit }) =>
    limit === undefined ? 'Das sind zu viele.' : `Geben Sie höchstens ${formats.number(limit)} an.`,
  'not-a-step': ({ limit }) =>
    limit === undefined
      ? 'Diese Zahl ist nicht erlaubt.'
      : `Geben Sie ein Vielfaches von ${formats.number(limit)} ein.`,
  'wrong-shape': () => 'Das hat nicht die erwartete Form.',
  'unknown-key': () => 'Das hat einen Teil, der nicht erwartet wird.',
  'forbidden-key': () => 'Das hat einen Teil mit einem Namen, der nicht erlaubt ist.',
  'invalid-id': () => 'Das ist nicht der Name eines Widgets.',
  'invalid-type': () => 'Das ist nicht der Name eines Typs.',
  'invalid-slot': () => 'Das ist nicht der Name eines Bereichs.',
  'id-taken': () => 'Dieses Widget steht schon auf der Seite.',
  'not-json': () => 'Das kann nicht gespeichert werden.',
  'too-deep': () => 'Das hat zu viele Ebenen.',
  'field-too-large': () => 'Das ist zu lang, um gespeichert zu werden.',
  'field-too-deep': () => 'Das hat zu viele Ebenen.',
  refused: () => 'Das kann nicht verwendet werden.',
  'unknown-field': () => 'Das Formular hat kein solches Feld.',
  'unknown-type': () => 'Die Website kennt diesen Widget-Typ nicht.',
};
