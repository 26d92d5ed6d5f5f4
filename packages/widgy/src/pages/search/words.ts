import { MAX_WORD_LENGTH } from '../limits.ts';

/**
 * The words of a text in the form in which they are searched: without accents, in small letters; each sign of a script that has no
 * spaces between words is one. Both databases are given words instead of texts, so that both find the same.
 */
export function* wordsOf(text: string): Generator<string> {
  for (const { word } of placedWords(text)) yield word;
}

/** A word and where in the text it stands, in UTF-16 units. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The same, with the places of the words in the text as it is. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const word = folded(found);
    if (word !== '') yield { word, start: index, end: index + found.length };
  }
}

/** The words of a text with a space between them: what is compared where a part of a title is searched. */
export function wordKey(text: string): string {
  return [...wordsOf(text)].join(' ');
}

/** A sign of a script without spaces, or letters and digits that stand together. Half of a surrogate pair is neither. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{N}\p{M}])+/gu;

function folded(found: string): string {
  const bare = found.normalize('NFKD').toLowerCase().replace(NOT_SEARCHED, '').replaceAll('ß', 'ss');
  return bare.length <= MAX_WORD_LENGTH ? bare : [...bare].slice(0, MAX_WORD_LENGTH).join('');
}

/** Accents, and what compatible forms of signs have beside letters and digits, such as the stroke in ½. */
const NOT_SEARCHED = /[^\p{L}\p{N}]/gu;
