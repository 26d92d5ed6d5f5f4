import { formatPlace } from '../errors.ts';
import { groupHash } from '../manifest/manifest.ts';
import type { Analysis } from '../offline/analyse.ts';
import type { BuiltPart } from '../offline/build-groups.ts';
import { recipeId } from '../offline/create-manifest.ts';
import type { Occurrence } from '../offline/occurrences.ts';

/** A block with one of the recipes that contexts make of it. */
export interface Variant {
  /** `base.liquid:14:3`; with more than one recipe also which. */
  readonly id: string;
  readonly block: Occurrence['block'];
  readonly parts: readonly BuiltPart[];
  /** How many recipes come before it at the same place. */
  readonly index: number;
}

/** A template that is shown on its own, with the contexts in which it shows the same blocks. */
export interface PageView {
  readonly template: string;
  readonly contexts: readonly string[];
  readonly variants: readonly Variant[];
}

/** The blocks of a site, and the pages that show them. */
export interface SiteView {
  readonly variants: readonly Variant[];
  readonly pages: readonly PageView[];
}

/**
 * Says which page shows which block. A page is a template that no other uses.
 *
 * A page is given all blocks that it may show: what a branch holds counts if the context takes it, and also if no context does,
 * because then data of a request decides. Contexts that were explored together, because blocks read the same of them, may still
 * differ in the branches they take: together they are given the blocks of all of them.
 */
export async function viewSite({ shown, groups, discovery }: Analysis): Promise<SiteView> {
  const variants = variantsOf(shown, groups);
  const pages: PageView[] = [];
  const own = shown.filter(
    (occurrence) => variants.has(occurrence) && !discovery.used.has(occurrence.origin.template),
  );
  for (const [template, occurrences] of Map.groupBy(own, ({ origin }) => origin.template)) {
    const byContext = [...Map.groupBy(occurrences, ({ origin }) => origin.context)];
    const runs = [
      ...Map.groupBy(byContext, ([, run]) => run.map((one) => variants.get(one)?.id).join('\n')).values(),
    ];
    const taken = runs.length === 1 ? undefined : await takenIn(runs);
    const isTakenSomewhere = new Set(
      [...(taken?.values() ?? [])].flatMap((ids) => [...ids].map((one) => variants.get(one)?.id)),
    );
    for (const run of runs) {
      const [first = []] = run.map(([, reached]) => reached);
      const all = first.filter((one) => {
        return (
          taken === undefined ||
          run.length > 1 ||
          taken.get(run)?.has(one) ||
          !isTakenSomewhere.has(variants.get(one)?.id)
        );
      });
      pages.push({
        template,
        contexts: run.map(([context]) => context),
        variants: [...new Set(all.flatMap((one) => variants.get(one) ?? []))],
      });
    }
  }
  return { variants: [...new Set(variants.values())], pages };
}

type Run = readonly (readonly [context: string, reached: readonly Occurrence[]])[];

/** What each run with a context of its own really shows; one after the other, since they share the engine. */
async function takenIn(runs: readonly Run[]): Promise<ReadonlyMap<Run, ReadonlySet<Occurrence>>> {
  const taken = new Map<Run, Set<Occurrence>>();
  for (const run of runs) {
    const own = new Set<Occurrence>();
    for (const occurrence of run[0]?.[1] ?? []) if (await occurrence.isTaken()) own.add(occurrence);
    taken.set(run, own);
  }
  return taken;
}

/** The variant that each occurrence shows; none for what could not be built. */
function variantsOf(
  shown: readonly Occurrence[],
  groups: Analysis['groups'],
): ReadonlyMap<Occurrence, Variant> {
  const variants = new Map<Occurrence, Variant>();
  const byPlace = Map.groupBy(shown, ({ block }) => formatPlace(block.place));
  for (const [place, occurrences] of byPlace) {
    const byRecipe = new Map<string, Occurrence[]>();
    // Occurrences with the same markup share what it means.
    for (const [content, same] of Map.groupBy(occurrences, (one) => one.content)) {
      if (content?.recipe.groups.every((group) => groups.has(groupHash(group))) !== true) continue;
      const id = recipeId(content.recipe);
      byRecipe.set(id, [...(byRecipe.get(id) ?? []), ...same]);
    }
    for (const [index, same] of [...byRecipe.values()].entries()) {
      const [first] = same;
      if (first === undefined) continue;
      const parts = (first.content?.recipe.groups ?? []).flatMap(
        (group) => groups.get(groupHash(group))?.parts ?? [],
      );
      const id = byRecipe.size === 1 ? place : `${place}, variant ${index + 1}`;
      const variant = { id, block: first.block, parts, index };
      for (const occurrence of same) variants.set(occurrence, variant);
    }
  }
  return variants;
}
