import { readEnvironment, widgyEnvironment } from '../config/index.ts';
import type { ServerOptions } from '../server/options.ts';
import { type BuiltServer, buildServer } from './build-server.ts';

/** What a server is started with. */
export interface StartOptions extends Omit<ServerOptions, 'environment'> {
  /** The variables of the process. Default: `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Called when the site is open, before it listens: to fill a database that is new. */
  readonly prepare?: (server: BuiltServer) => void | Promise<void>;
}

/**
 * Starts the server of a site, and stops it when the process is told to: with SIGTERM or SIGINT requests and jobs that are under way are
 * finished first, with a second one the process ends at once.
 *
 * @throws WidgyError `environment-invalid`, with everything that is wrong with the environment, and what `buildServer` throws
 */
export async function startServer({
  environment = process.env,
  prepare,
  ...options
}: StartOptions): Promise<BuiltServer> {
  const read = readEnvironment(widgyEnvironment, environment);
  const server = await buildServer({ ...options, environment: read });
  const { app } = server;
  try {
    await prepare?.(server);
    await app.listen({ port: read.PORT, host: read.HOST });
  } catch (error) {
    await app.close();
    throw error;
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      app.log.info({ signal }, 'stopping');
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          app.log.error({ err: error }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
  return server;
}
