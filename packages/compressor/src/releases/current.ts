import { releaseId } from '../manifest/manifest.ts';
import { readManifestText } from '../manifest/manifest-file.ts';
import type { Storage } from '../storage/storage.ts';
import { listReleases, releaseFile } from './release.ts';

/**
 * The id of the release that the manifest beside the code is; undefined if there is no manifest, or the storage does not have
 * its release.
 *
 * @param manifest absolute path of the manifest
 * @throws CompressorError `storage-failed`; `manifest-missing` if the manifest is there and cannot be read
 */
export async function currentRelease(manifest: string, storage: Storage): Promise<string | undefined> {
  const text = await readManifestText(manifest);
  if (text === undefined) return undefined;
  const hash = releaseId(text);
  const releases = await listReleases(storage);
  if (releases.some(({ id }) => id === hash)) return hash;
  for (const { id } of releases) {
    if ((await storage.read(releaseFile(id)))?.toString() === text) return id;
  }
  return undefined;
}
