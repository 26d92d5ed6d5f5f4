import type { TypeDescription } from '../../widgets/site-description.ts';
import { fitOf, normal, wordsOf } from './match.ts';

/** The types that fit what was typed, by label, name, other words for them or description, the best first; all in their order where nothing was typed. */
export function searchTypes<T extends { readonly type: TypeDescription }>(
  offers: readonly T[],
  typed: string,
): readonly T[] {
  const words = wordsOf(typed);
  if (words.length === 0) return offers;
  const scored = offers.map((offer) => ({ offer, score: scoreOf(offer.type, words) }));
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ offer }) => offer);
}

function scoreOf(described: TypeDescription, words: readonly string[]): number {
  const { label, type, keywords = [], description = '' } = described;
  // A label that fits badly is still nearer to what is meant than a description that fits well.
  const texts: readonly (readonly [text: string, weight: number])[] = [
    [normal(label), 1_000],
    [normal(type), 100],
    ...keywords.map((word) => [normal(word), 10] as const),
    [normal(description), 1],
  ];
  let score = 0;
  for (const word of words) {
    const best = Math.max(...texts.map(([text, weight]) => fitOf(text, word) * weight));
    if (best === 0) return 0;
    score += best;
  }
  return score;
}
