import type { Queries } from '../database/database.ts';
import type { LinkTarget } from '../widgets/fields/link-choices.ts';
import { formatReference, type Reference } from '../widgets/fields/reference.ts';
import type { Linkables } from './linkable.ts';
import type { Link } from './links-in.ts';

/** So many things of one type are asked for in one statement; more are asked for in several. */
export const MAX_RESOLVED_AT_ONCE = 1000;

/**
 * What references lead to, under their texts. One statement for each type among them, or one for each
 * {@link MAX_RESOLVED_AT_ONCE} of its things. Those that lead nowhere are not in the map: the thing is not there, or no
 * such type is registered.
 */
export async function resolveReferences(
  queries: Queries,
  linkables: Linkables,
  references: Iterable<Reference>,
): Promise<ReadonlyMap<string, LinkTarget>> {
  const wanted = new Map<string, Set<string>>();
  for (const { type, id } of references) wanted.set(type, (wanted.get(type) ?? new Set()).add(id));
  const resolved = new Map<string, LinkTarget>();
  for (const [type, ids] of wanted) {
    const linkable = linkables.get(type);
    if (linkable === undefined) continue;
    const all = [...ids];
    for (let start = 0; start < all.length; start += MAX_RESOLVED_AT_ONCE) {
      const some = all.slice(start, start + MAX_RESOLVED_AT_ONCE);
      for (const target of await linkable.resolve(queries, some)) {
        // Only what was asked for: a linkable that gives all it has must not make up references.
        if (ids.has(target.id)) resolved.set(formatReference({ type, id: target.id }), target);
      }
    }
  }
  return resolved;
}

/**
 * Those of some links that point at nothing, or at what is no picture where a field takes pictures only. In the transaction that keeps the links, nobody deletes what they point at
 * in between. As many statements as {@link resolveReferences} makes.
 */
export async function missingTargets(
  queries: Queries,
  linkables: Linkables,
  links: readonly Link[],
): Promise<readonly Link[]> {
  const targets = links.map(({ target }) => target);
  const resolved = await resolveReferences(queries, linkables, targets);
  return links.filter(({ target, isPicture }) => {
    const there = resolved.get(formatReference(target));
    return there === undefined || (isPicture === true && there.picture === undefined);
  });
}
