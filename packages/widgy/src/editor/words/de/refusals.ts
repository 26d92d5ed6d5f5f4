import type { RefusalNames, RefusalTexts } from '../codes.ts';
import { formats, widgets } from './formats.ts';

const inner = ({ child }: RefusalNames) => (child === undefined ? 'Dieses Widget' : `„${child}“`);
const innerObject = ({ child }: RefusalNames) => (child === undefined ? 'dieses Widget' : `„${child}“`);
const outer = ({ parent }: RefusalNames) => (parent === undefined ? 'Diese Stelle' : `„${parent}“`);
const inOuter = ({ parent }: RefusalNames) => (parent === undefined ? 'an dieser Stelle' : `in „${parent}“`);
const inSlot = ({ slot }: RefusalNames) => (slot === undefined ? '' : ` im Bereich „${slot}“`);

/** Why an operation is refused. */
export const refusals: RefusalTexts = {
  'type-unknown': (names) => `${inner(names)} hat einen Typ, den die Website nicht kennt.`,
  'slot-unknown': (names) =>
    names.slot === undefined
      ? `${outer(names)} nimmt Widgets nur in Bereichen auf.`
      : `${outer(names)} hat keinen Bereich „${names.slot}“.`,
  'parent-refuses': (names) => `${outer(names)} nimmt ${innerObject(names)} nicht auf.`,
  'child-refuses': (names) => `${inner(names)} darf nicht ${inOuter(names)} stehen.`,
  'both-refuse': (names) =>
    `${outer(names)} nimmt ${innerObject(names)} nicht auf, und ${innerObject(names)} darf nicht ${inOuter(names)} stehen.`,
  'inside-itself': (names) => `${inner(names)} darf nicht in einem anderen Widget desselben Typs stehen.`,
  'slot-full': (names) =>
    names.limit === undefined
      ? `${outer(names)} ist${inSlot(names)} voll.`
      : `${outer(names)} nimmt${inSlot(names)} höchstens ${widgets(names.limit)} auf.`,
  'slot-short': (names) =>
    names.limit === undefined
      ? `${outer(names)} braucht${inSlot(names)} die vorhandenen Widgets.`
      : `${outer(names)} braucht${inSlot(names)} mindestens ${widgets(names.limit)}.`,
  'not-draggable': (names) => `${inner(names)} kann nicht verschoben werden.`,
  'not-deletable': (names) => `${inner(names)} kann nicht gelöscht werden.`,
  'not-editable': (names) => `${inner(names)} kann nicht bearbeitet werden.`,
  'not-root-choice': (names) => `${inner(names)} kann nicht das äußerste Widget einer Seite sein.`,
  'tree-frozen': () => 'Das ist eine Version, und Versionen ändern sich nie. Bearbeiten Sie den Entwurf.',
  'widget-missing': () => 'Dieses Widget gibt es nicht mehr.',
  'parent-missing': () => 'Das Widget, in das dies sollte, gibt es nicht mehr.',
  'sibling-missing': () => 'Das Widget, neben das dies sollte, gibt es nicht mehr.',
  'id-taken': () => 'Dieses Widget steht schon auf der Seite.',
  'root-fixed': () => 'Das äußerste Widget bleibt, wo es ist.',
  'into-itself': (names) => `${inner(names)} kann nicht in sich selbst stehen.`,
  'not-side-by-side': () => 'Nur Widgets, die nebeneinander stehen, können zusammen eingefasst werden.',
  'slots-disordered': () => 'Die Widgets kämen in eine andere Reihenfolge. Fassen Sie sie einzeln ein.',
  'copies-incomplete': () => 'Die Kopie ist unvollständig. Kopieren Sie noch einmal.',
  'too-deep': ({ limit }) =>
    limit === undefined
      ? 'So viele Widgets können nicht ineinander stehen.'
      : `Mehr als ${widgets(limit)} können nicht ineinander stehen.`,
  'too-many': ({ limit }) =>
    limit === undefined
      ? 'Die Seite hätte zu viele Widgets.'
      : `Die Seite hätte mehr als ${formats.number(limit)} Widgets.`,
  'too-large': () => 'Die Seite würde zu groß.',
};
