import type { Queries } from '../database/database.ts';
import type { LinkGroup, LinkTarget } from '../widgets/fields/link-choices.ts';
import { formatReference } from '../widgets/fields/reference.ts';
import type { Linkables } from './linkable.ts';

/** Characters of a search that count. */
export const MAX_SEARCH_LENGTH = 200;

/** The most choices of one type that are given at once. */
export const MAX_CHOICES = 100;

/** Choices of one type that are given where it is not said how many. */
export const DEFAULT_CHOICES = 20;

/** What somebody wants to choose from. */
export interface ChoicesQuestion {
  /** What was typed. Default: everything fits. */
  readonly text?: string;
  /** Of each type. It is brought between 1 and {@link MAX_CHOICES}. Default: {@link DEFAULT_CHOICES}. */
  readonly limit?: number;
  /** Only these types; those that are not registered are passed over. Default: all. */
  readonly types?: readonly string[];
  /** Whether only what can be shown as a picture is wanted. Default: no. */
  readonly isPicture?: boolean;
  /** The language whose order of letters holds, as BCP 47 names it. Default: `en`, on every machine. */
  readonly language?: string;
}

/**
 * What a link may point at, in groups by type: groups in the order of their names, without regard to case, and targets in that of
 * their labels. A type of which nothing fits has no group, and one of which more fits than is given says so. One statement for each type.
 *
 * @throws WidgyError `reference-invalid` when a linkable gives a target whose id no reference can hold
 */
export async function linkChoices(
  queries: Queries,
  linkables: Linkables,
  { text = '', limit = DEFAULT_CHOICES, types, isPicture = false, language = 'en' }: ChoicesQuestion = {},
): Promise<readonly LinkGroup[]> {
  const most = Math.min(Math.max(Math.trunc(limit) || 1, 1), MAX_CHOICES);
  const wanted = {
    text: text.slice(0, MAX_SEARCH_LENGTH).toWellFormed().replaceAll('\0', '').trim(),
    // One more than is given: so it is known whether there are more.
    limit: most + 1,
    ...(isPicture ? { isPicture } : {}),
  };
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const groups: LinkGroup[] = [];
  for (const linkable of linkables.values()) {
    const { type, plural, hasAddresses = true, hasPictures = false } = linkable;
    if ((types !== undefined && !types.includes(type)) || (isPicture && !hasPictures)) continue;
    const fitting = await linkable.search(queries, wanted);
    const found = fitting.slice(0, most).filter(({ picture }) => !isPicture || picture !== undefined);
    for (const { id } of found) formatReference({ type, id });
    if (found.length === 0) continue;
    groups.push({
      type,
      label: plural,
      targets: found.toSorted(byLabel(collator)),
      ...(hasAddresses ? {} : { hasAddresses }),
      ...(fitting.length > most ? { hasMore: true } : {}),
    });
  }
  return groups.sort((a, b) => collator.compare(a.label, b.label) || (a.type < b.type ? -1 : 1));
}

function byLabel(collator: Intl.Collator): (a: LinkTarget, b: LinkTarget) => number {
  return (a, b) => collator.compare(a.label, b.label) || (a.id < b.id ? -1 : 1);
}
