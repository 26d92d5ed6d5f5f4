import type { FileType } from '../../media/file-types.ts';
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
  const types = takenTypes(media);
  const names = types.map(({ extensions: [first] }) => first.toUpperCase());
  return {
    accept: acceptOf(types),
    words: `${LIST.format(names)}, at most ${sizeText(media.limits.bytes)}.`,
  };
}

/** What a control that files are chosen with is told, so that it offers those of some types: `.png,.jpg`. */
export function acceptOf(types: readonly FileType[]): string {
  return types.flatMap(({ extensions }) => extensions.map((one) => `.${one}`)).join(',');
}

const LIST = new Intl.ListFormat('en', { type: 'disjunction' });
