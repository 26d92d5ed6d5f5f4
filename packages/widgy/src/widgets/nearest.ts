import { closest, distance } from 'fastest-levenshtein';

/** The known name that a mistyped one most likely means; undefined if none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= NEAR ? nearest : undefined;
}

/** `Did you mean "…"? `, or nothing if no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `Did you mean ${JSON.stringify(nearest)}? `;
}

/** Letters that may be wrong in a name for it to be taken for a mistyped one. */
const NEAR = 2;
