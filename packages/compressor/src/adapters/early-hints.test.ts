import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import {
  connect,
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type IncomingHttpHeaders,
} from 'node:http2';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import type { Compressor } from '../compressor.ts';
import { compressFiles } from '../testing/offline-site.ts';
import { startSite } from '../testing/site.ts';
import type { HintOptions } from './early-hints.ts';
import * as forFastify from './fastify.ts';
import * as forNode from './node.ts';

const FILES = {
  'static/a.css': 'a { top: 0 }',
  'static/b.css': 'b { top: 0 }',
  'templates/home.liquid': [
    `{% compress css %}<link rel="stylesheet" href="{% static 'a.css' %}">{% endcompress %}`,
    `{% compress css %}<link rel="stylesheet" href="{% static 'b.css' %}" media="(width > 40em)">{% endcompress %}`,
  ].join('\n'),
  'templates/other.liquid': 'nothing',
};

const OWN = '<https://x.test/>; rel=preconnect';
const A = '</assets/a.#.css>; rel=preload; as=style; integrity';
const B = '</assets/b.#.css>; rel=preload; as=style; integrity; media="(width > 40em)"';

/** The links that a client saw: in an interim answer, if there was one, and with the page. */
interface Seen {
  readonly early: string | undefined;
  readonly final: string | undefined;
}

interface Running extends AsyncDisposable {
  readonly url: string;
}

/** Starts a server that answers with the template that a path names, and asks for it. */
interface Setting {
  start(compressor: Compressor, options: HintOptions): Promise<Running>;
  ask(url: string, headers: Record<string, string>): Promise<Seen>;
}

const templateOf = (path = ''): string => `${path.slice(1)}.liquid`;

const answerWith =
  (compressor: Compressor, options: HintOptions) =>
  async (incoming: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse) => {
    const template = templateOf(incoming.url);
    response.setHeader('link', OWN);
    forNode.sendEarlyHints(compressor, incoming, response, template, options);
    response.end(await compressor.render(template));
  };

async function listening(
  server: ReturnType<typeof createServer | typeof createHttp2Server>,
): Promise<Running> {
  await new Promise<void>((done) => server.listen(0, done));
  return {
    url: urlOf(server.address()),
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
  };
}

function urlOf(address: unknown): string {
  assert.ok(typeof address === 'object' && address !== null && 'port' in address);
  return `http://localhost:${address.port}`;
}

function askHttp1(url: string, headers: Record<string, string>): Promise<Seen> {
  return new Promise((done, fail) => {
    let early: string | undefined;
    const asking = request(url, { headers, agent: false }, (response) => {
      response.resume().on('end', () => done({ early, final: response.headersDistinct.link?.join(', ') }));
    });
    asking.on('information', (information) => {
      if (information.statusCode === 103) early = String(information.headers.link);
    });
    asking.on('error', fail).end();
  });
}

function askHttp2(url: string, headers: Record<string, string>): Promise<Seen> {
  const { origin, pathname } = new URL(url);
  const session = connect(origin);
  return new Promise<Seen>((done, fail) => {
    let early: string | undefined;
    let final: string | undefined;
    const linkIn = ({ link }: IncomingHttpHeaders) => link?.toString();
    const stream = session.request({ ':path': pathname, ...headers });
    stream.on('headers', (interim) => {
      early = linkIn(interim);
    });
    stream.on('response', (answer) => {
      final = linkIn(answer);
    });
    stream.on('error', fail).on('end', () => done({ early, final }));
    stream.resume();
  }).finally(() => session.close());
}

const settings: Readonly<Record<string, Setting>> = {
  'node:http': {
    start: (compressor, options) => listening(createServer(answerWith(compressor, options))),
    ask: askHttp1,
  },
  'node:http2': {
    start: (compressor, options) => listening(createHttp2Server(answerWith(compressor, options))),
    ask: askHttp2,
  },
  Fastify: {
    async start(compressor, options) {
      const app = fastify({ forceCloseConnections: true });
      app.get('/:name', async (incoming, reply) => {
        const template = templateOf(incoming.url);
        reply.header('link', OWN);
        forFastify.sendEarlyHints(compressor, incoming, reply, template, options);
        return compressor.render(template);
      });
      await app.listen({ port: 0 });
      return { url: urlOf(app.server.address()), [Symbol.asyncDispose]: () => app.close() };
    },
    ask: askHttp1,
  },
  'Fastify with HTTP/2': {
    async start(compressor, options) {
      const app = fastify({ http2: true, forceCloseConnections: true });
      app.get('/:name', async (incoming, reply) => {
        const template = templateOf(incoming.url);
        reply.header('link', OWN);
        forFastify.sendEarlyHints(compressor, incoming, reply, template, options);
        return compressor.render(template);
      });
      await app.listen({ port: 0 });
      return { url: urlOf(app.server.address()), [Symbol.asyncDispose]: () => app.close() };
    },
    ask: askHttp2,
  },
};

const shape = (links: string | undefined): string | undefined =>
  links?.replace(/\.[0-9a-f]{16}\./g, '.#.').replace(/; integrity="sha384-[^"]{64}"/g, '; integrity');

describe('early hints', () => {
  const browser = { 'sec-fetch-mode': 'navigate' };
  const cases: readonly [
    name: string,
    path: string,
    headers: Record<string, string>,
    options: HintOptions,
    expected: (isHttp2: boolean) => Seen,
  ][] = [
    [
      'come before the page for a browser that takes them',
      '/home',
      browser,
      {},
      (isHttp2) => ({ early: isHttp2 ? A : undefined, final: [OWN, A, B].join(', ') }),
    ],
    [
      'come over any protocol where the site says so',
      '/home',
      browser,
      { http1: true, nonce: 'abc' },
      () => ({ early: `${A}; nonce=abc`, final: [OWN, `${A}; nonce=abc`, `${B}; nonce=abc`].join(', ') }),
    ],
    [
      'do not come for a script or a program',
      '/home',
      {},
      { http1: true },
      () => ({ early: undefined, final: [OWN, A, B].join(', ') }),
    ],
    [
      'do not come where nothing is known',
      '/other',
      browser,
      { http1: true },
      () => ({ early: undefined, final: OWN }),
    ],
  ];
  for (const [server, { start, ask }] of Object.entries(settings)) {
    for (const [name, path, headers, options, expected] of cases) {
      it(`${name}: ${server}`, async () => {
        const { folder: made, findings } = await compressFiles(FILES);
        await using folder = made;
        assert.deepEqual(findings, []);
        await using site = await startSite(folder, { mode: 'offline' });
        await using running = await start(site.compressor, options);
        const { early, final } = await ask(running.url + path, headers);
        assert.deepEqual({ early: shape(early), final: shape(final) }, expected(ask === askHttp2));
      });
    }
  }
});
