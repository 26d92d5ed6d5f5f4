import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../scripts/free-port.ts';
import { openTestServer } from '../../site/src/site-fixture.ts';
import type { EditorSite } from './editor-fixture.ts';

/** A site whose server is a process: it can be killed at any moment, and started again at the same address with the same database. */
export interface KillableSite extends AsyncDisposable {
  /** With the database as this process reads and writes it, whether or not there is a server. */
  readonly site: EditorSite['site'];
  readonly isUp: () => boolean;
  /** Ends the server as `kill -9` does. */
  readonly kill: () => Promise<void>;
  /** Starts a server, and waits until it listens. */
  readonly start: () => Promise<void>;
}

/** Starts a site in a folder of its own, with an empty database. */
export async function openKillableSite(): Promise<KillableSite> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-killable-'));
  const database = `sqlite:${join(folder, 'site.db')}`;
  const port = await freePort();
  const own = await openTestServer({
    ...{ database, media: join(folder, 'media'), now: Date.now },
    compressor: (made) => ({ mode: 'in-request', output: { directory: join(made, 'assets') } }),
  });
  let server: ChildProcess | undefined;
  const kill = async () => {
    const ended = server;
    server = undefined;
    if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const exited = once(ended, 'exit');
    ended.kill('SIGKILL');
    await exited;
  };
  const start = async () => {
    assert.ok(server === undefined, 'there is a server already');
    const program = join(import.meta.dirname, 'killable-server.ts');
    server = spawn(
      process.execPath,
      ['--conditions=widgy-source', program, folder, database, String(port)],
      // Whatever a server that is killed leaves behind goes with the folder.
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TMPDIR: folder } },
    );
    await opened(server);
  };
  const site: KillableSite['site'] = {
    ...{ url: `http://127.0.0.1:${port}`, widgy: own.widgy },
    async [Symbol.asyncDispose]() {
      await kill();
      await own[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await start();
  return {
    ...{ site, kill, start },
    isUp: () => server !== undefined,
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}

async function opened({ stdout }: ChildProcess): Promise<void> {
  assert.ok(stdout);
  for await (const line of createInterface(stdout)) if (line === 'open') return void stdout.resume();
  assert.fail('the server ended before it listened');
}
