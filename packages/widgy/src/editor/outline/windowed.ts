/** Rows beyond both ends of what is seen that are drawn, so that scrolling shows no gap. */
const BEYOND = 4;

/** What is seen of a list. */
export interface Seen {
  readonly scrollTop: number;
  readonly viewHeight: number;
  readonly rowHeight: number;
}

/** The indexes of the rows to be drawn, in order: those that are seen, some beyond, and the active one, which is spoken of wherever it is. */
export function drawnRows(
  count: number,
  active: number,
  { scrollTop, viewHeight, rowHeight }: Seen,
): readonly number[] {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - BEYOND);
  const to = Math.min(count, Math.ceil((scrollTop + viewHeight) / rowHeight) + BEYOND);
  const drawn = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  if (active >= count || active < 0 || (active >= from && active < to)) return drawn;
  return active < from ? [active, ...drawn] : [...drawn, active];
}
