import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Config as CompressorConfig,
  createCompressor,
  loadConfig,
  type ResolvedConfig,
  silentLogger,
} from '@widgy/compressor';
import type { Config } from 'widgy';
import { definePermissions } from 'widgy/accounts';
import { readEnvironment, widgyEnvironment } from 'widgy/config';
import { type BuiltServer, buildServer } from 'widgy/server';
import type { WidgetType } from 'widgy/widgets';
import config from '../widgy.config.ts';
import { siteOptions } from './app.ts';
import type { Booking } from './booking.ts';
import { createRenderer } from './rendering.ts';
import { siteWith } from './site.ts';

/** The moment of the tests: a Thursday in the season. */
export const NOW = Date.parse('2026-06-18T11:00:00Z');

/** What servers are signed with, the same on all of them. */
export const SECRET = 'what all servers of the tests know';

/** A server that does not listen yet. */
export interface TestServer extends BuiltServer, AsyncDisposable {
  /** Its folder, which is gone at the end. */
  readonly folder: string;
  /** What was booked. */
  readonly bookings: readonly Booking[];
}

/** What differs from one server to the next. */
export interface TestServerOptions {
  /** Default: one in memory. */
  readonly database?: string;
  /** The folder of media. Default: one of its own. */
  readonly media?: string;
  /** The time in milliseconds since 1970. Default: {@link NOW}, always. */
  readonly now?: () => number;
  /** Types of widgets beside those of the site. */
  readonly types?: readonly WidgetType[];
  /** What the editor asks of drafts before it publishes them. Default: as the site does. */
  readonly accessibilityGate?: Config['accessibilityGate'];
  /** Options of the compressor beside those of the site. Called with the folder of the server. */
  readonly compressor: (folder: string) => CompressorConfig | Promise<CompressorConfig>;
}

/** The configuration of the compressor of the site, with changes and an engine of its own. */
export async function loadTestConfig(changes: CompressorConfig, site = config.site) {
  const hasFixedAssets = changes.mode === 'offline';
  const renderer = createRenderer({ site, isDevelopment: changes.mode === 'development', hasFixedAssets });
  const compressor: ResolvedConfig = await loadConfig(new URL('../compressor.config.ts', import.meta.url), {
    secret: SECRET,
    logger: silentLogger,
    ...changes,
    templates: renderer.templates,
  });
  return { renderer, config: compressor };
}

/** Builds a server of the site that keeps everything in temporary folders. Its database is empty unless it is given one. */
export async function openTestServer(options: TestServerOptions): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-site-'));
  const { accessibilityGate } = options;
  const own = { ...configWith(options.types), accessibilityGate };
  const { renderer, config: compressor } = await loadTestConfig(await options.compressor(folder), own.site);
  const bookings: Booking[] = [];
  const built = await buildServer({
    ...siteOptions({
      renderer,
      config: own,
      compressor: await createCompressor(compressor),
      now: options.now ?? (() => NOW),
      onBooking: (booking) => void bookings.push(booking),
    }),
    hasJobs: false,
    environment: readEnvironment(widgyEnvironment, {
      NODE_ENV: 'test',
      DATABASE_URL: options.database ?? ':memory:',
      BASE_URL: 'http://site.test',
      WIDGY_SECRET: SECRET,
      MAIL_URL: `folder:${folder}/mail`,
      MEDIA_URL: `folder:${options.media ?? `${folder}/media`}`,
      LOG_LEVEL: 'silent',
    }),
  });
  return {
    ...{ ...built, folder, bookings },
    async [Symbol.asyncDispose]() {
      await built.app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The configuration of the site with more types of widgets. */
function configWith(types: readonly WidgetType[] = []): typeof config {
  if (types.length === 0) return config;
  const site = siteWith(types);
  return { ...config, site, permissions: definePermissions(site, { special: ['unsafe-html'] }) };
}
