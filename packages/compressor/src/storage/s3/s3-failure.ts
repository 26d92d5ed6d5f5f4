import { CompressorError } from '../../errors.ts';
import { factsOfError, type S3ErrorFacts } from './s3-error.ts';

/** What was done when it failed. */
export interface S3Action {
  readonly what: 'read' | 'written' | 'deleted' | 'listed';
  /** The name it was done to. */
  readonly name: string;
  readonly bucket: string;
  /** Where the service is; undefined for AWS. */
  readonly endpoint: string | undefined;
}

/** What is wrong, by the codes that services and the SDK give, and what to do about it. */
const kinds: readonly { readonly is: (facts: S3ErrorFacts) => boolean; readonly help: string }[] = [
  {
    is: ({ code }) => /^(?:RequestTimeTooSkewed|RequestExpired)$/.test(code),
    help: 'Set the clock of this machine: services refuse requests that are signed with a time more than 15 minutes off.',
  },
  {
    is: ({ code, status }) =>
      status === 401 ||
      /^(?:Credentials\w*Error|InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken\w*|Invalid\w*Token\w*|Unauthorized\w*|TokenRefreshRequired)$/.test(
        code,
      ),
    help: 'Check the credentials: the option "credentials", or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or the role of the machine.',
  },
  {
    is: ({ code }) => /^(?:NoSuchBucket|InvalidBucketName)$/.test(code),
    help: 'Create the bucket, or correct the option "bucket". Services on a host of their own often need pathStyle: true.',
  },
  {
    is: ({ code, status }) =>
      status === 301 ||
      /^(?:PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/.test(code),
    help: 'Set the option "region" to the region of the bucket, or AWS_REGION in the environment.',
  },
  {
    is: ({ status }) => status === 403,
    help: 'Allow s3:GetObject and s3:ListBucket; where something is published, s3:PutObject too, and s3:DeleteObject for cleaning up. Without s3:ListBucket, a name that does not exist is answered like one that is forbidden.',
  },
  {
    is: ({ code, status }) => status === 501 || code === 'NotImplemented',
    help: 'If the service does not know conditional writes, set conditionalWrites: false.',
  },
  {
    is: ({ code, status }) => status === 429 || status === 503 || code === 'SlowDown',
    help: 'The service is overloaded, or asks for fewer requests. It was tried several times; try again later.',
  },
  {
    is: ({ status, code }) => status === undefined && /^(?:E[A-Z_]+|\w+_\w+|TimeoutError)$/.test(code),
    help: 'Check the option "endpoint", the network, and that the service runs.',
  },
];

const OTHERWISE = 'Check the options of s3Storage, and what the service says about this code.';

/**
 * What failed, for people. The error of the SDK is not passed on: it can hold access keys, signatures and what was signed.
 */
export function s3Failure(error: unknown, { what, name, bucket, endpoint }: S3Action): CompressorError {
  const facts = factsOfError(error);
  const { code, status, requestId } = facts;
  const details = [code, status && `HTTP ${status}`, requestId && `request ${requestId}`].filter(Boolean);
  const where = endpoint === undefined ? '' : ` at ${endpoint}`;
  return new CompressorError('storage-failed', {
    message: `"${name}" cannot be ${what} in the bucket "${bucket}"${where} (${details.join(', ')})`,
    help: kinds.find(({ is }) => is(facts))?.help ?? OTHERWISE,
  });
}
