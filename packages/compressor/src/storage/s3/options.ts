import { CompressorError } from '../../errors.ts';

/** What somebody signs requests with. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** Which bucket, and how to reach it. */
export interface S3Options {
  readonly bucket: string;
  /** What all names in the bucket begin with, such as `site/assets`. Default: nothing. */
  readonly prefix?: string | undefined;
  /** Default: what the environment and the files of the AWS SDK say. */
  readonly region?: string | undefined;
  /** The URL of a service that speaks S3. Default: that of AWS. */
  readonly endpoint?: string | undefined;
  /** Whether the bucket is part of the path instead of the host name. Default: false. */
  readonly pathStyle?: boolean | undefined;
  /** Or a function that gives them. Default: those that the AWS SDK finds: environment, files, the machine's role. */
  readonly credentials?: S3Credentials | (() => Promise<S3Credentials>) | undefined;
  /**
   * Whether the service heeds `If-None-Match: *` when something is written. Where it does not, one more request asks first
   * what is there. Default: true.
   */
  readonly conditionalWrites?: boolean | undefined;
  /** How often a request is tried. Default: 5. */
  readonly attempts?: number | undefined;
  /** For how long the service may say nothing, in milliseconds; half of it is for the connection. Default: 10,000. */
  readonly timeout?: number | undefined;
}

/** The options with defaults, as far as they do not belong to the SDK. */
export interface CheckedS3Options extends S3Options {
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
  readonly conditionalWrites: boolean;
  readonly attempts: number;
  readonly timeout: number;
}

/**
 * Fills in defaults and refuses what can never work.
 *
 * @throws CompressorError `config-invalid`
 */
export function checkS3Options(options: S3Options): CheckedS3Options {
  const { bucket, endpoint, prefix = '', conditionalWrites = true, attempts = 5, timeout = 10_000 } = options;
  if (!/^[\w.-]+$/.test(bucket)) throw wrong('bucket', 'Give the name of the bucket, without URL and path.');
  if (prefix.length > PREFIX_LENGTH || !/^(?:[\w-][\w.-]*\/)*(?:[\w-][\w.-]*)?$/.test(prefix)) {
    throw wrong(
      'prefix',
      `Give names with slashes between them, such as site/assets, of ${PREFIX_LENGTH} characters at most.`,
    );
  }
  if (endpoint !== undefined && !isPlainUrl(endpoint)) {
    throw wrong(
      'endpoint',
      'Give a URL such as https://s3.example.com, without credentials, path and query.',
    );
  }
  for (const [name, value] of Object.entries({ attempts, timeout })) {
    if (!Number.isSafeInteger(value) || value < 1) throw wrong(name, 'Give a whole number from 1.');
  }
  return {
    ...options,
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    conditionalWrites,
    attempts,
    timeout,
  };
}

/** Buckets take names of 1,024 bytes, and a storage takes names of 900. */
const PREFIX_LENGTH = 120;

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null) return false;
  return /^https?:$/.test(url.protocol) && [`${url.origin}/`, url.origin].includes(text);
}

/** The value is not repeated: it may hold a secret that went into the wrong option. */
function wrong(name: string, help: string): CompressorError {
  return new CompressorError('config-invalid', {
    message: `the option "${name}" of s3Storage is wrong`,
    help,
  });
}
