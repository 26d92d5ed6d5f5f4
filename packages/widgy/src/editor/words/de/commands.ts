import type { Words } from '../words.ts';
import { formats, widgets } from './formats.ts';

/** Everything that can be done, as menus, the search of commands and the list of shortcuts call it. */
export const commands: Words['commands'] = {
  addBefore: 'Davor hinzufügen',
  addAfter: 'Danach hinzufügen',
  addInside: 'Darin hinzufügen',
  moveTo: 'Verschieben nach …',
  moveUp: 'Nach oben verschieben',
  moveDown: 'Nach unten verschieben',
  moveOut: 'Nach außen verschieben',
  moveIn: 'Nach innen verschieben',
  wrap: 'Einfassen in …',
  unwrap: 'Entfernen, Inhalt behalten',
  duplicate: 'Verdoppeln',
  remove: 'Löschen',
  copy: 'Kopieren',
  cut: 'Ausschneiden',
  paste: 'Einfügen',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  find: 'Suchen',
  selectParent: 'Auswählen, was außen herum steht',
  selectNone: 'Auswahl aufheben',
  selectUp: 'Zum vorigen gehen',
  selectDown: 'Zum nächsten gehen',
  selectFirst: 'Zum ersten gehen',
  selectLast: 'Zum letzten gehen',
  extendUp: 'Das vorige mit auswählen',
  extendDown: 'Das nächste mit auswählen',
  expand: 'Aufklappen oder zum ersten darin gehen',
  collapse: 'Zuklappen oder nach außen gehen',
  makeShared: 'Gemeinsam nutzen',
  editShared: 'Gemeinsames bearbeiten…',
  detachCopy: 'Eigene Kopie anlegen',
  history: 'Verlauf',
  publish: 'Veröffentlichen',
  check: 'Barrierefreiheit prüfen',
  costs: 'Kosten anzeigen',
  goToOutline: 'Zur Gliederung',
  goToPreview: 'Zur Vorschau',
  goToForm: 'Zum Formular',
  nextRegion: 'Zum nächsten Teil des Editors',
  shortcuts: 'Tastenkürzel',
};

/** Several widgets at once. */
export const selection: Words['selection'] = {
  count: ({ count }) => `${widgets(count)} ausgewählt`,
  none: 'Nichts ist ausgewählt',
  cannotAll: 'Das geht nicht mit allen davon.',
  removed: ({ count }) => `${widgets(count)} gelöscht`,
  duplicated: ({ count }) => `${widgets(count)} verdoppelt`,
};

const some = ({ what, count }: { readonly what: string; readonly count: number }) =>
  count === 1 ? `„${what}“` : widgets(count);

/** What somebody did, as undo and redo call it. */
export const steps: Words['steps'] = {
  insert: (step) => `${some(step)} hinzufügen`,
  move: (step) => `${some(step)} verschieben`,
  set: ({ field, ...step }) => `„${field}“ von ${some(step)} bearbeiten`,
  setMany: ({ what }) => `„${what}“ bearbeiten`,
  remove: (step) => `${some(step)} löschen`,
  duplicate: (step) => `${some(step)} verdoppeln`,
  wrap: ({ wrapper, ...step }) => `${some(step)} in „${wrapper}“ einfassen`,
  unwrap: ({ what }) => `„${what}“ entfernen`,
  cut: (step) => `${some(step)} ausschneiden`,
  paste: (step) => `${some(step)} einfügen`,
  restore: ({ what }) => `„${what}“ wiederherstellen`,
  settle: ({ what }) => `den Konflikt um „${what}“ lösen`,
  share: ({ what }) => `„${what}“ gemeinsam nutzen`,
  detach: ({ what }) => `eigene Kopie von „${what}“ anlegen`,
  discard: 'die Änderungen verwerfen',
};

/** Taking back, and doing again. */
export const undo: Words['undo'] = {
  undo: ({ step }) => `Rückgängig: ${step}`,
  redo: ({ step }) => `Wiederholen: ${step}`,
  undone: ({ step }) => `Rückgängig gemacht: ${step}`,
  redone: ({ step }) => `Wiederholt: ${step}`,
  nothingToUndo: 'Es gibt nichts rückgängig zu machen.',
  nothingToRedo: 'Es gibt nichts zu wiederholen.',
  refused: ({ step }) =>
    `Jemand anderes hat inzwischen daran gearbeitet. Nicht rückgängig gemacht wurde: ${step}.`,
  redoRefused: ({ step }) =>
    `Jemand anderes hat inzwischen daran gearbeitet. Nicht wiederholt wurde: ${step}.`,
  waits: 'Das kann rückgängig gemacht werden, sobald die Verbindung wieder besteht.',
};

/** Copying and pasting, within a page and between pages. */
export const clipboard: Words['clipboard'] = {
  copied: ({ count }) => `${widgets(count)} kopiert`,
  cut: ({ count }) => `${widgets(count)} ausgeschnitten`,
  pasted: ({ count, parent }) => `${widgets(count)} in „${parent}“ eingefügt`,
  nothing: 'Es gibt keine Widgets zum Einfügen.',
  unreadable: 'Was in der Zwischenablage liegt, kann nicht als Widgets gelesen werden.',
  tooLarge: 'Was in der Zwischenablage liegt, ist zu groß.',
  notAllowed:
    'Der Browser lässt den Editor die Zwischenablage nicht lesen. Drücken Sie stattdessen die Tasten zum Einfügen.',
  cannotCopy: 'Der Browser lässt den Editor nicht in die Zwischenablage schreiben.',
  refused: ({ why }) => `Es kann hier nicht eingefügt werden. ${why}`,
  notResolved: ({ count }) =>
    formats.plural(count, {
      one: '# Link führt zu etwas, das es auf dieser Website nicht gibt:',
      other: '# Links führen zu etwas, das es auf dieser Website nicht gibt:',
    }),
  linkOf: ({ field, what }) => `„${field}“ von „${what}“`,
  unknownTypes: ({ types }) => `Auf dieser Website gibt es nicht: ${formats.list(types)}`,
};
