import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { PlainObject } from '../tree/problems.ts';
import { assertValid, type CheckedAnswer, checkAnswer, listIn, objectIn } from './checked-fixture.ts';

/** One server-sent event; a comment has the name `comment`. */
export interface SentEvent {
  readonly name: string;
  readonly id: string | undefined;
  readonly data: PlainObject;
}

/** A stream of events that is open. */
export interface OpenEvents {
  /** The next event that is no comment and not about who is there, or undefined at the end of the stream. */
  readonly next: () => Promise<SentEvent | undefined>;
  /** The next list of those who are there, or undefined at the end of the stream. */
  readonly nextPeople: () => Promise<readonly PlainObject[] | undefined>;
  /** The next event or comment. */
  readonly nextOfAll: () => Promise<SentEvent | undefined>;
  readonly close: () => void;
}

/** Starts a server; gives the address of its API. */
export async function listen(app: FastifyInstance): Promise<string> {
  return `${await app.listen({ port: 0, host: '127.0.0.1' })}/api`;
}

/** What is sent beside method and path. */
interface Sent {
  readonly user?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks a server that listens; the answer is checked against the OpenAPI document. */
export async function request(base: string, asked: string, sent: Sent = {}): Promise<CheckedAnswer> {
  const [method = '', path = ''] = asked.split(' ');
  const response = await send(`${base}${path}`, method, sent);
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  const json = text === '' ? {} : objectIn(JSON.parse(text));
  const answer = { status: response.statusCode ?? 0, headers: response.headers, text, json };
  checkAnswer(method, `/api${path}`, answer);
  return answer;
}

async function send(url: string, method: string, sent: Sent): Promise<IncomingMessage> {
  const { user = 'ann', body, headers } = sent;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const asking = http.request(url, { method, headers: { 'x-user': user, ...type, ...headers } });
  asking.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = await once(asking, 'response');
  return response instanceof http.IncomingMessage ? response : assert.fail();
}

/** Opens the stream of a document's events. */
export async function openEvents(
  base: string,
  path: string,
  { user = 'ann', headers }: { user?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<OpenEvents> {
  const response = await send(`${base}${path}`, 'GET', {
    user,
    ...(headers === undefined ? {} : { headers }),
  });
  assert.equal(response.statusCode, 200);
  assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8');
  assert.equal(response.headers['cache-control'], 'no-store');
  const events = eventsOf(response.setEncoding('utf8'));
  const nextOfAll = async () => (await events.next()).value ?? undefined;
  return {
    nextOfAll,
    async next() {
      for (;;) {
        const event = await nextOfAll();
        if (event?.name !== 'comment' && event?.name !== 'presence') return event;
      }
    },
    async nextPeople() {
      for (;;) {
        const event = await nextOfAll();
        if (event === undefined) return undefined;
        if (event.name !== 'presence') continue;
        assertValid('People', event.data, 'an event');
        return listIn(event.data.people).map(objectIn);
      }
    },
    close: () => response.destroy(),
  };
}

async function* eventsOf(texts: AsyncIterable<string>): AsyncGenerator<SentEvent, undefined> {
  let rest = '';
  try {
    for await (const text of texts) {
      const parts = (rest + text).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) yield parseEvent(part);
    }
  } catch (error) {
    // A connection that was closed by either side is the end of the stream.
    if (!(error instanceof Error)) throw error;
  }
  return undefined;
}

function parseEvent(text: string): SentEvent {
  if (text.startsWith(':')) return { name: 'comment', id: undefined, data: {} };
  const lines = new Map(
    text.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]),
  );
  return {
    name: lines.get('event') ?? '',
    id: lines.get('id'),
    data: objectIn(JSON.parse(lines.get('data') ?? '')),
  };
}
