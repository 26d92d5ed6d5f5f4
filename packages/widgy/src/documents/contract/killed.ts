import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { temporaryFolder } from '../../../../compressor/src/testing/folder.ts';
import { oneFile } from '../../../../compressor/src/testing/one-file.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { doScript, empty, script, scriptStore, snapshot } from './script-fixture.ts';

/** Processes at once. */
const WIDTH = 2;

/** Tests of processes that are killed after any statement that writes, of anything that is done to documents. */
export function testKilled({ createUrl }: TestDatabases): void {
  describe('a process that is killed', () => {
    it('leaves what was acknowledged, and nothing half done', async () => {
      const ownUrl = await createUrl();
      const own = await openMigrated(ownUrl);
      const statements: string[] = [];
      const end = own.onStatement(({ sql }) => statements.push(sql));
      const store = scriptStore(own);
      for (const [name, action] of script) assert.ok((await action(store)).ok, name);
      end();
      await empty(own);
      const snapshots = await doScript(own);
      // After any other statement nothing is written that is not kept yet.
      const places = statements.flatMap((sql, at) =>
        /^(?:insert|update|delete|commit)/.test(sql) ? [at + 1] : [],
      );
      assert.ok(places.length > 50, `only ${places.length} places`);

      const program = await oneFile(join(import.meta.dirname, 'process-fixture.ts'), await temporaryFolder());
      // To its end, once: that also keeps what it was compiled to, which nobody does who is killed.
      await empty(own);
      assert.equal((await killAfter(program, ownUrl, Number.POSITIVE_INFINITY)).at(-1), 'done');
      const rest = places.values();
      const work = async () => {
        const url = await createUrl();
        const database = await openMigrated(url);
        for (const statement of rest) {
          const lines = await killAfter(program, url, statement);
          assert.equal(lines.at(-1), 'stopped', `at statement ${statement}`);
          const done = lines.length - 1;
          const now = await snapshot(database);
          // The action under way is done as a whole, or not at all.
          const where = `killed after statement ${statement}, in "${script[done]?.[0]}"`;
          assert.ok(now === snapshots[done] || now === snapshots[done + 1], where);
          await empty(database);
        }
      };
      await Promise.all(Array.from({ length: WIDTH }, work));
    });
  });
}

/** Kills a process when it has done so many statements, if it ever does; gives what it has written. */
async function killAfter(program: string, url: string, statement: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, `${statement}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NODE_COMPILE_CACHE: join(dirname(program), 'compiled'), ...process.env, DATABASE_URL: url },
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line === 'stopped') child.kill('SIGKILL');
  }
  await exited;
  return lines;
}
