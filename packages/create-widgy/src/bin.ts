#!/usr/bin/env node
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  directory: process.cwd(),
  node: process.versions.node,
  stdout: process.stdout,
  stderr: process.stderr,
});
