import type { Selectable } from 'kysely';
import type { Owner } from '../database/owner.ts';
import type { CalloutsTable } from '../database/tables.ts';

/** A piece of content that several pages share. What it shows is a document, with a draft and a history as others have. */
export interface Callout {
  readonly id: string;
  readonly name: string;
  /** The id of its document; null where somebody deleted that alone. */
  readonly document: string | null;
  /** When it was put into the bin, in milliseconds since 1970; null if it is not there. */
  readonly deletedAt: number | null;
  /** Counts its changes, from 1. Those of its document are not among them. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Who changed it last; null where nobody is known. */
  readonly author: string | null;
}

/** What references name call-outs by: `widgy:callout/ID`. */
export const CALLOUT = 'callout';

/** The type of the root of their documents, where a site says nothing else: that of `widgy/library`. */
export const CALLOUT_ROOT = 'callout-body';

/** What the document of a call-out belongs to. */
export function calloutOwner(id: string): Owner {
  return { type: CALLOUT, id, field: 'body' };
}

/** The call-out of a row. */
export function calloutOf(row: Omit<Selectable<CalloutsTable>, 'site' | 'name_key'>): Callout {
  const { id, name, document, revision, author } = row;
  return {
    ...{ id, name, document, deletedAt: row.deleted_at, revision },
    ...{ createdAt: row.created_at, updatedAt: row.updated_at, author },
  };
}
