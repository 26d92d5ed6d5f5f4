import type { Words } from '../words.ts';
import { formats } from './formats.ts';

/** The frame of the editor. */
export const app: Words['app'] = {
  title: ({ page }) => `${page} bearbeiten`,
  editor: 'Editor',
  loading: 'Der Editor wird geladen.',
  backTo: ({ page }) => `Zurück zu „${page}“`,
  openForms: 'Formulare öffnen',
  openFormsHelp: 'Derselbe Inhalt als einfache Formulare, die ohne Skripte auskommen.',
  viewOnSite: 'Auf der Website ansehen',
  aboutRegion: 'Die Seite als Ganzes',
  pageDetails: 'Angaben zur Seite',
  pageDetailsHelp: 'Titel, Adresse, Menüs und Vorlage, und was Suchmaschinen lesen.',
  calloutDetails: 'Angaben zum Call-out',
  calloutDetailsHelp: 'Wie er heißt und wo er verwendet wird.',
  outlineRegion: 'Gliederung der Seite',
  previewRegion: 'Vorschau der Seite',
  formRegion: 'Formular des ausgewählten Widgets',
  form: 'Felder',
  toolbar: 'Werkzeuge des Editors',
  skipTo: ({ where }) => `Springen zu: ${where}`,
  showPanel: ({ panel }) => `${panel} anzeigen`,
  hidePanel: ({ panel }) => `${panel} ausblenden`,
  resizePanel: ({ panel }) => `Breite ändern: ${panel}`,
  more: 'Mehr',
  close: 'Schließen',
  cancel: 'Abbrechen',
  done: 'Fertig',
  apply: 'Übernehmen',
  delete: 'Löschen',
  tryAgain: 'Noch einmal versuchen',
  dismiss: 'Ausblenden',
  details: 'Einzelheiten',
  readOnly: 'Sie dürfen diese Seite lesen, aber nicht ändern.',
  failed: 'Im Editor ist etwas schiefgegangen.',
  failedHelp:
    'Was Sie getan haben, ist auf diesem Gerät gespeichert. Laden Sie die Seite neu, um weiterzumachen.',
  reload: 'Neu laden',
  language: 'Sprache',
};

/** Whether the work is saved. */
export const state: Words['state'] = {
  saving: 'Wird gespeichert',
  saved: ({ at }) => `Gespeichert um ${formats.clock(at)}`,
  nothingToSave: 'Alles ist gespeichert',
  waiting: ({ count }) =>
    formats.plural(count, {
      one: '# Änderung ist noch nicht gespeichert',
      other: '# Änderungen sind noch nicht gespeichert',
    }),
  offline: 'Offline, auf diesem Gerät gesichert',
  offlineHelp:
    'Sie können weiterarbeiten. Ihre Änderungen werden gespeichert, sobald die Verbindung wieder besteht.',
  backOnline: 'Die Verbindung besteht wieder.',
  conflict: 'Konflikt',
  conflicts: ({ count }) => formats.plural(count, { one: '# Konflikt', other: '# Konflikte' }),
  cannotSave: 'Speichern nicht möglich',
  cannotSaveHelp: 'Ihre Änderungen sind auf diesem Gerät gesichert.',
  nextTry: ({ seconds }) =>
    formats.plural(seconds, {
      one: 'Nächster Versuch in # Sekunde',
      other: 'Nächster Versuch in # Sekunden',
    }),
  tryNow: 'Jetzt versuchen',
  notKept:
    'Dieser Browser kann keine Änderungen sichern. Lassen Sie die Seite offen, bis alles gespeichert ist.',
  signedOut: 'Sie sind abgemeldet. Melden Sie sich an, um zu speichern.',
  somebodyElse: ({ who }) => `Jemand anderes ist angemeldet. Melden Sie sich als ${who} an, um zu speichern.`,
  signIn: 'Anmelden',
  deleted: 'Diese Seite wurde gelöscht.',
  deletedHelp: 'Es kann nichts mehr gespeichert werden. Kopieren Sie, was Sie noch brauchen.',
  notAllowed: 'Sie dürfen diese Seite nicht mehr sehen.',
  fellBehind: 'Dieser Tab war lange weg. Laden Sie die Seite neu, um zu sehen, was andere getan haben.',
  leaving: 'Einige Änderungen sind noch nicht gespeichert.',
  othersChanged: ({ who, what }) => `${who} hat „${what}“ geändert.`,
  somebodyChanged: ({ what }) => `„${what}“ wurde von jemand anderem geändert.`,
};

/** Who else is here. */
export const presence: Words['presence'] = {
  title: 'Wer hier ist',
  alone: 'Außer Ihnen ist niemand hier.',
  others: ({ count }) =>
    formats.plural(count, { one: '# andere Person ist hier', other: '# andere Personen sind hier' }),
  isOn: ({ who, what }) => `${who} ist bei „${what}“`,
  isHere: ({ who }) => `${who} ist hier`,
  came: ({ who }) => `${who} ist gekommen.`,
  left: ({ who }) => `${who} ist gegangen.`,
  you: 'Sie',
  yourOtherTab: 'Sie, in einem anderen Tab',
  somebody: 'Jemand',
  goTo: ({ who }) => `Zu der Stelle gehen, an der ${who} ist`,
};

/** What a tab that was closed or killed had not saved. */
export const recovery: Words['recovery'] = {
  title: 'Änderungen, die nicht gespeichert wurden',
  found: ({ at, count }) =>
    `${formats.plural(count, { one: '# Änderung', other: '# Änderungen' })} vom ${formats.moment(at)} ${
      count === 1 ? 'konnte' : 'konnten'
    } nicht gespeichert werden.`,
  recover: 'Wiederherstellen',
  discard: 'Verwerfen',
  discardSure: 'Diese Änderungen endgültig verwerfen?',
  recovered: ({ count }) =>
    formats.plural(count, {
      one: '# Änderung wurde wiederhergestellt.',
      other: '# Änderungen wurden wiederhergestellt.',
    }),
  discarded: 'Die Änderungen wurden verworfen.',
  someConflict: 'Einige davon passen nicht mehr zur Seite. Sie können wählen.',
  unreadable: 'Was auf diesem Gerät gesichert war, kann nicht gelesen werden.',
};
