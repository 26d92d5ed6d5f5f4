import type { RefusalNames, RefusalTexts } from '../codes.ts';
import { formats, widgets } from './formats.ts';

const inner = ({ child = 'This widget' }: RefusalNames) => child;
const innerObject = ({ child = 'this widget' }: RefusalNames) => child;
const outer = ({ parent = 'That place' }: RefusalNames) => parent;
const outerObject = ({ parent = 'that place' }: RefusalNames) => parent;
const inSlot = ({ slot }: RefusalNames) => (slot === undefined ? '' : ` in “${slot}”`);

/** Why an operation is refused. */
export const refusals: RefusalTexts = {
  'type-unknown': (names) => `${inner(names)} is of a type that the site does not know.`,
  'slot-unknown': (names) =>
    names.slot === undefined
      ? `${outer(names)} holds widgets only in its slots.`
      : `${outer(names)} has no slot “${names.slot}”.`,
  'parent-refuses': (names) => `${outer(names)} does not take ${innerObject(names)}.`,
  'child-refuses': (names) => `${inner(names)} does not stand in ${outerObject(names)}.`,
  'both-refuse': (names) =>
    `${outer(names)} does not take ${innerObject(names)}, and ${innerObject(names)} does not stand in ${outerObject(names)}.`,
  'inside-itself': (names) => `${inner(names)} cannot stand in another of its type.`,
  'slot-full': (names) =>
    names.limit === undefined
      ? `${outer(names)} is full${inSlot(names)}.`
      : `${outer(names)} holds at most ${widgets(names.limit)}${inSlot(names)}.`,
  'slot-short': (names) =>
    names.limit === undefined
      ? `${outer(names)} needs the widgets that it has${inSlot(names)}.`
      : `${outer(names)} needs at least ${widgets(names.limit)}${inSlot(names)}.`,
  'not-draggable': (names) => `${inner(names)} cannot be moved.`,
  'not-deletable': (names) => `${inner(names)} cannot be deleted.`,
  'not-editable': (names) => `${inner(names)} cannot be edited.`,
  'not-root-choice': (names) => `${inner(names)} cannot be the outermost widget of a page.`,
  'tree-frozen': () => 'This is a version, and versions never change. Edit the draft.',
  'widget-missing': () => 'This widget is not there any more.',
  'parent-missing': () => 'The widget that this was to go into is not there any more.',
  'sibling-missing': () => 'The widget that this was to go next to is not there any more.',
  'id-taken': () => 'This widget is on the page already.',
  'root-fixed': () => 'The outermost widget stays where it is.',
  'into-itself': (names) => `${inner(names)} cannot be put into itself.`,
  'not-side-by-side': () => 'Only widgets that stand side by side can be wrapped together.',
  'slots-disordered': () => 'The widgets would change their order. Wrap them one by one.',
  'copies-incomplete': () => 'The copy is not complete. Copy it again.',
  'too-deep': ({ limit }) =>
    limit === undefined
      ? 'So many widgets cannot stand inside one another.'
      : `More than ${widgets(limit)} cannot stand inside one another.`,
  'too-many': ({ limit }) =>
    limit === undefined
      ? 'The page would have too many widgets.'
      : `The page would have more than ${formats.number(limit)} widgets.`,
  'too-large': () => 'The page would become too large.',
};
