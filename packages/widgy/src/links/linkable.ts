import type { Queries } from '../database/database.ts';
import { WidgyError } from '../errors.ts';
import { isTypeName, TYPE_RULE } from '../tree/widget.ts';
import type { LinkTarget } from '../widgets/fields/link-choices.ts';

/**
 * A type of things that links can point at. Its functions ask the database that they are given, which may be a transaction that is
 * going on, and ask it once.
 */
export interface Linkable {
  /** What references name it by: `page` in `widgy:page/42`. It never changes, since content holds it. */
  readonly type: string;
  /** What one of them is called. */
  readonly label: string;
  /** What several of them are called: the name of their group of choices. */
  readonly plural: string;
  /** Whether its things have addresses at all. Those that never have one are offered to fields that take this type by its name. Default: yes. */
  readonly hasAddresses?: boolean;
  /** Whether some of its things can be shown as pictures: those have a `picture`. Default: no. */
  readonly hasPictures?: boolean;
  /** Those of some things that are there, in any order. One statement. */
  resolve(queries: Queries, ids: readonly string[]): Promise<readonly LinkTarget[]>;
  /** The things that fit what somebody typed, or any for an empty text: the `limit` that fit best. One statement. */
  search(queries: Queries, wanted: LinkSearch): Promise<readonly LinkTarget[]>;
}

/** What is searched for. */
export interface LinkSearch {
  /** As it was typed, without spaces around it and of bounded length; empty for everything. */
  readonly text: string;
  readonly limit: number;
  /** There where only what can be shown as a picture is wanted. Only types are asked that have pictures. */
  readonly isPicture?: true;
}

/** The types that links of a site can point at, by name. Immutable; made by {@link createLinkables}. */
export type Linkables = ReadonlyMap<string, Linkable>;

/**
 * Registers types of things that links can point at.
 *
 * @throws WidgyError `linkable-invalid`, `linkable-duplicate`
 */
export function createLinkables(list: readonly Linkable[]): Linkables {
  const types = new Map<string, Linkable>();
  for (const linkable of list) {
    const { type, label, plural } = linkable;
    const name = JSON.stringify(type);
    if (!isTypeName(type)) {
      throw new WidgyError('linkable-invalid', {
        message: `nothing that links point at can be called ${name}`,
        help: `A type ${TYPE_RULE}.`,
      });
    }
    if (label.trim() === '' || plural.trim() === '') {
      throw new WidgyError('linkable-invalid', { message: `the linkable ${name} has no label or no plural` });
    }
    if (types.has(type)) {
      throw new WidgyError('linkable-duplicate', { message: `there are two linkables called ${name}` });
    }
    types.set(type, linkable);
  }
  return types;
}
