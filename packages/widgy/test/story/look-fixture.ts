import assert from 'node:assert/strict';
import { fetchFrom, type Reply } from './browser-fixture.ts';

/** A page as a visitor gets it. */
export interface Page {
  readonly status: number;
  readonly html: string;
  /** The addresses of the styles and scripts that it loads, in its order. */
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/** What a page loads. */
export function pageOf(status: number, html: string): Page {
  const found = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, url = '']) => url);
  return {
    ...{ status, html },
    styles: found(/<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]*)"/g),
    scripts: found(/<script\b[^>]*\bsrc="([^"]*)"/g),
  };
}

/** A page that a visitor asks a server for. */
export async function look(origin: string, path: string): Promise<Page> {
  const { status, body } = await fetchFrom(origin, path);
  return pageOf(status, body.toString());
}

/** A file that a page names: it is there, and may be kept for ever. */
export async function load(origin: string, url: string): Promise<Reply> {
  const reply = await fetchFrom(origin, url);
  assert.equal(reply.status, 200, `${url}: ${reply.body}`);
  assert.match(reply.headers['cache-control'] ?? '', /immutable/, url);
  return reply;
}

/** The texts of files that a page names. */
export async function textOf(origin: string, urls: readonly string[]): Promise<string> {
  const replies = await Promise.all(urls.map((url) => load(origin, url)));
  return replies.map(({ body }) => body.toString()).join('\n');
}
