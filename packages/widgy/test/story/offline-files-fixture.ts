/** What turns offline compression on in the configuration, beside a file of its own. */
const ONE_LINE = "  ...(await import('./compressor.offline.ts')).default,\n";

/** The configuration with that line. */
export function withOneLine(config: string): string {
  return config.replace(/^}\);$/m, `${ONE_LINE}});`);
}

/**
 * The file of its own: bundles are kept in the bucket of all servers, and a page with one that was not built fails.
 *
 * @param options of `offlineContext`, as code with a comma before it
 */
export function optionFile(options: string): string {
  return `import type { Config } from '@widgy/compressor';
import { s3Storage } from '@widgy/compressor/s3';
import { offlineContext } from 'widgy/offline';
import { variables } from './variables.ts';

export default {
  mode: 'offline',
  output: {
    storage: s3Storage({
      bucket: 'assets',
      region: 'eu-central-1',
      endpoint: process.env.BUCKET_ENDPOINT,
      pathStyle: true,
    }),
  },
  offline: { onMiss: 'error', context: offlineContext(() => import('./widgy.config.ts')${options}) },
} satisfies Config;
`;
}
