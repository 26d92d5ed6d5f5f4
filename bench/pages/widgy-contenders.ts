import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { askJson, type Contender, EDITED, type Editor } from './contender.ts';
import { startServer } from './server-process.ts';

/** What Widgy is run with. */
export interface WidgyPlace {
  /** What is called so in the tables: the database. */
  readonly name: string;
  readonly databaseUrl: string;
  /** The folder of the site's code: see `compileSite`. */
  readonly code: string;
  /** For what the site keeps beside its database. */
  readonly folder: string;
}

/** How much of what was made is kept: what the tables call it, and what the site of the benchmark does. */
const KEEPS = [
  ['nothing kept', 'nothing'],
  ['HTML of widgets kept', 'widgets'],
  ['pages kept, as it comes', 'everything'],
] as const;

const EMAIL = 'bench@example.org';
const PASSWORD = 'otters sleep on their backs';

/** Fills a database, and tells what shows its pages. */
export function widgyContenders(place: WidgyPlace): readonly Contender[] {
  const environment = environmentOf(place);
  const { PATH = '', HOME = '' } = process.env;
  const printed = execFileSync(process.execPath, [join(place.code, 'seed.ts')], {
    cwd: place.folder,
    env: { PATH, HOME, ...environment, EMAIL, PASSWORD },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const documents = z.record(z.string(), z.string()).parse(JSON.parse(printed));
  const document = documents[EDITED] ?? '';
  return KEEPS.map(([what, keeps]) => ({
    name: contenderName(place.name, what),
    start: () =>
      startServer(
        {
          command: [process.execPath, join(place.code, 'server.ts')],
          folder: place.folder,
          environment: { ...environment, BENCH_KEEPS: keeps },
        },
        `/${EDITED}`,
      ),
    ...(keeps === 'everything' ? { signIn: (origin: URL) => signIn(origin, document) } : {}),
  }));
}

/** What a contender is called in the tables. */
export function contenderName(database: string, what: (typeof KEEPS)[number][0]): string {
  return `Widgy, ${database}, ${what}`;
}

function environmentOf({ databaseUrl, folder }: WidgyPlace): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    BENCH_FOLDER: folder,
    DATABASE_URL: databaseUrl,
    BASE_URL: 'http://127.0.0.1',
    WIDGY_SECRET: 'for benchmarks only, and not secret at all',
    MAIL_URL: `folder:${folder}/mail`,
    MEDIA_URL: `folder:${folder}/media`,
    // The others log no requests either.
    LOG_LEVEL: 'warn',
  };
}

const State = z.object({ sequence: z.number() });

/** Signs in as people do, by the form. */
async function signIn(origin: URL, document: string): Promise<Editor> {
  const form = await fetch(new URL('/admin/sign-in', origin));
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(await form.text()) ?? [];
  const answer = await fetch(new URL('/admin/sign-in', origin), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(form) },
    body: new URLSearchParams({ _csrf: token, email: EMAIL, password: PASSWORD, next: '' }),
  });
  if (answer.status !== 303) throw new Error(`Nobody was signed in: ${await answer.text()}`);
  const headers = { cookie: cookiesOf(answer) };
  const at = (path: string) => new URL(`/api/widgy/documents/${document}${path}`, origin);
  const state = await askJson(at(''), { headers });
  let { sequence } = State.parse(state);
  return {
    async edit(paragraphs) {
      const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
      const operations = [{ kind: 'set', id: `${EDITED}-text-1`, fields: { text }, unset: [] }];
      const body = JSON.stringify({ after: sequence, operations });
      ({ sequence } = State.parse(await askJson(at('/changes'), { method: 'POST', headers, body })));
    },
    async publish() {
      const body = JSON.stringify({ after: sequence, message: '', publishAt: 'now' });
      await askJson(at('/commits'), { method: 'POST', headers, body });
    },
  };
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ');
}
