import { once } from 'node:events';
import { request as ask, createServer, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Server } from './code-fixture.ts';

/** A load balancer: it gives each request to the next server. */
export interface LoadBalancer extends AsyncDisposable {
  readonly origin: string;
  /** Gives requests to this server too. */
  add(server: Pick<Server, 'origin'>): void;
  /** Gives it no more requests, and waits until it answered those it has. */
  remove(server: Pick<Server, 'origin'>): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * Starts a load balancer with servers in turn. A server that cannot be reached, or breaks off, is passed over: the next one gets
 * the request.
 */
export async function startLoadBalancer(): Promise<LoadBalancer> {
  const servers: string[] = [];
  const running = new Map<string, Set<Promise<unknown>>>();
  let turn = 0;

  const answerOf = async (url: string, headers: IncomingMessage['headers']): Promise<Answer> => {
    let failure: unknown = new Error('there is no server');
    const first = turn++;
    const inTurn = servers.map((_, index) => servers[(first + index) % servers.length] ?? '');
    for (const server of inTurn) {
      const answer = fetchFrom(server + url, headers);
      const own = running.get(server) ?? new Set();
      running.set(server, own.add(answer));
      try {
        return await answer;
      } catch (error) {
        failure = error;
      } finally {
        own.delete(answer);
      }
    }
    throw failure;
  };

  const balancer = createServer((request, response) => {
    answerOf(request.url ?? '/', request.headers).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error) => response.writeHead(502).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  const address = balancer.address();
  if (address === null || typeof address === 'string') throw new Error('the balancer has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    add: ({ origin }) => void servers.push(origin),
    async remove({ origin }) {
      servers.splice(servers.indexOf(origin), 1);
      await Promise.allSettled(running.get(origin) ?? []);
    },
    async [Symbol.asyncDispose]() {
      balancer.closeAllConnections();
      balancer.close();
      await once(balancer, 'close');
    },
  };
}

/** The whole answer: one that breaks off is none. */
async function fetchFrom(url: string, headers: IncomingMessage['headers']): Promise<Answer> {
  const request = ask(url, { headers, agent: false }).end();
  const [response]: unknown[] = await once(request, 'response');
  if (!(response instanceof IncomingMessage)) throw new Error(`${url} gave no answer`);
  const body = await buffer(response);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}
