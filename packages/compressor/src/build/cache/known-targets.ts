import { contentHash } from '../../hash.ts';
import { installedVersion } from '../fingerprint.ts';
import { type BuildTargets, resolveTargets } from '../targets.ts';
import type { CacheStore } from './cache-store.ts';

/** The packages that decide which browsers a query means. */
const DATA = [
  'browserslist',
  'caniuse-lite',
  'baseline-browser-mapping',
  'electron-to-chromium',
  'node-releases',
];

/**
 * The browsers that queries mean, looked up only if the packages with the browser data changed: they are among the largest
 * there are. Queries that also hang on the day, the environment or other files are always looked up.
 *
 * @throws CompressorError what {@link resolveTargets} throws
 */
export function knownTargets(queries: readonly string[], { facts }: CacheStore): BuildTargets {
  const versions = DATA.map((name) => installedVersion(name));
  if (!queries.every((query) => LASTING.test(query)) || versions.includes(undefined)) {
    return resolveTargets(queries);
  }
  const key = contentHash(JSON.stringify(['targets', queries, versions]));
  const known = facts.get(key);
  if (isTargets(known)) return known;
  const targets = resolveTargets(queries);
  facts.set(key, targets);
  return targets;
}

/** Baseline, and browsers with versions: `chrome 120`, `last 2 firefox versions`, `safari >= 16, not dead`. */
const LASTING =
  /^(?:baseline widely available(?: with downstream)?|(?:(?:,|and|or|not|dead|defaults|versions?|last|major|>=?|<=?|%|[\d.]+%?|chrome|edge|firefox|safari|ios|ios_saf|opera|samsung|and_chr|and_ff)\s*)+)$/i;

function isTargets(value: unknown): value is BuildTargets {
  return (
    typeof value === 'object' &&
    value !== null &&
    'styles' in value &&
    'scripts' in value &&
    Array.isArray(value.scripts)
  );
}
