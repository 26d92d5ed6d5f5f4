import { withoutHash } from '../hash.ts';
import { mapLimited } from '../limit.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ServerStorage } from '../storage/storage.ts';

/**
 * The files that a manifest names and a storage does not have. A file of another size was cut off: it is thrown away, since
 * nothing is ever overwritten and a storage behind may have all of it.
 *
 * @throws CompressorError `storage-failed`
 */
export async function missingFiles(
  { artifacts }: Manifest,
  storage: Pick<ServerStorage, 'stat' | 'remove'>,
): Promise<ReadonlySet<string>> {
  const missing = await mapLimited(Object.entries(artifacts), ASKED_AT_ONCE, async ([name, { size }]) => {
    const file = await storage.stat(name);
    if (file?.size === size) return undefined;
    if (file === undefined) return name;
    await storage.remove(name);
    return (await storage.stat(name))?.size === size ? undefined : name;
  });
  return new Set(missing.filter((name) => name !== undefined));
}

/** The groups of a manifest that cannot do without some file, by their hashes, and the plain name that blocks gave them. */
export function groupsNeeding(manifest: Manifest, files: ReadonlySet<string>): ReadonlyMap<string, string> {
  const needing = new Map<string, string>();
  for (const [hash, { parts }] of Object.entries(manifest.groups)) {
    const entries = parts.map(({ entry }) => entry);
    if (allOf(entries, manifest).some((name) => files.has(name))) needing.set(hash, stem(entries[0] ?? ''));
  }
  return needing;
}

/** A manifest as if some groups had never been built: blocks that hold one are not in it. */
export function withoutGroups(manifest: Manifest, hashes: { has(hash: string): boolean }): Manifest {
  return {
    ...manifest,
    groups: Object.fromEntries(Object.entries(manifest.groups).filter(([hash]) => !hashes.has(hash))),
  };
}

/** Files, and all that they refer to, directly or not. */
function allOf(entries: readonly string[], { artifacts }: Manifest): string[] {
  const all = new Set(entries);
  // What is added while the set is gone through is gone through, too.
  for (const name of all) for (const other of artifacts[name]?.references ?? []) all.add(other);
  return [...all];
}

/** `site` of `site.<hash>.css`. */
function stem(artifact: string): string {
  return (withoutHash(artifact)?.name ?? artifact).replace(/\.\w+$/, '');
}

const ASKED_AT_ONCE = 32;
