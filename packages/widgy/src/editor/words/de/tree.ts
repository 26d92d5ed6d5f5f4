import type { Words } from '../words.ts';
import { formats, widgets } from './formats.ts';

const place = (of: { readonly place: number; readonly of: number }) =>
  `${formats.number(of.place)} von ${formats.number(of.of)}`;

/** The outline: all widgets of the page. */
export const outline: Words['outline'] = {
  title: 'Gliederung',
  tree: 'Widgets der Seite',
  name: ({ label, summary }) => (summary === '' ? label : `${label}: ${summary}`),
  inSlot: ({ slot, parent }) => `${slot} von „${parent}“`,
  expandAll: 'Alles aufklappen',
  collapseAll: 'Alles zuklappen',
  path: 'Wo das ausgewählte Widget steht',
  selected: ({ what }) => `„${what}“ ausgewählt`,
  noneSelected: 'Nichts ist ausgewählt',
  actions: ({ what }) => `Aktionen für „${what}“`,
  dragHandle: ({ what }) => `„${what}“ ziehen`,
  notShown: 'In der Vorschau nicht sichtbar',
  unknownType: 'Unbekannter Typ: Sein Code fehlt. Das Widget kann angesehen und gelöscht werden.',
  leadsNowhere: 'Ein Link darin führt ins Leere',
  hasConflict: 'Konflikt',
  emptyPage: 'Diese Seite ist leer.',
  addFirst: 'Das erste Widget hinzufügen',
  filter: 'In der Gliederung suchen',
  found: ({ count }) =>
    count === 0
      ? 'Nichts gefunden'
      : formats.plural(count, { one: '# Widget gefunden', other: '# Widgets gefunden' }),
};

/** Choosing a type for a new widget. */
export const picker: Words['picker'] = {
  title: 'Widget hinzufügen',
  add: 'Hinzufügen',
  addTo: ({ parent }) => `Widget in „${parent}“ hinzufügen`,
  addBefore: ({ what }) => `Widget vor „${what}“ hinzufügen`,
  addAfter: ({ what }) => `Widget nach „${what}“ hinzufügen`,
  addBetween: ({ before, after }) => `Widget zwischen „${before}“ und „${after}“ hinzufügen`,
  addAtEnd: ({ parent }) => `Widget am Ende von „${parent}“ hinzufügen`,
  search: 'Widgets suchen',
  recent: 'Zuletzt verwendet',
  all: 'Alle Widgets',
  none: 'Hier kann kein Widget hinzugefügt werden.',
  noneFound: ({ text }) => `Kein Widget heißt „${text}“.`,
  found: ({ count }) =>
    formats.plural(count, { one: '# Widget steht zur Wahl', other: '# Widgets stehen zur Wahl' }),
  showOthers: 'Widgets zeigen, die hier nicht stehen können',
  whyNot: 'Warum nicht?',
  wrapIn: ({ wrapper }) => `In „${wrapper}“ einfassen`,
  addWrapped: ({ what, wrapper }) => `„${what}“ in „${wrapper}“ hinzufügen`,
  added: ({ what, parent, ...at }) => `„${what}“ als ${place(at)} in „${parent}“ hinzugefügt`,
};

/** Moving widgets, and what is announced of it. */
export const moves: Words['moves'] = {
  moved: ({ what, parent, ...at }) => `„${what}“ an Stelle ${place(at)} in „${parent}“ verschoben`,
  movedMany: ({ count, parent }) => `${widgets(count)} nach „${parent}“ verschoben`,
  moveToTitle: ({ what }) => `„${what}“ verschieben nach`,
  places: 'Mögliche Stellen',
  noPlaces: ({ what }) => `Für „${what}“ gibt es keine andere Stelle.`,
  before: ({ what }) => `Vor „${what}“`,
  inside: ({ parent }) => `In „${parent}“`,
  lastIn: ({ parent }) => `Am Ende von „${parent}“`,
  itIsHere: 'Hier steht es jetzt',
  cannotUp: ({ what }) => `„${what}“ kann nicht weiter nach oben.`,
  cannotDown: ({ what }) => `„${what}“ kann nicht weiter nach unten.`,
  cannotOut: ({ what }) => `„${what}“ kann nicht weiter nach außen.`,
  cannotIn: ({ what }) => `Vor „${what}“ steht nichts, das es aufnehmen könnte.`,
  noDrop: 'Hier kann es nicht abgelegt werden.',
  cancelled: ({ what }) => `Nichts wurde verschoben. „${what}“ steht, wo es war.`,
  removed: ({ what }) => `„${what}“ gelöscht`,
  removedWith: ({ what, count }) => `„${what}“ mit ${widgets(count)} darin gelöscht`,
  duplicated: ({ what }) => `„${what}“ verdoppelt`,
  wrapped: ({ what, wrapper }) => `„${what}“ in „${wrapper}“ eingefasst`,
  unwrapped: ({ what }) => `„${what}“ entfernt, sein Inhalt ist geblieben`,
};
