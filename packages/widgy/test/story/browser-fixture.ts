import { request as ask, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Person, personOf, type Send } from '../../src/admin/person-fixture.ts';

/** What a server was asked, and what it answered. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What is sent with a request. Default: nothing. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer;
}

/** Asks a server for something, on a connection of its own. */
export async function fetchFrom(
  origin: string,
  path: string,
  { method = 'GET', headers = {}, payload }: Sent = {},
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const length = { 'content-length': String(Buffer.byteLength(payload ?? '')) };
  ask(origin + path, { method, agent: false, headers: { ...headers, ...length } }, resolve)
    .on('error', reject)
    .end(payload);
  const response = await promise;
  const body = await buffer(response);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/**
 * Somebody with a browser.
 *
 * @param base where the site is, for browsers
 * @param origin the server that really gets the requests: the proxy, or one behind it
 */
export function browserAt(base: string, origin: () => string = () => base): Person {
  const send: Send = async ({ url, method, headers, payload }) => {
    const sent = { method, headers, ...(payload === undefined ? {} : { payload }) };
    const { status, headers: own, body } = await fetchFrom(origin(), url, sent);
    const cookies = (own['set-cookie'] ?? []).map((line) => {
      const [pair = ''] = line.split(';', 1);
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return { name, value: decodeURIComponent(value) };
    });
    return { statusCode: status, headers: own, body: body.toString(), cookies };
  };
  return personOf(send, base, { id: '', email: 'ann@example.org', password: '' });
}

/** Signs in with a password that was made for somebody, and chooses another one. */
export async function signIn(person: Person, made: string, own: string): Promise<void> {
  const choose = await person.press(await person.get('/sign-in'), 'Sign in', {
    email: person.email,
    password: made,
  });
  const done = await person.press(choose, 'Set the password', { 'fields.password': own });
  if (done.status !== 200 || done.url !== '/admin/') throw new Error(`${done.url}: ${done.text}`);
}
