// Runs every test; with words after `npm test --`, only the test files whose path holds one of them.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { postgresServer } from '../packages/widgy/src/testing/postgres-server.ts';
import { ensureChromium } from './chromium.ts';
import { runAll } from './steps.ts';

const words = process.argv.slice(2);
const files = globSync(
  ['packages/*/src/**/*.test.ts', 'packages/*/test/**/*.test.ts', 'site/**/*.test.ts', 'e2e/**/*.test.ts'],
  {
    exclude: (name) => name.includes('node_modules'),
  },
)
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
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
const tests = (own: readonly string[], ...options: string[]) =>
  ['node', '--conditions=widgy-source', '--test', ...options, ...own] as const;
const inBrowser = files.filter((file) => file.startsWith('e2e'));
const others = files.filter((file) => !file.startsWith('e2e'));
runAll([
  ...(others.length > 0 ? [['tests', ...tests(others, '--test-concurrency=2')] as const] : []),
  // Browsers want the machine for themselves.
  ...(inBrowser.length > 0
    ? [['tests in the browser', ...tests(inBrowser, '--test-concurrency=1')] as const]
    : []),
]);
