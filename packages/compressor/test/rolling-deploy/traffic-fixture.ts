import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What visitors met. */
export interface Visits {
  readonly pages: number;
  readonly files: number;
  /** Files that were checked against the `integrity` of their tag. */
  readonly checked: number;
  /** What went wrong, each thing once. */
  readonly failures: readonly string[];
  /** The texts that pages showed, to tell releases apart. */
  readonly seen: ReadonlySet<string>;
}

/** Visitors who load a page with all of its files, over and over. */
export interface Traffic extends AsyncDisposable {
  /** Waits until every visitor has loaded another whole page, from its beginning. */
  settle(): Promise<void>;
  /** Lets every visitor end the page he is loading; gives what they met. */
  end(): Promise<Visits>;
}

/**
 * Starts visitors. Each loads the page, then all files that it names, then all that those name. Content that may be kept for ever
 * must be the same at each request.
 */
export function startTraffic(origin: string, visitors: number): Traffic {
  const known = new Map<string, string>();
  const failures = new Set<string>();
  const seen = new Set<string>();
  let [pages, files, checked, isEnding] = [0, 0, 0, false];

  const load = async (url: string): Promise<{ text: string; bytes: Buffer } | undefined> => {
    try {
      const response = await fetch(origin + url);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status !== 200) {
        failures.add(`${url}: ${response.status} ${bytes.toString().slice(0, 80)}`);
        return undefined;
      }
      const hash = digest('sha256', bytes);
      if (response.headers.get('cache-control')?.includes('immutable')) {
        if ((known.get(url) ?? hash) !== hash) failures.add(`${url}: other bytes than before`);
        known.set(url, hash);
      }
      return { bytes, text: bytes.toString() };
    } catch (error) {
      failures.add(`${url}: ${String(error)}`);
      return undefined;
    }
  };

  const loadPage = async () => {
    const page = await load('/');
    pages += 1;
    if (page === undefined) return;
    seen.add(/<h1>(.*?)<\/h1>/.exec(page.text)?.[1] ?? page.text);
    const loaded = new Set<string>();
    const loadFile = async (url: string, integrity: string | undefined): Promise<void> => {
      if (loaded.has(url)) return;
      loaded.add(url);
      const file = await load(url);
      files += 1;
      if (file === undefined) return;
      if (integrity !== undefined) {
        checked += 1;
        const [algorithm = '', wanted] = integrity.split(/-(.*)/s);
        if (digest(algorithm, file.bytes) !== wanted) failures.add(`${url}: not what integrity says`);
      }
      await Promise.all(namedIn(file.text, url).map((other) => loadFile(other, undefined)));
    };
    await Promise.all(
      [...page.text.matchAll(/<(?:link|script|img)\b[^>]*>/g)].map(([tag]) => {
        const [, url = ''] = /(?:href|src)="([^"]+)"/.exec(tag) ?? [];
        return loadFile(url, /integrity="([^"]+)"/.exec(tag)?.[1]);
      }),
    );
  };

  const rounds = Array.from({ length: visitors }, () => 0);
  let onRound = () => {};
  const visits = rounds.map(async (_, visitor) => {
    while (!isEnding) {
      await loadPage();
      rounds[visitor] = (rounds[visitor] ?? 0) + 1;
      onRound();
      await sleep(READING);
    }
  });
  const end = async (): Promise<Visits> => {
    isEnding = true;
    await Promise.all(visits);
    return { pages, files, checked, failures: [...failures], seen };
  };
  return {
    async settle() {
      const before = [...rounds];
      // The page being loaded may have begun earlier, so one more must follow it.
      const isSettled = () => rounds.every((round, visitor) => round >= (before[visitor] ?? 0) + 2);
      await new Promise<void>((resolve) => {
        onRound = () => isSettled() && resolve();
      });
    },
    end,
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}

/** How long a visitor looks at a page, in milliseconds: the servers share the machine with the visitors. */
const READING = 20;

/** The URLs of other files in a style sheet or a module. */
function namedIn(text: string, url: string): string[] {
  const names = [...text.matchAll(/url\(["']?(?!data:)([^"')]+)|["'`](\.\/[\w.-]+\.js)["'`]/g)];
  return names.map(([, inStyle, inModule]) => new URL(inStyle ?? inModule ?? '', `http://x${url}`).pathname);
}

function digest(algorithm: string, bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('base64');
}
