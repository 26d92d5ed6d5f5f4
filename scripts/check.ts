// Types, lint and format, one after the other; all are run, whatever the first says.
import { runAll } from './steps.ts';

runAll([
  ['types', 'tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['types in the browser', 'tsc', '--noEmit', '-p', 'packages/compressor/src/serve/client/tsconfig.json'],
  [
    'types in the page of a report',
    'tsc',
    '--noEmit',
    '-p',
    'packages/compressor/src/report/client/tsconfig.json',
  ],
  [
    'types in the browser of the library',
    'tsc',
    '--noEmit',
    '-p',
    'packages/widgy/src/library/tsconfig.json',
  ],
  [
    'types in the browser of the administration',
    'tsc',
    '--noEmit',
    '-p',
    'packages/widgy/admin/tsconfig.json',
  ],
  ['types of the editor', 'tsc', '--noEmit', '-p', 'packages/widgy/src/editor/tsconfig.json'],
  ['types in the browser of the site', 'tsc', '--noEmit', '-p', 'site/tsconfig.browser.json'],
  ['types in the browser of a benchmark', 'tsc', '--noEmit', '-p', 'bench/editor/probe/tsconfig.json'],
  ['types of the browser tests', 'tsc', '--noEmit', '-p', 'e2e/tsconfig.json'],
  ['lint and format', 'biome', 'check', '--error-on-warnings', '.'],
]);
