import type { S3Client } from '@aws-sdk/client-s3';
import { CompressorError } from '../../errors.ts';
import type { CheckedS3Options } from './options.ts';

/** The SDK and a client of it. */
export interface S3Connection {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: S3Client;
}

/** Opens a connection when it is first needed, and again after it was closed. */
export interface S3Connector {
  get(): Promise<S3Connection>;
  close(): Promise<void>;
}

/** Makes no connection yet, and does not load the SDK. */
export function createConnector(options: CheckedS3Options): S3Connector {
  let opened: Promise<S3Connection> | undefined;
  return {
    get() {
      opened ??= connect(options);
      opened.catch(() => {
        opened = undefined;
      });
      return opened;
    },
    async close() {
      const last = opened;
      opened = undefined;
      (await last?.catch(() => undefined))?.client.destroy();
    },
  };
}

/** The SDK would write to the console, past the logger of the site. What matters comes as an error. */
const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

async function connect({
  bucket,
  region,
  endpoint,
  pathStyle = false,
  credentials,
  timeout,
}: CheckedS3Options): Promise<S3Connection> {
  const sdk = await import('@aws-sdk/client-s3').catch((cause) => {
    throw new CompressorError('tool-missing', {
      message: 'A storage in an S3 bucket needs the package @aws-sdk/client-s3',
      help: 'Run npm install @aws-sdk/client-s3.',
      cause,
    });
  });
  const client = new sdk.S3Client({
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    forcePathStyle: pathStyle,
    maxAttempts: 1,
    logger: SILENT,
    // Not every service knows the checksums that the SDK adds otherwise; some keep their framing as content.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: Math.ceil(timeout / 2), socketTimeout: timeout },
  });
  await client.config.region().catch(() => {
    throw new CompressorError('storage-failed', {
      message: `no region is known for the bucket "${bucket}"`,
      help: 'Set the option "region", or AWS_REGION in the environment. Services without regions take us-east-1 or auto.',
    });
  });
  return { sdk, client };
}
