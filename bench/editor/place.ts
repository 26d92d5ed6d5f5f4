import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { z } from 'zod';
import { ensureChromium } from '../../scripts/chromium.ts';
import { startServer } from '../pages/server-process.ts';
import { createSite } from '../site.ts';
import { addProbe } from './ask-probe.ts';

/** A server with pages to be edited, and a browser in which somebody is signed in. */
export interface EditorPlace extends AsyncDisposable {
  readonly browser: Browser;
  /** The address of the editor of the page with so many widgets. */
  readonly editorOf: (size: number) => URL;
  /** A browser as of somebody who comes for the first time, but is signed in. */
  readonly newContext: () => Promise<BrowserContext>;
}

const EMAIL = 'bench@example.org';
const PASSWORD = 'otters sleep on their backs';
const VIEWPORT = { width: 1440, height: 900 } as const;

/** Makes the assets and the pages, and starts the server and the browser. */
export async function openEditorPlace(sizes: readonly number[]): Promise<EditorPlace> {
  const ends = new AsyncDisposableStack();
  const { folder } = ends.use(await createSite({}));
  const documents = seed(folder, sizes);
  const { origin } = ends.use(
    await startServer(
      {
        command: [process.execPath, ...SOURCE, codeOf('server.ts')],
        folder,
        environment: environmentOf(folder),
      },
      '/admin/sign-in',
    ),
  );
  const browser = ends.use(await chromium.launch({ executablePath: ensureChromium(), args: [...BROWSER] }));
  const storageState = await signIn(browser, origin);
  return {
    browser,
    editorOf: (size) => new URL(`/admin/documents/${documents[size]}/editor`, origin),
    async newContext() {
      const context = await browser.newContext({ viewport: VIEWPORT, storageState });
      await addProbe(context);
      return context;
    },
    [Symbol.asyncDispose]: () => ends.disposeAsync(),
  };
}

const SOURCE = ['--conditions=widgy-source'];

const BROWSER = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

function codeOf(file: string): string {
  return join(import.meta.dirname, 'site', file);
}

/** The documents of the pages, by their sizes. */
function seed(folder: string, sizes: readonly number[]): Readonly<Record<string, string>> {
  const { PATH = '', HOME = '' } = process.env;
  const printed = execFileSync(process.execPath, [...SOURCE, codeOf('seed.ts'), ...sizes.map(String)], {
    cwd: folder,
    env: { PATH, HOME, ...environmentOf(folder), EMAIL, PASSWORD },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return z.record(z.string(), z.string()).parse(JSON.parse(printed));
}

function environmentOf(folder: string): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    BENCH_FOLDER: folder,
    DATABASE_URL: `sqlite:${join(folder, 'site.db')}`,
    BASE_URL: 'http://127.0.0.1',
    WIDGY_SECRET: 'for benchmarks only, and not secret at all',
    MAIL_URL: `folder:${folder}/mail`,
    MEDIA_URL: `folder:${folder}/media`,
    LOG_LEVEL: 'warn',
  };
}

async function signIn(
  browser: Browser,
  origin: URL,
): Promise<NonNullable<BrowserContextOptions['storageState']>> {
  await using context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL('/admin/', origin).href);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  return await context.storageState();
}
