import { formatBytes } from '../bytes.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { currentRelease } from '../releases/current.ts';
import { collectGarbage } from '../releases/gc.ts';
import { withStorage } from '../storage/open-storage.ts';
import type { Options } from './options.ts';
import { count } from './print.ts';
import type { Outcome } from './run.ts';

/** `compressor gc`. The release whose manifest lies here stays, whatever its age. */
export async function gcCommand(options: Options, config: ResolvedConfig): Promise<Outcome> {
  const { keep, olderThan, isDryRun } = options;
  return withStorage(config, async (storage) => {
    const current = await currentRelease(config.offline.manifest, storage);
    const pinned = current === undefined ? [] : [current];
    const { kept, releases, files } = await collectGarbage(storage, { keep, olderThan, pinned }, isDryRun);
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const done = isDryRun ? 'would delete' : 'deleted';
    return {
      status: 0,
      json: {
        kept: kept.map(({ id }) => id),
        releases: releases.map(({ id }) => id),
        files: files.map(({ name }) => name).sort(),
        bytes,
        isDryRun,
      },
      text: [
        ...releases.map(({ id }) => `${done} release ${id}`),
        `${done} ${count(releases.length, 'release')} and ${count(files.length, 'file')}, ${formatBytes(bytes)}; ${count(kept.length, 'release')} kept`,
      ],
      messages: [],
    };
  });
}
