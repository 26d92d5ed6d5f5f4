import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { after } from 'node:test';

/** A way to a server that can be cut and mended. */
export interface Cuttable {
  /** The URL with this way in the place of the straight one. */
  readonly url: string;
  /** Ends all connections, and takes no more. */
  cut(): void;
  mend(): void;
}

/** Makes a way to the server that a URL names. It is gone when the test is done. */
export async function cuttable(url: string): Promise<Cuttable> {
  const target = new URL(url);
  // PostgreSQL can be reached by a socket in a folder.
  const folder = target.searchParams.get('host');
  const port = Number(target.searchParams.get('port') ?? (target.port || 5432));
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    const upstream = folder === null ? connect(port, target.hostname) : connect(`${folder}/.s.PGSQL.${port}`);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      // A connection that is cut is no news here.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the way has no port');
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const way = new URL(url);
  way.hostname = '127.0.0.1';
  way.port = String(address.port);
  way.searchParams.delete('host');
  way.searchParams.delete('port');
  return {
    url: way.href,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
  };
}
