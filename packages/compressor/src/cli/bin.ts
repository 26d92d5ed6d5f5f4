#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// Node keeps what it compiles, if it is told so before anything is loaded.
enableCompileCache();
const { run } = await import('./run.ts');

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const version =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';

// With --json nothing else may be on standard output, whatever the code of the site writes there.
const write = process.stdout.write.bind(process.stdout);
if (process.argv.includes('--json')) process.stdout.write = process.stderr.write.bind(process.stderr);

const status = await run(
  process.argv.slice(2),
  { directory: process.cwd(), stdout: { write: (text) => write(text) }, stderr: process.stderr },
  version,
);
// Connections that a context opened would keep the process alive.
write('', () => process.exit(status));
