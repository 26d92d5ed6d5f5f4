import { formatBytes } from '../bytes.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { currentRelease } from '../releases/current.ts';
import { listReleases, readRelease } from '../releases/release.ts';
import { withStorage } from '../storage/open-storage.ts';
import type { Options } from './options.ts';
import { count } from './print.ts';
import type { Outcome } from './run.ts';

/** `compressor releases`. */
export async function releasesCommand(_options: Options, config: ResolvedConfig): Promise<Outcome> {
  return withStorage(config, async (storage) => {
    const current = await currentRelease(config.offline.manifest, storage);
    const releases = [];
    for (const { id, published } of await listReleases(storage)) {
      const { artifacts } = await readRelease(storage, id);
      const bytes = Object.values(artifacts).reduce((sum, artifact) => sum + artifact.size, 0);
      releases.push({
        id,
        published: published.toISOString(),
        artifacts: Object.keys(artifacts).length,
        bytes,
        isCurrent: id === current,
      });
    }
    const width = Math.max(0, ...releases.map(({ id }) => id.length));
    return {
      status: 0,
      json: { releases },
      text: [
        ...releases.map(
          ({ id, published, artifacts, bytes, isCurrent }) =>
            `${isCurrent ? '*' : ' '} ${id.padEnd(width)}  ${published}  ${count(artifacts, 'artifact')}, ${formatBytes(bytes)}`,
        ),
        count(releases.length, 'release'),
      ],
      messages: [],
    };
  });
}
