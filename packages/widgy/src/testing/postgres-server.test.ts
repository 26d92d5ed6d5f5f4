import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';

/** How long the keeper may take to end the server and remove its files; seldom more than a second. */
const TIDY_MS = 30_000;

describe('the PostgreSQL server of the tests', () => {
  const script = `
    import { postgresServer } from ${JSON.stringify(join(import.meta.dirname, 'postgres-server.ts'))};
    process.stdout.write(await postgresServer() + '\\n');
    if (process.argv[1] === 'stay') await new Promise(() => setInterval(() => {}, 1000));`;
  const start = (how: string) =>
    spawn(process.execPath, ['--input-type=module-typescript', '--eval', script, how], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TEST_DATABASE_URL: '' },
    });

  for (const [name, how] of [
    ['is done', 'end'],
    ['is killed', 'stay'],
  ] as const) {
    it(`ends, and leaves nothing, when its process ${name}`, async () => {
      const child = start(how);
      const exited = once(child, 'exit');
      const [url] = await once(createInterface(child.stdout), 'line');
      const folder = new URL(String(url)).searchParams.get('host') ?? assert.fail();
      assert.ok(existsSync(join(folder, 'data/postmaster.pid')) || how === 'end');
      if (how === 'stay') child.kill('SIGKILL');
      await exited;
      const end = performance.now() + TIDY_MS;
      while (existsSync(folder) && performance.now() < end) await setTimeout(20);
      assert.ok(!existsSync(folder), `${folder} stays`);
    });
  }

  it('is the given one, where one is given', async () => {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TEST_DATABASE_URL: 'postgres://given/' },
    });
    const [url] = await once(createInterface(child.stdout), 'line');
    assert.equal(url, 'postgres://given/');
  });
});
