import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import type { Answer, Problem } from './answer.ts';
import { EDITOR_DATA_ID } from './editor-data.ts';

/** Milliseconds after which a request counts as lost. */
export const REQUEST_MS = 20_000;

/** What is asked of the server. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, in the place of JSON. */
  readonly form?: URLSearchParams | FormData;
  /** Milliseconds after which it counts as lost. Default: {@link REQUEST_MS}. */
  readonly ms?: number;
  /** Makes it safe to send the same request again. */
  readonly key?: string;
  /** Whether it goes on when the page is left. */
  readonly isLast?: boolean;
}

/**
 * Asks the server for JSON. Nothing is thrown for what the network or the server does. It says whose page this is: the cookies are those of
 * whoever is signed in by now, and nobody does anything in the name of another.
 *
 * @param read gives the value of an answer; undefined where that is not what was expected, which counts as not reached: it may be
 *   the page of somebody in between
 */
export async function ask<Value>(
  { method, url, body, form, key, ms = REQUEST_MS, isLast = false }: Asked,
  read: (json: PlainObject, headers: Headers) => Value | undefined,
): Promise<Answer<Value>> {
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (key !== undefined) headers.set('idempotency-key', key);
  const person = personOfPage();
  if (person !== undefined) headers.set('widgy-author', person);
  try {
    const response = await fetch(url, {
      ...{ method, headers, signal: AbortSignal.timeout(ms), redirect: 'error', keepalive: isLast },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(form === undefined ? {} : { body: form }),
    });
    if (response.status === 401) return signedOut(response.headers, await response.text());
    if (response.status === 204) return answerOf(read({}, response.headers));
    const json: unknown = await response.json();
    if (!isPlainObject(json)) return UNREACHABLE;
    if (response.ok) return answerOf(read(json, response.headers));
    const problem = response.status < 500 ? problemOf(json, response.status) : undefined;
    return problem === undefined ? UNREACHABLE : { kind: 'refused', problem };
  } catch {
    // Every way in which a request gets no answer is the same to who asked: it can be sent again.
    return UNREACHABLE;
  }
}

/** The id of the person whom the page was made for; undefined where it does not say. */
function personOfPage(): string | undefined {
  return globalThis.document?.getElementById(EDITOR_DATA_ID)?.dataset.person;
}

/** What proves that a form is of this page, and of the person whom it was made for. */
export function tokenOfPage(): string {
  return document.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
}

/** The answer to somebody who is not signed in may be a page that asks them to. */
function signedOut(headers: Headers, text: string): Answer<never> {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') === true;
  const problem: unknown = isProblem ? JSON.parse(text) : undefined;
  const isSomebodyElse = isPlainObject(problem) && problem.code === 'author-changed';
  return { kind: 'signed-out', ...(isSomebodyElse ? { isSomebodyElse } : {}) };
}

const UNREACHABLE = { kind: 'unreachable' } as const;

function answerOf<Value>(value: Value | undefined): Answer<Value> {
  return value === undefined ? UNREACHABLE : { kind: 'done', value };
}

function problemOf({ code, detail, ...rest }: PlainObject, status: number): Problem | undefined {
  if (typeof code !== 'string' || typeof detail !== 'string') return undefined;
  const { type: _, title: __, status: ___, ...details } = rest;
  return { code, status, detail, details };
}
