/**
 * Milliseconds that widgets took, by id: each without its children, and with what its template waited for. A widget that shows another tree
 * took the time of all that is in that tree.
 */
export type RenderTimes = Map<string, number>;

/** Notes that a widget took some time more. */
export function addTime(times: RenderTimes, id: string, ms: number): void {
  times.set(id, (times.get(id) ?? 0) + ms);
}
