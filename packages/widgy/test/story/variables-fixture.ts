import type { TestServer } from '../../../compressor/src/storage/s3/listen-fixture.ts';
import type { Variables } from './disk-fixture.ts';

/** A database that cannot be reached: nothing listens at this port. */
export const NO_DATABASE = 'postgres://widgy@127.0.0.1:1/site';

/** Where the code of this process and all that it starts was compiled to, if anywhere. */
const { NODE_COMPILE_CACHE } = process.env;

/** The variables of a server in production: one and the same for all servers of a site. */
export function serverVariables(base: string, more: Variables): Variables {
  return {
    ...{ NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', TRUST_PROXY: '1' },
    ...{ BASE_URL: base, WIDGY_SECRET: 'for tests only, and not secret at all' },
    ...{ NODE_COMPILE_CACHE },
    ...more,
  };
}

/** What the servers of a site, and the command, need to reach its bucket. */
export function bucketVariables({ endpoint }: TestServer): Variables {
  return {
    BUCKET_ENDPOINT: endpoint,
    MEDIA_URL: `s3://assets/media?region=eu-central-1&endpoint=${encodeURIComponent(endpoint)}&pathStyle=true`,
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  };
}
