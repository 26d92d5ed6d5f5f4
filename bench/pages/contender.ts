import type { RunningServer } from './server-process.ts';

/** A server that shows the pages of the benchmark. */
export interface Contender {
  readonly name: string;
  /** Starts it on a database that is filled, and waits for its first page. */
  readonly start: () => Promise<RunningServer>;
  /** Signs in; undefined where nobody edits what this one shows. */
  readonly signIn?: (origin: URL) => Promise<Editor>;
}

/** Somebody who edits the first text of the first page. */
export interface Editor {
  /** Gives the text other paragraphs, in a draft. One request. */
  readonly edit: (paragraphs: readonly string[]) => Promise<void>;
  /** Shows the draft to visitors. One request. */
  readonly publish: () => Promise<void>;
}

/** The page that is edited. */
export const EDITED = 'page-1';

/** Asks a server for JSON, or tells it some. */
export async function askJson(url: URL, request: RequestInit = {}): Promise<unknown> {
  const { headers, ...more } = request;
  const answer = await fetch(url, { ...more, headers: { 'content-type': 'application/json', ...headers } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${request.method ?? 'GET'} ${url} answers ${answer.status}: ${text}`);
  return JSON.parse(text);
}
