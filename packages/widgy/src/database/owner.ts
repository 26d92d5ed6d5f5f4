/** What belongs to a document, such as a page: one owner has one document in each of its fields. */
export interface Owner {
  /** What kind of thing it is, such as `page`; at most 128 characters, as are the others. */
  readonly type: string;
  readonly id: string;
  readonly field: string;
}

/** The columns that say what a document belongs to; all are null, or none. */
export interface OwnerColumns {
  readonly owner_type: string | null;
  readonly owner_id: string | null;
  readonly owner_field: string | null;
}

/** What the columns of a document say; null where nothing owns it. */
export function ownerOf({ owner_type: type, owner_id: id, owner_field: field }: OwnerColumns): Owner | null {
  return type === null || id === null || field === null ? null : { type, id, field };
}

/** What the columns of a document are for an owner, or for none. */
export function ownerColumns(owner: Owner | null): OwnerColumns {
  return {
    owner_type: owner?.type ?? null,
    owner_id: owner?.id ?? null,
    owner_field: owner?.field ?? null,
  };
}

/** Whether two owners are the same one. */
export function isSameOwner(a: Owner | null, b: Owner | null): boolean {
  return a?.type === b?.type && a?.id === b?.id && a?.field === b?.field;
}
