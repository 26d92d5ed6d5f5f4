/** Which part of a list is shown, and what it is searched by. */
export interface ListView {
  /** As it was typed, without spaces around it; empty for all. */
  readonly text: string;
  /** How many are passed over. */
  readonly offset: number;
}

/** Reads what part of a list is asked for from what stands behind the `?`: `q` and `from`. */
export function listViewIn(query: URLSearchParams): ListView {
  return {
    text: (query.get('q') ?? '').trim(),
    offset: Math.max(0, Math.trunc(Number(query.get('from') ?? 0)) || 0),
  };
}

/**
 * What stands behind the `?` of the parts before and after one; undefined where there is none.
 *
 * @param size how many one part shows
 */
export function pagerOf({ text, offset }: ListView, total: number, size: number) {
  const at = (from: number) =>
    `?${new URLSearchParams({ ...(text === '' ? {} : { q: text }), from: String(from) })}`;
  return {
    previous: offset > 0 ? at(Math.max(0, offset - size)) : undefined,
    next: offset + size < total ? at(offset + size) : undefined,
  };
}
