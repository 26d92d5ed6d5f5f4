// Compresses the site ahead of time, for `NODE_ENV=production npm start`. Takes the options of `compressor compress`.
import { join } from 'node:path';
import { run } from '../packages/compressor/src/cli/run.ts';

const directory = join(import.meta.dirname, '../site');
process.exitCode = await run(
  ['compress', ...process.argv.slice(2)],
  { directory, stdout: process.stdout, stderr: process.stderr },
  '',
);
