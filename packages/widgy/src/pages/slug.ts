import { MAX_SLUG_LENGTH } from './limits.ts';

/**
 * The part of an address that a text comes to: its letters and digits of whatever script, in small letters, with `-` between the words,
 * normalised (NFC), at most {@link MAX_SLUG_LENGTH} characters. Empty where it has no letter and no digit. A slug comes to itself.
 */
export function slugify(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  return shortened(words.join('-'), MAX_SLUG_LENGTH);
}

/**
 * The first of `slug`, `slug-2`, `slug-3` and so on that is free.
 *
 * @param slug not empty
 */
export function freeSlug(slug: string, isTaken: (slug: string) => boolean): string {
  let free = slug;
  for (let number = 2; isTaken(free); number += 1) {
    const end = `-${number}`;
    free = `${shortened(slug, MAX_SLUG_LENGTH - end.length)}${end}`;
  }
  return free;
}

/** The number of characters of a text, as the databases count them. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** At most so many characters, whole ones, without a `-` at the end. */
function shortened(slug: string, length: number): string {
  return [...slug].slice(0, length).join('').replace(/-+$/, '').normalize('NFC');
}
