import { fitOf, wordsOf } from '../picker/match.ts';

/** Something that can be found. Its texts are as `normal` makes them. */
export interface Findable {
  /** What it is called. */
  readonly name: string;
  /** What else is in it. */
  readonly texts: readonly string[];
}

/** Something that was found. */
export interface Found<T> {
  readonly item: T;
  readonly score: number;
  /** The index of the text that has the word that is not in the name; undefined where the name has all. */
  readonly text: number | undefined;
}

/** What was found, the best first, and how many more there are. */
export interface Ranked<T> {
  readonly found: readonly Found<T>[];
  readonly more: number;
}

/**
 * The things that have all words that were typed, in their name or in one of their texts, the best first: names that begin with a word, then
 * those with a word that does, then any place in a name, and so on in texts. What fits alike stays in its order. Nothing typed finds nothing.
 *
 * @param limit so many are given
 */
export function rank<T extends Findable>(items: readonly T[], typed: string, limit: number): Ranked<T> {
  const words = wordsOf(typed);
  const found = words.length === 0 ? [] : items.flatMap((item) => foundIn(item, words) ?? []);
  return {
    found: found.toSorted((a, b) => b.score - a.score).slice(0, limit),
    more: Math.max(0, found.length - limit),
  };
}

/** A fit in a name is worth more than all fits in texts together. */
const NAME = 10;

function foundIn<T extends Findable>(item: T, words: readonly string[]): Found<T> | undefined {
  const { name, texts } = item;
  let score = 0;
  let text: number | undefined;
  for (const word of words) {
    const inName = fitOf(name, word);
    if (inName > 0) {
      score += inName * NAME;
      continue;
    }
    const at = texts.findIndex((each) => each.includes(word));
    const found = texts[at];
    if (found === undefined) return undefined;
    text ??= at;
    score += fitOf(found, word);
  }
  return { item, score, text };
}
