import { PassThrough } from 'node:stream';
import { caching } from '../caching.ts';
import type { CompressorError } from '../errors.ts';
import type { LiveEvent, LiveProblem } from './client/live-event.ts';
import type { AssetResponse } from './response.ts';

/** Keeps a line open to every page in development (server-sent events, HTML Standard, 9.2). */
export class LiveReload {
  readonly #pages = new Set<PassThrough>();
  #problems: readonly LiveProblem[] = [];

  /** The response that stays open. */
  connect(): AssetResponse {
    const body = new PassThrough();
    this.#pages.add(body);
    body.once('close', () => this.#pages.delete(body));
    body.write('retry: 500\n\n');
    if (this.#problems.length > 0) body.write(message({ type: 'problems', problems: this.#problems }));
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': caching.never };
    return { status: 200, headers, body };
  }

  send(event: LiveEvent): void {
    for (const page of this.#pages) page.write(message(event));
  }

  /** Shows errors on all pages, open now or later, in place of those shown before. */
  showProblems(errors: Iterable<CompressorError>): void {
    const problems = [...errors].map(liveProblem);
    if (problems.length === 0 && this.#problems.length === 0) return;
    this.#problems = problems;
    this.send({ type: 'problems', problems });
  }

  close(): void {
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }
}

function message(event: LiveEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

function liveProblem({ summary, code, place, frame = '', help }: CompressorError): LiveProblem {
  const where = place === undefined ? '' : [place.file, place.line, place.column].filter(Boolean).join(':');
  return { title: `${summary} [${code}]`, place: where, frame, help };
}
