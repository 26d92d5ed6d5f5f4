import type { Words } from '../words.ts';
import { formats, widgets } from './formats.ts';

/** The page as visitors will see it. */
export const preview: Words['preview'] = {
  title: 'Vorschau',
  frame: ({ page }) => `Vorschau von „${page}“`,
  loading: 'Die Vorschau wird geladen.',
  widths: 'Breite der Vorschau',
  phone: 'Telefon',
  tablet: 'Tablet',
  desktop: 'Desktop',
  pixels: ({ width }) => `${formats.number(width)} Pixel breit`,
  scaled: ({ percent }) => `auf ${formats.number(percent)} %`,
  reading: 'Lesemodus',
  readingHelp: 'Die Überschriften der Seite in ihrer Reihenfolge, wie Screenreader sie aufzählen.',
  noHeadings: 'Die Seite hat keine Überschriften.',
  emptyHeading: 'Eine Überschrift ohne Text',
  headingLevel: ({ level }) => `Ebene ${formats.number(level)}`,
  skippedLevel: ({ level }) => `Davor fehlt Ebene ${formats.number(level)}.`,
  openAlone: 'Für sich allein öffnen',
  reload: 'Vorschau neu laden',
  stale: 'Die Vorschau ist die zuletzt geladene.',
  staleOffline:
    'Sie sind offline. Die Vorschau bleibt, wie sie war, und folgt, sobald die Verbindung wieder besteht.',
  failed: 'Die Vorschau kann gerade nicht geladen werden.',
  menu: ({ what }) => `Mehr für „${what}“`,
  select: ({ what }) => `„${what}“ auswählen`,
  emptySlot: ({ parent }) => `Leere Stelle in „${parent}“`,
  fillSlot: ({ parent }) => `Widget in „${parent}“ einfügen`,
};

/** What widgets cost visitors. */
export const costs: Words['costs'] = {
  title: 'Was das kostet',
  ofWidget: ({ what }) => `Was „${what}“ kostet`,
  forVisitors: ({ text }) => `Für Besucher: ${text}`,
  ofPage: 'Die ganze Seite',
  styles: 'Stil',
  scripts: 'Skript',
  render: 'Aufbau',
  bytes: ({ bytes }) => formats.bytes(bytes),
  milliseconds: ({ ms }) => formats.milliseconds(ms),
  compressed: 'Komprimiert, wie Besucher es bekommen',
  sharedByType: ({ label, count }) => `${label}: einmal geladen für ${widgets(count)}`,
  none: 'Es bringt weder Stil noch Skript mit.',
  most: 'Die teuersten Widgets',
  byBytes: 'Nach dem, was sie laden',
  byTime: 'Nach der Zeit, die das Darstellen braucht',
  partial: 'Von einigen Typen ist es auf diesem Server nicht bekannt.',
  loading: 'Die Kosten werden gezählt.',
  cannotLoad: 'Die Kosten können gerade nicht geladen werden.',
};

/** What the accessibility check of the page found. */
export const check: Words['check'] = {
  title: 'Barrierefreiheit',
  run: 'Seite prüfen',
  running: 'Die Seite wird geprüft.',
  none: 'Nichts wurde gefunden.',
  noneHelp: 'Eine Maschine findet nur einen Teil dessen, was falsch sein kann.',
  found: ({ count }) =>
    formats.plural(count, { one: '# Stelle wurde gefunden', other: '# Stellen wurden gefunden' }),
  mendFirst: ({ count }) =>
    formats.plural(count, {
      one: '# Stelle hindert Menschen daran, die Seite zu benutzen. Sie muss behoben werden, bevor dies veröffentlicht wird.',
      other:
        '# Stellen hindern Menschen daran, die Seite zu benutzen. Sie müssen behoben werden, bevor dies veröffentlicht wird.',
    }),
  show: 'Zeigen, was gefunden wurde',
  open: ({ what }) => `„${what}“ öffnen`,
  openField: ({ field, what }) => `„${field}“ von „${what}“ öffnen`,
  notInWidget: 'Im Rahmen der Seite, nicht in einem Widget',
  more: 'Was zu tun ist',
  impact: {
    minor: 'Gering',
    moderate: 'Mittel',
    serious: 'Ernst',
    critical: 'Kritisch',
  },
  outdated: 'Die Seite wurde seither geändert. Prüfen Sie sie noch einmal.',
  failed: 'Die Seite konnte nicht geprüft werden.',
};
