import type { Words } from '../words.ts';
import { formats } from './formats.ts';

/** Dateien, die zu den Medien der Website kommen. */
export const files: Words['files'] = {
  addPicture: 'Bild hochladen',
  add: 'Datei hochladen',
  adding: ({ name }) => `${name} wird hochgeladen.`,
  added: ({ name }) => `${name} wurde hochgeladen und ausgewählt.`,
  again: 'Noch einmal versuchen',
  unreachable: ({ name }) => `${name} wurde nicht hochgeladen: Der Server antwortet nicht.`,
  refused: {
    busy: 'Der Server nimmt gerade andere Dateien an. Versuchen Sie es gleich noch einmal.',
    interrupted: 'Das Hochladen brach ab. Versuchen Sie es noch einmal.',
    empty: 'Die Datei ist leer.',
    'too-large': ({ limit }) => `Die Datei ist zu groß. Höchstens ${formats.bytes(limit)} werden angenommen.`,
    'type-refused': 'Dateien dieser Art werden nicht angenommen.',
    'type-mismatch': 'Der Inhalt der Datei ist von anderer Art, als der Name sagt.',
    damaged: 'Die Datei lässt sich nicht als Bild lesen.',
    'too-many-pixels': 'Das Bild hat zu viele Pixel. Verkleinern Sie es zuerst.',
  },
  refusedOtherwise: 'Die Datei wurde abgelehnt.',
};
