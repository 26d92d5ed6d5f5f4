// Runs every test; with words after `npm test --`, only the test files whose path holds one of them.
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { postgresServer } from '../packages/widgy/src/testing/postgres-server.ts';
import { ensureChromium } from './chromium.ts';
import { longestFirst } from './long-tests.ts';

const words = process.argv.slice(2);
const found = globSync(
  ['scripts', 'packages/*/{src,test}', 'site', 'e2e'].map((folder) => `${folder}/**/*.test.ts`),
  { exclude: (name) => name.includes('node_modules') },
);
const files = longestFirst(found).filter(
  (file) => words.length === 0 || words.some((word) => file.includes(word)),
);
if (files.length === 0) {
  process.stderr.write('No test file matches.\n');
  process.exit(1);
}

// Each file has a process of its own, and most of them load the same code: so it is compiled once.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/compiled');
if (files.some((file) => file.startsWith('e2e'))) process.env.CHROMIUM = ensureChromium();
if (files.some((file) => /^(?:packages.widgy|site)/.test(file))) {
  // One server for all files. Where none can be started, each test that needs one says why.
  process.env.TEST_DATABASE_URL = await postgresServer().catch(() => '');
}
// Several files install the same packages of the workspace: so each is packed once.
const packed = mkdtempSync(join(tmpdir(), 'widgy-packed-'));
process.env.TEST_PACKAGES = packed;
process.on('exit', () => rmSync(packed, { recursive: true, force: true }));

/** Files at once. Browsers and databases do their part of the work in processes of their own. */
const CONCURRENCY = 2;

/** Of files that took longest, so many are told at the end: they are what to look at where all of it takes too long. */
const TOLD = 12;
const taken = new Map<string, number>();

run({ files: [...files], concurrency: CONCURRENCY, execArgv: ['--conditions=widgy-source'] })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .on('test:summary', ({ file, duration_ms }) => {
    if (file !== undefined) taken.set(relative(join(import.meta.dirname, '..'), file), duration_ms);
  })
  .compose(spec)
  .on('end', () => process.stdout.write(longestTold()))
  .pipe(process.stdout, { end: false });

function longestTold(): string {
  const longest = [...taken].sort(([, a], [, b]) => b - a).slice(0, TOLD);
  return `\n${longest.map(([file, ms]) => `${(ms / 1_000).toFixed(1).padStart(6)} s ${file}`).join('\n')}\n`;
}
