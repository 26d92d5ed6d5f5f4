#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// Node keeps what it compiles, if it is told so before anything is loaded.
enableCompileCache();
const { run } = await import('./run.ts');

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const version =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';

// What is on standard output may be a file or one JSON object, whatever the code of the site writes there.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const io = {
  directory: process.cwd(),
  environment: process.env,
  stdout: { write: (text: string) => write(text) },
  stderr: process.stderr,
};
const status = await run(process.argv.slice(2), io, version);
// Connections that the code of the site opened would keep the process alive.
write('', () => process.exit(status));
