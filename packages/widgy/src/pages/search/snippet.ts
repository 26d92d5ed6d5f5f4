import { SNIPPET_LENGTH } from '../limits.ts';
import type { Term } from './question.ts';
import { type PlacedWord, placedWords } from './words.ts';

/** A part of a text that is shown for a hit. It is text: whoever prints it escapes it. */
export interface SnippetPart {
  readonly text: string;
  /** Whether it is what was searched for. */
  readonly isHit: boolean;
}

/**
 * What surrounds the first place in a text where something is that was searched for, about {@link SNIPPET_LENGTH} characters; the
 * beginning of the text where nothing of it is there. Left out text is `…`.
 */
export function snippetOf(text: string, wanted: readonly Term[]): readonly SnippetPart[] {
  const words = [...placedWords(text)];
  const first = words.findIndex((_, at) => hitAt(words, at, wanted) > 0);
  const from = startOf(text, words, Math.max(first, 0));
  const shown = words.filter(({ start, end }) => start >= from && end <= from + SNIPPET_LENGTH);
  const to = shown.at(-1)?.end ?? Math.min(text.length, from + SNIPPET_LENGTH);
  const isEnd = words.at(-1) === shown.at(-1);
  const parts: SnippetPart[] = [];
  const add = (part: string, isHit: boolean): void => {
    if (part !== '') parts.push({ text: part.replace(/\s+/g, ' '), isHit });
  };
  let at = from;
  for (let index = 0; index < shown.length; ) {
    const length = hitAt(shown, index, wanted);
    const [begin, end] = [shown[index], shown[index + length - 1]];
    if (begin !== undefined && end !== undefined && length > 0) {
      add(`${at === from && from > 0 ? '…' : ''}${text.slice(at, begin.start)}`, false);
      add(text.slice(begin.start, end.end), true);
      at = end.end;
    }
    index += Math.max(length, 1);
  }
  const rest = text.slice(at, isEnd ? text.length : to).slice(0, SNIPPET_LENGTH);
  add(`${at === from && from > 0 ? '…' : ''}${rest}${isEnd ? '' : '…'}`, false);
  return parts;
}

/** How many words from one on are what was searched for; 0 for none. */
function hitAt(words: readonly PlacedWord[], at: number, wanted: readonly Term[]): number {
  const lengths = wanted.map(({ words: sought, isPrefix }) => {
    const isThere = sought.every((word, index) => {
      const found = words[at + index]?.word;
      const isOpen = isPrefix && index === sought.length - 1;
      return isOpen ? found?.startsWith(word) === true : found === word;
    });
    return isThere ? sought.length : 0;
  });
  return Math.max(0, ...lengths);
}

/** Where a snippet begins: a quarter of its length before a word, at the beginning of a word or of its line. */
function startOf(text: string, words: readonly PlacedWord[], at: number): number {
  const word = words[at];
  if (word === undefined || word.start <= SNIPPET_LENGTH / 4) return 0;
  const line = text.lastIndexOf('\n', word.start) + 1;
  const earliest = Math.max(line, word.start - SNIPPET_LENGTH / 4);
  return earliest === line ? line : (words.find(({ start }) => start >= earliest)?.start ?? word.start);
}
