import { randomUUID } from 'node:crypto';
import type { ZodType } from 'zod';
import type { Person } from '../../src/admin/person-fixture.ts';
import { fetchFrom, type Sent } from './browser-fixture.ts';

/** The JSON API as a page of the site calls it. What is refused is thrown. */
export interface Api {
  get<T>(path: string, schema: ZodType<T>): Promise<T>;
  /** Asks for a change. Where nobody says what became of it, it is asked for again, under the same key. */
  post<T>(path: string, body: object, schema: ZodType<T>): Promise<T>;
  /** How often a change was asked for again. */
  repeats(): number;
}

/** How often a change is asked for before that is a failure: there are two servers, and one is killed at a time. */
const TRIES = 5;

/** The API for somebody who is signed in. */
export function apiOf(base: string, person: Person): Api {
  let repeats = 0;
  const ask = async (path: string, sent: Sent) => {
    const headers = { cookie: person.cookie(), origin: base, 'sec-fetch-site': 'same-origin' };
    const reply = await fetchFrom(base, `/api/widgy${path}`, {
      ...sent,
      headers: { ...headers, ...sent.headers },
    });
    const text = reply.body.toString();
    return { status: reply.status, text };
  };
  const read = <T>(status: number, text: string, schema: ZodType<T>): T => {
    if (status >= 400) throw new Error(`${status} ${text}`);
    return schema.parse(JSON.parse(text));
  };
  return {
    async get(path, schema) {
      const { status, text } = await ask(path, {});
      return read(status, text, schema);
    },
    async post(path, body, schema) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
      const payload = JSON.stringify(body);
      for (let tries = 1; ; tries += 1) {
        const { status, text } = await ask(path, { method: 'POST', headers, payload });
        if (status !== 502 || tries === TRIES) return read(status, text, schema);
        // The proxy does not know what became of it.
        repeats += 1;
      }
    },
    repeats: () => repeats,
  };
}
