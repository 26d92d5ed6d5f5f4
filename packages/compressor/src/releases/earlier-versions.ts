import { CompressorError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { counterpartsIn } from '../storage/counterparts.ts';
import type { Storage } from '../storage/storage.ts';
import { listReleases, readRelease } from './release.ts';

/** What visitors may have of the artifacts of a new release. */
export interface EarlierVersions {
  /** The contents of an artifact in the releases before, the newest first, each once, without the one that it has now. */
  of(artifact: string): Promise<readonly Buffer[]>;
  /** Releases that could not be read. They cost their visitors a larger download, and nothing else. */
  readonly unreadable: readonly CompressorError[];
}

/** For who has nothing from before. */
export const NO_VERSIONS: EarlierVersions = { of: async () => [], unreadable: [] };

/**
 * Finds the same bundles in the releases before a new one.
 *
 * @param current the manifest of the new release, which may be in the storage already
 * @param count how many releases are looked at, those published last
 */
export async function earlierVersions(
  storage: Storage,
  { id, current }: { readonly id: string; readonly current: Manifest },
  count: number,
): Promise<EarlierVersions> {
  const releases = (await listReleases(storage)).filter((release) => release.id !== id).slice(0, count);
  const unreadable: CompressorError[] = [];
  const counterpart: ((artifact: string) => string | undefined)[] = [];
  for (const release of releases) {
    try {
      counterpart.push(counterpartsIn(current, await readRelease(storage, release.id)));
    } catch (error) {
      if (!(error instanceof CompressorError) || error.code === 'storage-failed') throw error;
      unreadable.push(error);
    }
  }
  return {
    unreadable,
    async of(artifact) {
      const names = new Set(counterpart.flatMap((find) => find(artifact) ?? []));
      names.delete(artifact);
      const contents = await Promise.all([...names].map((name) => storage.read(name)));
      return contents.filter((content) => content !== undefined);
    },
  };
}
