import type { LinkedRefusal } from '../links/what-links-to.ts';
import type { MediaItem } from './media-item.ts';

/** What goes with each reason, beside the code and the sentence. */
interface Details {
  /** As many uploads as a server takes are under way. The same may be done a little later. */
  busy: object;
  /** The upload ended before all of it was there. */
  interrupted: object;
  empty: object;
  /** In bytes. */
  'too-large': { readonly limit: number };
  /** What kind of file its bytes are, where that is known, and which are taken. */
  'type-refused': { readonly found: string | null; readonly allowed: readonly string[] };
  /** What the file says to be, an extension such as `.png` or a type, and what its bytes are. */
  'type-mismatch': { readonly declared: string; readonly found: string };
  /** It begins like a picture, and cannot be read as one. */
  damaged: { readonly found: string };
  'too-many-pixels': {
    readonly width: number;
    readonly height: number;
    readonly frames: number;
    /** The pixels, or the frames, that are allowed. */
    readonly limit: number;
  };
  /** In characters. */
  'text-too-long': { readonly field: 'name' | 'alt'; readonly limit: number };
  'name-empty': object;
  /** The id that was to be given cannot be one. */
  'id-invalid': object;
  /** Something else has the id that was to be given. */
  'id-taken': object;
  'media-missing': { readonly id: string };
  /** What was looked at is not what is there any more: what is there now. */
  stale: { readonly media: MediaItem };
  /** Only what was deleted before is purged. */
  'not-deleted': object;
  /** Pages show it, or will: those that hold it back, at most as many as are told at once, and how many there are. */
  linked: Pick<LinkedRefusal, 'documents' | 'total'>;
}

/** Why nothing was done to media; see {@link MediaRefusal}. */
export type MediaRefusalCode = keyof Details;

/** All codes, for documentation and for mapping them. */
export const MEDIA_REFUSAL_CODES = [
  'busy',
  'interrupted',
  'empty',
  'too-large',
  'type-refused',
  'type-mismatch',
  'damaged',
  'too-many-pixels',
  'text-too-long',
  'name-empty',
  'id-invalid',
  'id-taken',
  'media-missing',
  'stale',
  'not-deleted',
  'linked',
] as const satisfies readonly MediaRefusalCode[];

/** Why nothing was done: a code, a sentence, and what belongs to the code. It is a value; no media have changed. */
export type MediaRefusal = {
  readonly [Code in MediaRefusalCode]: { readonly code: Code; readonly what: string } & Details[Code];
}[MediaRefusalCode];

/** A refused answer. */
export interface RefusedMedia {
  readonly ok: false;
  readonly refusal: MediaRefusal;
}

/** What became of something that was asked for. */
export type MediaAnswer = { readonly ok: true; readonly media: MediaItem } | RefusedMedia;

/** Makes a refused answer. */
export function refuseMedia(refusal: MediaRefusal): RefusedMedia {
  return { ok: false, refusal };
}
