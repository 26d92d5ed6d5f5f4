import { type FileType, findType } from './file-types.ts';
import { extensionOf } from './names.ts';
import { type RefusedMedia, refuseMedia } from './refusal.ts';

/** A file as it was sent. */
export interface SentFile {
  readonly bytes: Uint8Array;
  /** See `shownName`. */
  readonly name: string;
  /** What the sender says it is, as a `Content-Type`; undefined if nothing. */
  readonly type: string | undefined;
}

/** A file whose name and type do not lie. */
export type CheckedFile = { readonly ok: true; readonly type: FileType } | RefusedMedia;

/**
 * Decides by the bytes alone what a file is. What it says to be, by the end of its name or by its type, decides nothing; but a file that says
 * to be something else than it is, is refused: whoever sent it is mistaken, or wants others to be.
 */
export function checkFile({ bytes, name, type }: SentFile, taken: readonly FileType[]): CheckedFile {
  if (bytes.length === 0) return refuseMedia({ code: 'empty', what: 'The file is empty.' });
  const found = findType(bytes, taken);
  const extension = extensionOf(name);
  const stated = statedType(type);
  if (found.taken === undefined) {
    const declared = stated ?? typeOfExtension(extension, taken);
    const says = declared === undefined || declared === found.name ? '' : ` and says to be ${declared}`;
    const is = found.name === null ? 'of no known kind' : found.name;
    return refuseMedia({
      ...{ code: 'type-refused', found: found.name, allowed: taken.map((one) => one.type) },
      what: `The file is ${is}${says}. ${found.advice ?? `Send one of these: ${endings(taken)}.`}`,
    });
  }
  const { taken: real } = found;
  if (extension !== undefined && !real.extensions.includes(extension.slice(1))) {
    return mismatch(extension, real, `Rename it so that it ends with .${real.extensions[0]}`);
  }
  if (stated !== undefined && stated !== real.type && real.alsoCalled?.includes(stated) !== true) {
    return mismatch(stated, real, 'Send it as what it is');
  }
  return { ok: true, type: real };
}

function mismatch(declared: string, { type }: FileType, advice: string): RefusedMedia {
  return refuseMedia({
    ...{ code: 'type-mismatch', declared, found: type },
    what: `The file says to be ${declared} and is ${type}. ${advice}, or send the file that was meant.`,
  });
}

/** What a sender says that a file is; undefined where nothing is said, or only that it is bytes. */
function statedType(type: string | undefined): string | undefined {
  const [name = ''] = (type ?? '').split(';');
  const stated = name.trim().toLowerCase();
  // It is repeated in a sentence, so it is what types look like, or nothing that can be believed.
  if (!/^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/.test(stated)) return undefined;
  return stated === 'application/octet-stream' ? undefined : stated;
}

function typeOfExtension(extension: string | undefined, taken: readonly FileType[]): string | undefined {
  return taken.find(({ extensions }) => extension !== undefined && extensions.includes(extension.slice(1)))
    ?.type;
}

function endings(taken: readonly FileType[]): string {
  return taken.map(({ extensions: [first] }) => `.${first}`).join(', ');
}
