import { formatBytes } from '../bytes.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import { type Diagnostic, diagnosticOf } from '../offline/diagnostic.ts';
import { currentRelease } from '../releases/current.ts';
import { listReleases, type Release, readRelease } from '../releases/release.ts';
import { withStorage } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import type { Options } from './options.ts';
import { count, formatDiagnostic } from './print.ts';
import type { Outcome } from './run.ts';

/** What a release weighs, or why that cannot be told. */
type Weight = { readonly artifacts: number; readonly bytes: number } | { readonly problem: Diagnostic };

/** `compressor releases`. One that cannot be read is listed too, as an error: the others are still there. */
export async function releasesCommand(_options: Options, config: ResolvedConfig): Promise<Outcome> {
  return withStorage(config, async (storage) => {
    const current = await currentRelease(config.offline.manifest, storage);
    const releases = [];
    for (const release of await listReleases(storage)) {
      const weight = await weigh(release, storage);
      const { id, published } = release;
      releases.push({ id, published: published.toISOString(), ...weight, isCurrent: id === current });
    }
    const problems = releases.flatMap((release) => ('problem' in release ? release.problem : []));
    const width = Math.max(0, ...releases.map(({ id }) => id.length));
    return {
      status: problems.length === 0 ? 0 : 1,
      json: { releases },
      text: [
        ...releases.map(
          ({ id, published, isCurrent, ...weight }) =>
            `${isCurrent ? '*' : ' '} ${id.padEnd(width)}  ${published}  ${weightText(weight)}`,
        ),
        count(releases.length, 'release'),
      ],
      messages: problems.map(formatDiagnostic),
    };
  });
}

/** @throws CompressorError `storage-failed` */
async function weigh({ id }: Release, storage: Storage): Promise<Weight> {
  try {
    const artifacts = Object.values((await readRelease(storage, id)).artifacts);
    return {
      artifacts: artifacts.length,
      bytes: artifacts.reduce((sum, artifact) => sum + artifact.size, 0),
    };
  } catch (error) {
    if (!(error instanceof CompressorError) || error.code === 'storage-failed') throw error;
    return { problem: diagnosticOf(error, 'error') };
  }
}

function weightText(weight: Weight): string {
  if ('problem' in weight) return 'cannot be read';
  return `${count(weight.artifacts, 'artifact')}, ${formatBytes(weight.bytes)}`;
}
