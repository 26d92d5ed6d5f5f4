import { withoutHash } from '../hash.ts';
import type { Manifest } from '../manifest/manifest.ts';

/**
 * Finds the same bundle in another release: the artifact of the same plain name, extension included. Where several share that
 * name, it is the one whose groups have most sources in common.
 *
 * @returns from the name of an artifact of `current` to its counterpart in `previous`; undefined for what is new
 */
export function counterpartsIn(
  current: Manifest,
  previous: Manifest,
): (artifact: string) => string | undefined {
  const candidates = Map.groupBy(Object.keys(previous.artifacts), plainName);
  const sources = sourcesByArtifact(current);
  const previousSources = sourcesByArtifact(previous);
  return (artifact) => {
    const named = candidates.get(plainName(artifact)) ?? [];
    const own = sources.get(artifact);
    const size = current.artifacts[artifact]?.size ?? 0;
    const ranked = named.map((name) => ({
      name,
      likeness: likeness(own, previousSources.get(name)),
      difference: Math.abs((previous.artifacts[name]?.size ?? 0) - size),
    }));
    // Parts of one group have the same sources; the size tells them apart, and the name makes the choice the same each time.
    ranked.sort(
      (a, b) => b.likeness - a.likeness || a.difference - b.difference || (a.name < b.name ? -1 : 1),
    );
    return ranked[0]?.name;
  };
}

function plainName(artifact: string): string {
  return withoutHash(artifact)?.name ?? artifact;
}

/** What goes into each artifact: the sources of all groups from whose entries it can be reached. */
function sourcesByArtifact({ groups, artifacts }: Manifest): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { sources, parts } of Object.values(groups)) {
    const texts = sources.map((source) => JSON.stringify(source));
    const reached = new Set(parts.map(({ entry }) => entry));
    for (const name of reached) {
      for (const reference of artifacts[name]?.references ?? []) reached.add(reference);
      const known = found.get(name) ?? new Set();
      for (const text of texts) known.add(text);
      found.set(name, known);
    }
  }
  return found;
}

/** The part of all sources that both have, from 0 to 1. */
function likeness(one: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()): number {
  const all = one.union(other).size;
  return all === 0 ? 0 : one.intersection(other).size / all;
}
