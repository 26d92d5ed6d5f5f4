import type { Words } from '../words.ts';
import { formats } from './formats.ts';

/** Finding pages, widgets, texts and commands. */
export const find: Words['find'] = {
  title: 'Suchen',
  label: 'Seiten, Widgets, Texte und Befehle suchen',
  hint: 'Tippen Sie, was Sie suchen',
  pages: 'Seiten',
  widgets: 'Widgets auf dieser Seite',
  texts: 'Texte auf dieser Seite',
  commands: 'Befehle',
  problems: 'Probleme',
  firstProblem: 'Zum ersten Problem',
  found: ({ count }) => formats.plural(count, { one: '# Treffer', other: '# Treffer' }),
  noneFound: ({ text }) => `Zu „${text}“ wurde nichts gefunden.`,
  inField: ({ field, what }) => `in „${field}“ von „${what}“`,
  openPage: ({ page }) => `„${page}“ öffnen`,
  pagesOffline: 'Solange Sie offline sind, können Seiten nicht gesucht werden.',
  searching: 'Wird gesucht',
  more: ({ count }) => formats.plural(count, { one: '# weiterer', other: '# weitere' }),
};

/** The list of shortcuts. */
export const shortcuts: Words['shortcuts'] = {
  title: 'Tastenkürzel',
  intro: 'Einzelne Tasten tun nichts, solange Sie schreiben oder Text markiert haben.',
  command: 'Was es tut',
  keys: 'Tasten',
  everywhere: 'Überall',
  inOutline: 'In der Gliederung',
  or: 'oder',
  close: 'Schließen, was offen ist',
  names: {
    alt: 'Alt',
    control: 'Strg',
    command: 'Befehl',
    option: 'Wahl',
    shift: 'Umschalt',
    enter: 'Eingabe',
    escape: 'Esc',
    delete: 'Entf',
    backspace: 'Rücktaste',
    tab: 'Tab',
    space: 'Leertaste',
    home: 'Pos 1',
    end: 'Ende',
    up: 'Pfeil oben',
    down: 'Pfeil unten',
    left: 'Pfeil links',
    right: 'Pfeil rechts',
    click: 'Klick',
  },
};
