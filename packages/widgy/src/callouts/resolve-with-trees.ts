import type { Queries } from '../database/database.ts';
import type { Linkables } from '../links/linkable.ts';
import { linksIn } from '../links/links-in.ts';
import { resolveReferences } from '../links/resolve.ts';
import type { LinkTarget } from '../widgets/fields/link-choices.ts';
import { formatReference, type Reference } from '../widgets/fields/reference.ts';
import type { Site } from '../widgets/site.ts';

/** What a page's references are looked up with. */
export interface ResolvingSite {
  readonly site: Site<never>;
  readonly linkables: Linkables;
}

/**
 * What references lead to, and what those lead to that stand in the trees they show: what a page with call-outs needs to be rendered, as
 * `references`. Trees that are shown in such trees are not looked into: call-outs hold no call-outs. At most two statements for each
 * type among the references, however many there are; see {@link resolveReferences}.
 */
export async function resolveWithTrees(
  queries: Queries,
  { site, linkables }: ResolvingSite,
  references: Iterable<Reference>,
): Promise<ReadonlyMap<string, LinkTarget>> {
  const direct = await resolveReferences(queries, linkables, references);
  const inTrees = [...direct.values()]
    .flatMap(({ tree }) => (tree === undefined ? [] : linksIn(tree.root, site)))
    .map(({ target }) => target)
    .filter((target) => !direct.has(formatReference(target)));
  if (inTrees.length === 0) return direct;
  return new Map([...(await resolveReferences(queries, linkables, inTrees)), ...direct]);
}
