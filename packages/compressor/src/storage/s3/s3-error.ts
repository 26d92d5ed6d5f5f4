/** What can be known of a failed request. Errors of the SDK come in many classes, from several packages. */
export interface S3ErrorFacts {
  /** The service's own code, such as `NoSuchKey`, or that of the system, such as `ECONNREFUSED`. */
  readonly code: string;
  /** Of HTTP; undefined if no answer came. */
  readonly status: number | undefined;
  /** By which the service's support finds the request. */
  readonly requestId: string | undefined;
  /** Whether the SDK found its clock off and would sign with the right time now. */
  readonly isClockCorrected: boolean;
}

/** Picks what may be shown. The rest of such an error can hold keys and signatures. */
export function factsOfError(error: unknown): S3ErrorFacts {
  const name = text(error, 'name');
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode');
  return {
    // Errors of Node are all called Error and differ by code; those of services differ by name.
    code: (name === 'Error' ? text(error, 'code') : name) ?? text(error, 'code') ?? 'Error',
    status: typeof status === 'number' ? status : undefined,
    requestId: text(metadata, 'requestId'),
    isClockCorrected: property(metadata, 'clockSkewCorrected') === true,
  };
}

/** Whether the request may succeed if it is made again. */
export function isTransient(error: unknown): boolean {
  const { code, status, isClockCorrected } = factsOfError(error);
  if (isClockCorrected || TRANSIENT_CODES.has(code)) return true;
  return status !== undefined && TRANSIENT_STATUSES.has(status);
}

/** Whether there is nothing under the name that was asked for. */
export function isAbsent(error: unknown): boolean {
  const { code, status } = factsOfError(error);
  return status === 404 && code !== 'NoSuchBucket';
}

/** RFC 9110, and 429 of RFC 6585. 409 means writes of one name at the same moment. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([409, 429, 500, 502, 503, 504]);

const TRANSIENT_CODES: ReadonlySet<string> = new Set([
  // Of services: throttling under another status, an upload that came too slowly.
  'SlowDown',
  'RequestTimeout',
  // Of the SDK.
  'TimeoutError',
  // Of the system: connections that are lost, or not made.
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = property(value, name);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
