import { once } from 'node:events';
import { request as ask, createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { SiteServer } from './server-fixture.ts';

/** A proxy in front of servers: it gives each request to the next of them. */
export interface Balancer extends AsyncDisposable {
  /** Where visitors reach the site, whichever servers there are. */
  readonly origin: string;
  /** Gives requests to these servers, and to no others. */
  use(...servers: readonly Pick<SiteServer, 'origin'>[]): void;
  /** Waits until a POST was sent to a server. */
  sent(server: Pick<SiteServer, 'origin'>): Promise<void>;
  /** Loses the next answer of a server to a POST, as if the server had ended when it had done what was asked. */
  loseAnswer(server: Pick<SiteServer, 'origin'>): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Question {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Starts a proxy with servers in turn. Where a server takes no connection, the next one gets the request. Where it breaks off before its
 * answer is complete, the next one gets a request that changes nothing; whoever sent another one is told that nobody knows what
 * became of it, with 502.
 */
export async function startBalancer(): Promise<Balancer> {
  let servers: readonly string[] = [];
  let turn = 0;
  const [sent, losing] = [new Map<string, () => void>(), new Map<string, () => void>()];

  const answerOf = async (question: Question): Promise<Answer> => {
    const first = turn++;
    const inTurn = servers.map((_, at) => servers[(first + at) % servers.length] ?? '');
    let failure: unknown = new Error('there is no server');
    for (const server of inTurn) {
      try {
        const isPost = question.method === 'POST';
        const answer = await send(server, question, () => isPost && tell(sent, server));
        if (!isPost || !tell(losing, server)) return answer;
        throw new Error('the answer was lost');
      } catch (error) {
        failure = error;
        if (!mayGoOn(error, question)) break;
      }
    }
    throw failure;
  };

  const proxy = createServer((request, response) => {
    questionOf(request)
      .then(answerOf)
      .then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    use(...used) {
      servers = used.map(({ origin }) => origin);
    },
    sent: ({ origin }) => told(sent, origin),
    loseAnswer: ({ origin }) => told(losing, origin),
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

/** Waits until somebody is told of a server. */
async function told(waiting: Map<string, () => void>, server: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.set(server, resolve);
  await promise;
}

/** Tells who waits for something of a server; gives whether anybody does. */
function tell(waiting: Map<string, () => void>, server: string): boolean {
  waiting.get(server)?.();
  return waiting.delete(server);
}

/** Whether another server can get a request without it being done twice. */
function mayGoOn(error: unknown, { method }: Question): boolean {
  const code: unknown = Object(error).code;
  if (code === 'ECONNREFUSED') return true;
  return (code === 'ECONNRESET' || code === 'EPIPE') && (method === 'GET' || method === 'HEAD');
}

async function questionOf(request: IncomingMessage): Promise<Question> {
  const { method = 'GET', url = '/', headers, socket } = request;
  const { connection: _, 'transfer-encoding': __, ...passed } = headers;
  const body = await buffer(request);
  return {
    ...{ method, url, body },
    headers: {
      ...passed,
      'x-forwarded-for': socket.remoteAddress ?? '',
      'x-forwarded-proto': 'http',
      'content-length': String(body.length),
    },
  };
}

/** Sends a request on a connection of its own; gives the whole answer, since one that breaks off is none. */
async function send(
  server: string,
  { method, url, headers, body }: Question,
  onSent: () => void,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = ask(server + url, { method, headers, agent: false }, resolve).on('error', reject);
  request.end(body, onSent);
  const response = await promise;
  const whole = await buffer(response);
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...passed } = response.headers;
  return { status: response.statusCode ?? 0, headers: passed, body: whole };
}
