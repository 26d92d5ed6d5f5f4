import type { Words } from '../words.ts';
import { formats } from './formats.ts';

/** The frame of the editor. */
export const app: Words['app'] = {
  editor: 'Editor',
  backTo: ({ page }) => `Zurück zu „${page}“`,
  openForms: 'Formulare öffnen',
  loading: 'Der Editor wird geladen.',
  withoutScripts: 'Der Editor braucht Skripte, die dieser Browser nicht ausführt.',
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
  more: 'Mehr',
  close: 'Schließen',
  cancel: 'Abbrechen',
  tryAgain: 'Noch einmal versuchen',
  dismiss: 'Ausblenden',
  details: 'Einzelheiten',
  failed: 'Im Editor ist etwas schiefgegangen.',
  failedHelp:
    'Was Sie getan haben, ist auf diesem Gerät gespeichert. Laden Sie die Seite neu, um weiterzumachen.',
};

/** Whether the work is saved. */
export const state: Words['state'] = {
  saving: 'Wird gespeichert',
  saved: ({ at }) => `Gespeichert um ${formats.clock(at)}`,
  nothingToSave: 'Alles ist gespeichert',
  offline: 'Offline, auf diesem Gerät gesichert',
  conflicts: ({ count }) => formats.plural(count, { one: '# Konflikt', other: '# Konflikte' }),
  notKept:
    'Dieser Browser kann keine Änderungen sichern. Lassen Sie die Seite offen, bis alles gespeichert ist.',
  signedOut: 'Sie sind abgemeldet. Melden Sie sich an, um zu speichern.',
  somebodyElse: ({ who }) => `Jemand anderes ist angemeldet. Melden Sie sich als ${who} an, um zu speichern.`,
  signIn: 'Anmelden',
  deleted: 'Diese Seite wurde gelöscht.',
  notAllowed: 'Sie dürfen diese Seite nicht mehr sehen.',
};

/** Who else is here. */
export const presence: Words['presence'] = {
  title: 'Wer hier ist',
  isOn: ({ who, what }) => `${who} ist bei „${what}“`,
  isHere: ({ who }) => `${who} ist hier`,
  yourOtherTab: 'Sie, in einem anderen Tab',
  somebody: 'Jemand',
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
};
