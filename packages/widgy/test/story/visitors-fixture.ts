import { createHash } from 'node:crypto';
import { fetchFrom } from './browser-fixture.ts';
import type { Editions } from './editions-fixture.ts';
import { pageOf } from './look-fixture.ts';
import { type Rounds, startRounds } from './rounds-fixture.ts';

/** What visitors met. */
export interface Visits {
  readonly pages: number;
  /** What went wrong, each thing once. */
  readonly failures: readonly string[];
  /** All files that may be kept for ever, with the hashes of what they were. */
  readonly files: ReadonlyMap<string, string>;
  /** The address of the style of each release, in the order in which they were seen. */
  readonly styles: readonly string[];
}

/** Visitors who look at the home page with all that it loads, over and over. */
export interface Visitors extends Rounds {
  /** What they have met until now. */
  met(): Visits;
}

/** How long a visitor looks at a page, in milliseconds. */
const READING = 50;

/** The hash of a file. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Starts visitors. Each asks for the home page, whose tide says which edition it is: it must be no older than the one that was published
 * when they asked, and none that nobody has published yet. Then they load what it names.
 */
export function startVisitors(origin: string, count: number, editions: Editions): Visitors {
  const failures = new Set<string>();
  const files = new Map<string, string>();
  const styles = new Set<string>();
  let pages = 0;

  const ask = async (url: string) => {
    try {
      const reply = await fetchFrom(origin, url);
      if (reply.status === 200) return reply;
      failures.add(`${url}: ${reply.status} ${reply.body.toString().slice(0, 200)}`);
    } catch (error) {
      failures.add(`${url}: ${String(error)}`);
    }
    return undefined;
  };
  const visit = async () => {
    const published = editions.published();
    const reply = await ask('/');
    pages += 1;
    if (reply === undefined) return;
    const page = pageOf(reply.status, reply.body.toString());
    const edition = Number(/Edition (\d+)/.exec(page.html)?.[1]);
    const newest = editions.sent();
    if (!(edition >= published && edition <= newest))
      failures.add(`edition ${edition} was shown between ${published} and ${newest}`);
    for (const url of page.styles) styles.add(url);
    for (const url of [...page.styles, ...page.scripts]) {
      const file = await ask(url);
      if (file === undefined) continue;
      const hash = hashOf(file.body);
      if ((files.get(url) ?? hash) !== hash) failures.add(`${url}: other bytes than before`);
      files.set(url, hash);
    }
  };

  const rounds = startRounds(count, READING, visit);
  return {
    ...rounds,
    met: () => ({ pages, failures: [...failures], files, styles: [...styles] }),
  };
}
