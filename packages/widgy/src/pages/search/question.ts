import { MAX_SEARCH_TERMS, MAX_SEARCH_TEXT } from '../limits.ts';
import { wordsOf } from './words.ts';

/** Words that stand one after the other. */
export interface Term {
  /** As {@link wordsOf} gives them; at least one. */
  readonly words: readonly [string, ...string[]];
  /** Whether the last of them may go on: somebody is still typing it. */
  readonly isPrefix: boolean;
}

/** What somebody searches for. */
export interface SearchQuestion {
  /** All of these are wanted; at least one. */
  readonly wanted: readonly [Term, ...Term[]];
  /** None of these. */
  readonly unwanted: readonly Term[];
}

/**
 * Reads what somebody typed: words, "words that stand together", and -words that must not be there. The last word counts for all that
 * begin with it, unless something stands behind it. Every text means something or nothing; there are no mistakes to be made.
 *
 * @returns undefined where nothing is wanted
 */
export function readQuestion(text: string): SearchQuestion | undefined {
  const asked = text.slice(0, MAX_SEARCH_TEXT).toWellFormed();
  const wanted: Term[] = [];
  const unwanted: Term[] = [];
  for (const { 0: whole, groups, index } of asked.matchAll(PART)) {
    if (wanted.length + unwanted.length >= MAX_SEARCH_TERMS) break;
    const { minus, quoted, bare } = groups ?? {};
    const [first, ...more] = wordsOf(quoted ?? bare ?? '');
    if (first === undefined) continue;
    const isLast = index + whole.length === asked.length;
    const isPrefix =
      isLast && quoted === undefined && minus === undefined && /[\p{L}\p{M}\p{N}]$/u.test(whole);
    (minus === undefined ? wanted : unwanted).push({ words: [first, ...more], isPrefix });
  }
  const [first, ...more] = wanted;
  return first && { wanted: [first, ...more], unwanted };
}

/** A part of a search: in quotes, which may be missing at the end, or up to the next space. */
const PART = /(?<minus>-)?(?:["“”](?<quoted>[^"“”]*)(?:["“”]|$)|(?<bare>[^\s"“”]+))/gu;
