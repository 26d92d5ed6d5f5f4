import { type Reported, reportSite } from '../compress-site.ts';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import { silentLogger } from '../log.ts';
import type { TestFolder } from './site.ts';

/** Reports on a folder, with the cache off unless the configuration names one. */
export function reportFolder(folder: Pick<TestFolder, 'path'>, config: Config = {}): Promise<Reported> {
  const options: Config = { mode: 'offline', logger: silentLogger, cache: false, ...config };
  return reportSite(resolveConfig(options, folder.path));
}
