import type { MediaStore } from '../../media/index.ts';
import { takenTypes } from '../../media/store.ts';
import type { ShownForm } from '../form.ts';
import { sizeText } from './media-words.ts';

/** The form for a file that is to be added. */
export interface UploadForm {
  /** The id that the file is to have: sent twice, the form makes one. */
  readonly id: string;
  readonly form: ShownForm;
  /** What is wrong with the file. */
  readonly fault?: string;
  /** Whether it was sent before: then the file has to be chosen again, since no browser keeps it. */
  readonly isAgain?: boolean;
}

/** Which files are taken, for the control that they are chosen with: the ends of their names, and the same in words. */
export function takenFiles(media: MediaStore): { readonly accept: string; readonly words: string } {
  const extensions = takenTypes(media).map(({ extensions: all }) => all);
  const names = extensions.map(([first]) => first.toUpperCase());
  return {
    accept: extensions.flatMap((all) => all.map((one) => `.${one}`)).join(','),
    words: `${LIST.format(names)}, at most ${sizeText(media.limits.bytes)}.`,
  };
}

const LIST = new Intl.ListFormat('en', { type: 'disjunction' });
