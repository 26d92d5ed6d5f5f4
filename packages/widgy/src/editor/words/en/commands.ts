import { formats, widgets } from './formats.ts';

/** Everything that can be done, as menus, the search of commands and the list of shortcuts call it. */
export const commands = {
  addBefore: 'Add before',
  addAfter: 'Add after',
  addInside: 'Add inside',
  moveTo: 'Move to…',
  moveUp: 'Move up',
  moveDown: 'Move down',
  moveOut: 'Move out',
  moveIn: 'Move in',
  wrap: 'Wrap in…',
  unwrap: 'Take away, keep what is in it',
  duplicate: 'Duplicate',
  remove: 'Delete',
  copy: 'Copy',
  cut: 'Cut',
  paste: 'Paste',
  undo: 'Undo',
  redo: 'Redo',
  find: 'Find',
  selectParent: 'Select what is around it',
  selectNone: 'Select nothing',
  selectUp: 'Go to the one above',
  selectDown: 'Go to the one below',
  selectFirst: 'Go to the first',
  selectLast: 'Go to the last',
  extendUp: 'Select the one above as well',
  extendDown: 'Select the one below as well',
  expand: 'Open, or go to the first in it',
  collapse: 'Close, or go to what is around it',
  makeShared: 'Make shared',
  editShared: 'Edit what is shared…',
  detachCopy: 'Detach a copy',
  history: 'History',
  publish: 'Publish',
  check: 'Check accessibility',
  costs: 'Show what it costs',
  goToOutline: 'Go to the outline',
  goToPreview: 'Go to the preview',
  goToForm: 'Go to the form',
  nextRegion: 'Go to the next part of the editor',
  shortcuts: 'Shortcuts',
};

/** Several widgets at once. */
export const selection = {
  count: ({ count }: { count: number }) => `${widgets(count)} selected`,
  none: 'Nothing is selected',
  cannotAll: 'This cannot be done with all of them.',
  removed: ({ count }: { count: number }) => `Deleted ${widgets(count)}`,
  duplicated: ({ count }: { count: number }) => `Duplicated ${widgets(count)}`,
};

/** The one widget that a step was about, or how many. */
export interface Step {
  readonly what: string;
  readonly count: number;
}

const some = ({ what, count }: Step) => (count === 1 ? what : widgets(count));

/** What somebody did, as undo and redo call it. */
export const steps = {
  insert: (step: Step) => `adding ${some(step)}`,
  move: (step: Step) => `moving ${some(step)}`,
  set: ({ field, ...step }: Step & { field: string }) => `editing ${field} of ${some(step)}`,
  setMany: ({ what }: { what: string }) => `editing ${what}`,
  remove: (step: Step) => `deleting ${some(step)}`,
  duplicate: (step: Step) => `duplicating ${some(step)}`,
  wrap: ({ wrapper, ...step }: Step & { wrapper: string }) => `wrapping ${some(step)} in ${wrapper}`,
  unwrap: ({ what }: { what: string }) => `taking away ${what}`,
  cut: (step: Step) => `cutting ${some(step)}`,
  paste: (step: Step) => `pasting ${some(step)}`,
  restore: ({ what }: { what: string }) => `restoring ${what}`,
  settle: ({ what }: { what: string }) => `settling the conflict about ${what}`,
  share: ({ what }: { what: string }) => `sharing ${what}`,
  detach: ({ what }: { what: string }) => `detaching ${what}`,
  discard: 'discarding the changes',
};

/** Taking back, and doing again. */
export const undo = {
  undo: ({ step }: { step: string }) => `Undo ${step}`,
  redo: ({ step }: { step: string }) => `Redo ${step}`,
  undone: ({ step }: { step: string }) => `Took back ${step}`,
  redone: ({ step }: { step: string }) => `Did again: ${step}`,
  nothingToUndo: 'There is nothing to undo.',
  nothingToRedo: 'There is nothing to redo.',
  refused: ({ step }: { step: string }) =>
    `Somebody else has worked on this since. ${step.slice(0, 1).toUpperCase()}${step.slice(1)} was not taken back.`,
  redoRefused: ({ step }: { step: string }) =>
    `Somebody else has worked on this since. ${step.slice(0, 1).toUpperCase()}${step.slice(1)} was not done again.`,
  waits: 'This can be undone when the connection is back.',
};

/** Copying and pasting, within a page and between pages. */
export const clipboard = {
  copied: ({ count }: { count: number }) => `Copied ${widgets(count)}`,
  cut: ({ count }: { count: number }) => `Cut ${widgets(count)}`,
  pasted: ({ count, parent }: { count: number; parent: string }) => `Pasted ${widgets(count)} into ${parent}`,
  nothing: 'There are no widgets to paste.',
  unreadable: 'What is on the clipboard cannot be read as widgets.',
  tooLarge: 'What is on the clipboard is too large.',
  notAllowed: 'The browser does not let the editor read the clipboard. Press the keys for pasting instead.',
  cannotCopy: 'The browser does not let the editor write to the clipboard.',
  refused: ({ why }: { why: string }) => `It cannot be pasted here. ${why}`,
  notResolved: ({ count }: { count: number }) =>
    formats.plural(count, {
      one: '# link points at something that this site does not have:',
      other: '# links point at something that this site does not have:',
    }),
  linkOf: ({ field, what }: { field: string; what: string }) => `${field} of ${what}`,
  unknownTypes: ({ types }: { types: readonly string[] }) =>
    `This site does not have: ${formats.list(types)}`,
};
