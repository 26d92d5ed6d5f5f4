import { isIP } from 'node:net';
import { z } from 'zod';
import { readLocation } from '../database/location.ts';
import { hasCode } from '../errors.ts';
import type { Environment, EnvironmentSchema } from './environment.ts';

/** Bytes that the secret of a server has, at least. */
export const MIN_SECRET_BYTES = 32;

/** Where media are kept. */
export type MediaLocation =
  | { readonly kind: 'folder'; readonly path: string }
  /** A bucket of a service that speaks S3, as `s3Storage` of the compressor takes it. */
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly prefix: string | undefined;
      readonly region: string | undefined;
      readonly endpoint: string | undefined;
      readonly pathStyle: boolean;
    };

/** How mail is sent. */
export type MailLocation =
  | { readonly kind: 'smtp'; readonly url: string }
  /** As files, for development. */
  | { readonly kind: 'folder'; readonly path: string };

const text = (message: string, isRight: (value: string) => boolean) => z.string().refine(isRight, message);

const port = text(
  'must be a whole number from 0 to 65535',
  (value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535,
);

const origin = text(
  'must be an address that begins with http:// or https://, without path, query and password',
  (value) => {
    const url = URL.parse(value);
    return (
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      [url.origin, `${url.origin}/`].includes(value.toLowerCase())
    );
  },
);

/**
 * What a server of Widgy reads from its environment. A site with variables of its own adds them:
 * `readEnvironment({ ...widgyEnvironment, SHOP_KEY: { … } }, process.env)`.
 */
export const widgyEnvironment = {
  NODE_ENV: {
    about: 'whether visitors are served',
    example: 'production',
    schema: z
      .enum(['development', 'production', 'test'], 'must be development, production or test')
      .default('development'),
  },
  DATABASE_URL: {
    about: 'the database of the site',
    example: 'postgres://widgy@db.example/site',
    schema: text('must be the URL of a PostgreSQL database, or the path of a file', isDatabaseUrl).default(
      'sqlite:data/site.db',
    ),
  },
  PORT: { about: 'where the server listens', example: '3000', schema: port.transform(Number).default(3000) },
  HOST: {
    about: 'the address at which the server listens',
    example: '0.0.0.0',
    schema: text(
      'must be a host name or an IP address, without a port',
      (value) => isIP(value) > 0 || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(value),
    ).default('127.0.0.1'),
  },
  BASE_URL: {
    about: 'the address at which visitors reach the site, for links in mails',
    example: 'https://www.example.org',
    needed: 'in-production',
    schema: origin.transform((value) => new URL(value).origin).optional(),
  },
  WIDGY_SECRET: {
    about: 'what cookies are signed with, the same on all servers',
    example: 'what openssl rand -base64 48 prints',
    needed: 'in-production',
    schema: text(
      `must have ${MIN_SECRET_BYTES} bytes at least`,
      (value) => Buffer.byteLength(value) >= MIN_SECRET_BYTES,
    ).optional(),
  },
  MAIL_URL: {
    about: 'where mail is sent',
    example: 'smtps://user:password@mail.example.org, or folder:data/mail',
    schema: parsed(
      'must begin with smtp:// or smtps:// and name a host, or be folder: and a path',
      mailLocation,
    ).default({
      kind: 'folder',
      path: 'data/mail',
    }),
  },
  MAIL_FROM: {
    about: 'who mail comes from',
    example: 'site@example.org',
    schema: z.email('must be an address of e-mail').optional(),
  },
  MEDIA_URL: {
    about: 'where uploaded files are kept',
    example: 'folder:/srv/site/media, or s3://bucket/media?region=eu-central-1',
    schema: parsed(
      'must be folder: and a path, or s3://bucket/prefix with region, endpoint and pathStyle=true where they are needed',
      mediaLocation,
    ).default({ kind: 'folder', path: 'data/media' }),
  },
  LOG_LEVEL: {
    about: 'how much is logged',
    example: 'info',
    schema: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be fatal, error, warn, info, debug, trace or silent',
      )
      .default('info'),
  },
  TRUST_PROXY: {
    about: 'which proxies say the truth about the address of visitors',
    example: '1, or 10.0.0.0/8,loopback',
    schema: parsed(
      'must be the number of proxies in front of the server, or their addresses with commas between them; true would let visitors say what they like',
      proxies,
    ).default(false),
  },
} as const satisfies EnvironmentSchema;

/** What a server of Widgy is told by its environment, by the names of the variables. */
export type WidgyEnvironment = Environment<typeof widgyEnvironment>;

/** A schema that makes something of a text, or refuses it where that is undefined. */
function parsed<T>(message: string, make: (value: string) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((value, context) => {
    const made = make(value);
    if (made !== undefined) return made;
    context.issues.push({ code: 'custom', message, input: undefined });
    return z.NEVER;
  });
}

function isDatabaseUrl(value: string): boolean {
  try {
    const location = readLocation(value);
    return location.kind === 'sqlite' || URL.canParse(value);
  } catch (error) {
    if (hasCode(error, 'database-url-invalid')) return false;
    throw error;
  }
}

function mailLocation(value: string): MailLocation | undefined {
  const path = folderOf(value);
  if (path !== undefined) return { kind: 'folder', path };
  const url = URL.parse(value);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  return { kind: 'smtp', url: value };
}

function mediaLocation(value: string): MediaLocation | undefined {
  const path = folderOf(value);
  if (path !== undefined) return { kind: 'folder', path };
  const url = URL.parse(value);
  if (url === null || url.protocol !== 's3:' || !/^[\w.-]+$/.test(url.hostname)) return undefined;
  if (url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') return undefined;
  const asked = [...url.searchParams];
  if (asked.some(([name, given]) => !S3_OPTIONS.has(name) || given === '')) return undefined;
  if (new Set(asked.map(([name]) => name)).size < asked.length) return undefined;
  const pathStyle = url.searchParams.get('pathStyle') ?? 'false';
  if (pathStyle !== 'true' && pathStyle !== 'false') return undefined;
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !origin.safeParse(endpoint).success) return undefined;
  const prefix = url.pathname.replace(/^\/|\/$/g, '');
  return {
    ...{ kind: 's3', bucket: url.hostname, endpoint },
    prefix: prefix === '' ? undefined : prefix,
    region: url.searchParams.get('region') ?? undefined,
    pathStyle: pathStyle === 'true',
  };
}

const S3_OPTIONS: ReadonlySet<string> = new Set(['region', 'endpoint', 'pathStyle']);

function folderOf(value: string): string | undefined {
  const path = /^folder:(.+)$/.exec(value)?.[1];
  return path?.includes('\0') ? undefined : path;
}

/** As Fastify takes them as `trustProxy`: so many, or which. */
function proxies(value: string): number | readonly string[] | false | undefined {
  if (value === 'false') return false;
  if (/^\d{1,2}$/.test(value)) return Number(value) === 0 ? false : Number(value);
  const all = value.split(',').map((one) => one.trim());
  return all.every(isProxy) ? all : undefined;
}

function isProxy(value: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true;
  const [address = '', length, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}
