import { MAX_ALT, MAX_FILE_NAME } from './limits.ts';
import { type RefusedMedia, refuseMedia } from './refusal.ts';

/** Control characters, halves of surrogate pairs, and what turns the direction of a text so that it reads as another one. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * What is shown of the name of a file that somebody sent: without folders and unseen characters, and of bounded length, of which the
 * end stays. It is for people, and never a path. Empty if nothing is left. Of what was sent only the last {@link MAX_SENT_NAME} UTF-16
 * units are looked at.
 */
export function shownName(fileName: string): string {
  const [last = ''] = fileName.slice(-MAX_SENT_NAME).split(/[/\\]/).slice(-1);
  const characters = Array.from(withoutDots(tidy(last)));
  if (characters.length <= MAX_FILE_NAME) return characters.join('');
  const end = extensionOf(characters.slice(-MAX_EXTENSION - 1).join('')) ?? '';
  return characters.slice(0, MAX_FILE_NAME - end.length).join('') + end;
}

/** UTF-16 units of a name that was sent: names of files are shorter on every system. */
const MAX_SENT_NAME = 4096;

/** Without dots and spaces at its ends. It counts, since an expression that looks for the last dots begins at every one of them anew. */
function withoutDots(text: string): string {
  const isKept = (at: number) => text[at] !== '.' && text[at] !== ' ';
  let start = 0;
  let end = text.length;
  while (start < end && !isKept(start)) start += 1;
  while (end > start && !isKept(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** The longest end of a name that is taken for an extension, without its dot. */
const MAX_EXTENSION = 10;

/** The extension of a name in small letters, with its dot: `.png`; undefined if there is none. */
export function extensionOf(name: string): string | undefined {
  const [extension] = /\.[A-Za-z0-9]{1,10}$/.exec(name) ?? [];
  return extension?.toLowerCase();
}

/** A text of a person, checked. */
export type CheckedText = { readonly ok: true; readonly text: string } | RefusedMedia;

/** Checks a name that somebody gives to what is there already. */
export function checkName(name: string): CheckedText {
  const tidied = tidy(name);
  if (Array.from(tidied).length > MAX_FILE_NAME) return tooLong('name', MAX_FILE_NAME);
  const text = shownName(tidied);
  return text === ''
    ? refuseMedia({ code: 'name-empty', what: 'Give the file a name.' })
    : { ok: true, text };
}

/** Checks the text that stands in the place of a picture. It may be empty: the picture is then for decoration. */
export function checkAlt(alt: string): CheckedText {
  const text = tidy(alt);
  return Array.from(text).length > MAX_ALT ? tooLong('alt', MAX_ALT) : { ok: true, text };
}

/** What is searched for and in: the same for capitals, and for letters that look alike. */
export function searchText(...texts: readonly string[]): string {
  return texts.map((text) => tidy(text).normalize('NFKC').toLowerCase()).join(' ');
}

function tidy(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
}

function tooLong(field: 'name' | 'alt', limit: number): RefusedMedia {
  const called = field === 'name' ? 'name' : 'text';
  return refuseMedia({
    ...{ code: 'text-too-long', field, limit },
    what: `The ${called} is too long: use at most ${limit} characters.`,
  });
}
