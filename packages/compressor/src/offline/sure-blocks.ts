import { formatPlace } from '../errors.ts';
import type { Origin } from './discover.ts';
import { isSound, type Occurrence } from './occurrences.ts';

/** A block that every page of a template shows, with the same recipe. */
export interface SureBlock {
  readonly template: string;
  readonly occurrence: Occurrence;
}

/**
 * The blocks that pages of a template show whatever their variables are, in the order of the page: no context, no condition and
 * no loop can keep them away, and all contexts make the same of them.
 *
 * @param runs every template with every context it was explored with
 * @param recipeOf what a block's content is known by
 */
export function sureBlocks(
  occurrences: readonly Occurrence[],
  runs: readonly Origin[],
  recipeOf: (content: NonNullable<Occurrence['content']>) => string,
): SureBlock[] {
  const runsOf = Map.groupBy(runs, ({ template }) => template);
  const found = Map.groupBy(occurrences, ({ origin }) => origin.template);
  return [...found].flatMap(([template, own]) => {
    const needed = runsOf.get(template)?.length ?? 0;
    return [...Map.groupBy(own, ({ block }) => formatPlace(block.place)).values()].flatMap((same) => {
      const [occurrence] = same;
      const reachedBy = new Set(same.filter(({ isCertain }) => isCertain).map(({ origin }) => origin));
      const recipes = new Set(same.map(({ content }) => content && recipeOf(content)));
      const isSure = reachedBy.size === needed && recipes.size === 1 && same.every(isSound);
      return isSure && occurrence !== undefined ? [{ template, occurrence }] : [];
    });
  });
}
