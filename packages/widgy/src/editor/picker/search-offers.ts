import type { TypeDescription } from '../../widgets/site-description.ts';
import { fitOf, normal, wordsOf } from './match.ts';

/** The types that fit what was typed, by label, name or description, the best first; all in their order where nothing was typed. */
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

function scoreOf({ label, type, description = '' }: TypeDescription, words: readonly string[]): number {
  const texts = [normal(label), normal(type), normal(description)];
  let score = 0;
  for (const word of words) {
    // A label that fits badly is still nearer to what is meant than a description that fits well.
    const fits = texts.map(
      (text, at) => fitOf(text, word) * WEIGHTS[at === 0 ? 'label' : at === 1 ? 'type' : 'description'],
    );
    const best = Math.max(...fits);
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

const WEIGHTS = { label: 100, type: 10, description: 1 } as const;
