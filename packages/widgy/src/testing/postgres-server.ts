import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * The URL of a PostgreSQL server for tests: that of `TEST_DATABASE_URL`, or of one that is started here and ends
 * with this process, whatever way that ends.
 */
export function postgresServer(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  started ??= given === undefined || given === '' ? startPostgres() : Promise.resolve(given);
  return started;
}

/** One server for all tests of a process. */
let started: Promise<string> | undefined;

async function startPostgres(): Promise<string> {
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'postgres-keeper.ts')], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // In a group of its own: a Ctrl+C that ends the tests must not end what tidies up after them.
    detached: true,
  });
  const line = await firstLine(keeper.stdout);
  // From here on nothing of the keeper holds up the end of this process. That closes the keeper's input, and the
  // keeper ends.
  keeper.unref();
  for (const stream of [keeper.stdin, keeper.stdout]) if (stream instanceof Socket) stream.unref();
  if (line.startsWith('postgres:')) return line;
  throw new Error(`No PostgreSQL server could be started; set TEST_DATABASE_URL to use another. ${line}`);
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) return line;
  return 'Its keeper said nothing.';
}
