import type { Readable } from 'node:stream';

/** What a route answers: a value, which one place sends. */
export interface Answer {
  readonly ok: true;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for an answer without a body. */
  readonly body: { readonly type: string; readonly content: string | Readable } | undefined;
}

/** More headers of an answer. */
type Headers = Answer['headers'];

const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers with a value as JSON. */
export function json(value: unknown, { status = 200, headers = {} }: Partial<Answer> = {}): Answer {
  return jsonText(JSON.stringify(value), { status, headers });
}

/** Answers with text that is JSON already. */
export function jsonText(text: string, { status = 200, headers = {} }: Partial<Answer> = {}): Answer {
  return { ok: true, status, headers, body: { type: JSON_TYPE, content: text } };
}

/** Answers with HTML for a browser that is told to do nothing but what a policy allows. */
export function htmlPage(markup: string, contentSecurityPolicy: string, headers: Headers = {}): Answer {
  return {
    ok: true,
    status: 200,
    headers: { ...headers, 'Content-Security-Policy': contentSecurityPolicy },
    body: { type: 'text/html; charset=utf-8', content: markup },
  };
}

/** Answers with server-sent events. Proxies are asked not to hold them back. */
export function eventStream(content: Readable): Answer {
  return {
    ok: true,
    status: 200,
    headers: { 'X-Accel-Buffering': 'no' },
    body: { type: 'text/event-stream; charset=utf-8', content },
  };
}

/** Answers that it is done, and that there is nothing to say. */
export function noContent(): Answer {
  return { ok: true, status: 204, headers: {}, body: undefined };
}

/** Answers that the client has it already. */
export function notModified(headers: Headers): Answer {
  return { ok: true, status: 304, headers, body: undefined };
}
