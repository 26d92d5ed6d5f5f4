import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/manifest-file.ts';
import { unpackSource } from '../recipe/recipe.ts';
import { type BuildAndKeepContext, buildAndKeep } from '../storage/build-and-keep.ts';
import type { ServerStorage } from '../storage/storage.ts';
import { groupsNeeding, missingFiles, withoutGroups } from './missing-files.ts';
import { readRelease } from './release.ts';

/** What loading the release of a server takes. */
export interface LoadReleaseContext extends BuildAndKeepContext {
  readonly config: Pick<ResolvedConfig, 'offline'>;
  readonly storage: Pick<ServerStorage, 'read' | 'stat' | 'remove'>;
}

/** The release that a server runs. */
export interface LoadedRelease {
  readonly manifest: Manifest;
  /** The manifest without what cannot be served, because files are missing. */
  readonly usable: Manifest;
}

/**
 * Loads the release of a server, from the file beside its code or from the storage, and looks whether its files are there. What
 * is missing is built, left out or an error, as the configuration says.
 *
 * @throws CompressorError `manifest-missing`, `manifest-invalid`, `release-missing`; `artifact-missing`, if `offline.onMiss` is
 * `error`
 */
export async function loadRelease(context: LoadReleaseContext): Promise<LoadedRelease> {
  const { storage, warn } = context;
  const { release, manifest: file, onMiss } = context.config.offline;
  const manifest = release === undefined ? await readManifest(file) : await readRelease(storage, release);
  const findMissing = () =>
    missingFiles(manifest, storage).catch((error): ReadonlySet<string> => {
      if (!(error instanceof CompressorError)) throw error;
      warn('error', 'storage-failed', `whether all files are there cannot be told: ${error.message}`);
      return new Set();
    });
  let missing = await findMissing();
  if (missing.size > 0 && onMiss === 'build') {
    await heal(manifest, missing, context);
    missing = await findMissing();
  }
  if (missing.size === 0) return { manifest, usable: manifest };
  const error = missingError(missing);
  if (onMiss === 'error') throw error;
  warn('error', 'artifact-missing', error.message);
  return { manifest, usable: withoutGroups(manifest, groupsNeeding(manifest, missing)) };
}

/** Builds again what is missing, from the sources that this server has. */
async function heal(
  manifest: Manifest,
  missing: ReadonlySet<string>,
  context: LoadReleaseContext,
): Promise<void> {
  for (const [hash, name] of groupsNeeding(manifest, missing)) {
    const group = manifest.groups[hash];
    if (group === undefined) continue;
    const { goal } = group;
    const sources = group.sources.map(unpackSource).filter((source) => source !== undefined);
    try {
      const parts = await context.builder.plan({ goal, sources }, name);
      for (const part of parts) await buildAndKeep(part, context);
    } catch (error) {
      // Whatever cannot be built stays missing, which is reported.
      if (!(error instanceof CompressorError)) throw error;
      context.warn('error', `heal ${hash}`, error.message);
    }
  }
}

function missingError(missing: ReadonlySet<string>): CompressorError {
  const [first] = missing;
  const others = missing.size === 1 ? '' : ` and ${missing.size - 1} more`;
  return new CompressorError('artifact-missing', {
    message: `"${first}"${others}, which the manifest names, cannot be found where the output is kept`,
    help: 'Deploy the output folder with the manifest, or run compressor compress again.',
  });
}
