import { once } from 'node:events';
import { Readable } from 'node:stream';
import { CompressorError } from '../../errors.ts';
import { refuseName } from '../refuse-name.ts';
import { isStorageName, type Storage, type StoredContent, type StoredFile } from '../storage.ts';
import { createConnector, type S3Connection } from './connection.ts';
import { headersOf } from './headers-of.ts';
import { checkS3Options, type S3Options } from './options.ts';
import { resumed } from './resumed.ts';
import { withRetries } from './retry.ts';
import { factsOfError, isAbsent } from './s3-error.ts';
import { type S3Action, s3Failure } from './s3-failure.ts';

export type { S3Credentials, S3Options } from './options.ts';

/**
 * Keeps everything in a bucket of AWS S3, or of any service that speaks S3. The package `@aws-sdk/client-s3` is loaded when
 * the storage is first used.
 *
 * Objects have the headers that a CDN needs to serve artifacts from the bucket. A bucket cannot set when something counts as
 * written; it is always now.
 *
 * @throws CompressorError `config-invalid`
 */
export function s3Storage(options: S3Options): Storage {
  const checked = checkS3Options(options);
  const { bucket, prefix, endpoint, attempts, conditionalWrites } = checked;
  const connector = createConnector(checked);
  const objectOf = (name: string) => ({ Bucket: bucket, Key: prefix + name });
  const failed = (error: unknown, what: S3Action['what'], name: string) =>
    error instanceof CompressorError ? error : s3Failure(error, { what, name, bucket, endpoint });

  const run = async <T>(
    what: S3Action['what'],
    name: string,
    step: (connection: S3Connection) => Promise<T>,
  ): Promise<T> => {
    try {
      return await withRetries(attempts, async () => step(await connector.get()));
    } catch (error) {
      throw failed(error, what, name);
    }
  };

  /** Does something with an object; undefined if there is none. */
  const withObject = <T>(
    what: S3Action['what'],
    name: string,
    step: (connection: S3Connection) => Promise<T>,
  ): Promise<T | undefined> =>
    run(what, name, (connection) =>
      step(connection).catch((error) => {
        if (isAbsent(error)) return undefined;
        throw error;
      }),
    );

  const stat = async (name: string): Promise<StoredFile | undefined> => {
    if (!isStorageName(name)) return undefined;
    return withObject('read', name, async ({ sdk, client }) => {
      const { ContentLength, LastModified } = await client.send(new sdk.HeadObjectCommand(objectOf(name)));
      return storedFile(name, ContentLength, LastModified);
    });
  };

  /** From a byte on, to the end or to the last byte that is wanted. */
  const openAt = ({ sdk, client }: S3Connection, name: string, from: number, last?: number) => {
    const isWhole = from === 0 && last === undefined;
    const Range = isWhole ? undefined : `bytes=${from}-${last ?? ''}`;
    return client.send(new sdk.GetObjectCommand({ ...objectOf(name), Range }));
  };

  return {
    stat,
    async read(name) {
      if (!isStorageName(name)) return undefined;
      return withObject('read', name, async (connection) => {
        const { Body } = await openAt(connection, name, 0);
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      });
    },
    async open(name, range) {
      if (!isStorageName(name)) return undefined;
      const { start = 0, end } = range ?? {};
      const opened = await withObject('read', name, (connection) => openAt(connection, name, start, end));
      if (opened === undefined) return undefined;
      return resumed({
        first: streamOf(opened.Body),
        size: opened.ContentLength ?? 0,
        attempts,
        async reopen(offset) {
          const from = start + offset;
          const { Body, ContentRange } = await run('read', name, (connection) =>
            openAt(connection, name, from, end),
          );
          const rest = streamOf(Body);
          if (ContentRange?.startsWith(`bytes ${from}-`)) return rest;
          rest.destroy();
          throw new Error('the service gave another range than was asked for');
        },
        failure: (error) => failed(error, 'read', name),
      });
    },
    async write(name, content) {
      refuseName(name);
      if (!conditionalWrites && (await stat(name)) !== undefined) return false;
      return run('written', name, async ({ sdk, client }) => {
        try {
          await withBody(content, (Body, abortSignal) => {
            const put = new sdk.PutObjectCommand({
              ...objectOf(name),
              ...headersOf(name),
              ...(conditionalWrites && { IfNoneMatch: '*' }),
              Body,
              ContentLength: content instanceof Uint8Array ? content.length : content.size,
            });
            return client.send(put, { abortSignal });
          });
          return true;
        } catch (error) {
          // Something is there. If the answer to an earlier attempt was lost, it is this very content.
          if (factsOfError(error).status === 412) return false;
          throw error;
        }
      });
    },
    async touch(name) {
      if (!isStorageName(name)) return;
      await withObject('written', name, ({ sdk, client }) => {
        const { Bucket, Key } = objectOf(name);
        const CopySource = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/');
        const headers = { ...headersOf(name), MetadataDirective: 'REPLACE' } as const;
        return client.send(new sdk.CopyObjectCommand({ Bucket, Key, CopySource, ...headers }));
      });
    },
    async remove(name) {
      if (!isStorageName(name)) return;
      await withObject('deleted', name, ({ sdk, client }) =>
        client.send(new sdk.DeleteObjectCommand(objectOf(name))),
      );
    },
    async *list(start) {
      let token: string | undefined;
      do {
        const page = await run('listed', `${start}*`, ({ sdk, client }) =>
          client.send(
            new sdk.ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix + start,
              ContinuationToken: token,
            }),
          ),
        );
        for (const { Key = '', Size, LastModified } of page.Contents ?? []) {
          const name = Key.slice(prefix.length);
          if (isStorageName(name)) yield storedFile(name, Size, LastModified);
        }
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    },
    close: () => connector.close(),
  };
}

/** Listings know more of a second than answers about one object, which use the dates of HTTP. */
function storedFile(name: string, size = 0, modified = new Date(0)): StoredFile {
  return { name, size, modified: new Date(Math.floor(modified.getTime() / 1000) * 1000) };
}

/** Sends content. A stream is opened for each attempt, and when it fails, so does the request: the SDK would wait for ever. */
async function withBody<T>(
  content: StoredContent,
  send: (body: Uint8Array | Readable, abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  if (content instanceof Uint8Array) return send(content, abort.signal);
  const source = content.open();
  const broken = once(source, 'error', { signal: abort.signal }).then(([error]) => {
    throw error;
  });
  try {
    return await Promise.race([send(source, abort.signal), broken]);
  } finally {
    abort.abort();
    source.destroy();
  }
}

function streamOf(body: unknown): Readable {
  return body instanceof Readable ? body : Readable.from([]);
}
