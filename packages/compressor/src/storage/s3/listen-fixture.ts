import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A server of a test; it ends with all its connections. */
export interface TestServer extends AsyncDisposable {
  readonly endpoint: string;
}

/** Listens on a free port of this machine. */
export async function listen(handler: RequestListener): Promise<TestServer> {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
