import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import type { Database } from '../database.ts';
import { migrations } from '../migrations/list.ts';
import { insertDocument } from './fixtures.ts';

/** Tests of several processes on one database, and of processes that are killed. */
export function testProcesses({ createUrl }: TestDatabases): void {
  describe('processes', () => {
    // Which of them applies which is a matter of chance.
    it('apply each migration once when they start at once', async () => {
      const url = await createUrl();
      const applied = await Promise.all([1, 2].map(() => outputOf(url, 'migrate')));
      assert.deepEqual(
        applied.flatMap((line) => line.split(/\s+/).filter((name) => name !== '')).toSorted(),
        migrations.map(({ name }) => name),
      );
    });

    it('lose nothing that 20 writers in two of them append', async () => {
      const url = await createUrl();
      const database = await openMigrated(url);
      const document = await insertDocument(database.kysely);
      await Promise.all([1, 2].map(() => outputOf(url, 'write', document, '5')));
      assert.deepEqual(await stateOf(database, document), { sequence: 100, base: 'empty', base_sequence: 0 });
    });

    it('that are killed leave nothing half done, and lose nothing that was acknowledged', async () => {
      const url = await createUrl();
      const database = await openMigrated(url);
      const document = await insertDocument(database.kysely);
      let sequence = 0;
      // begin, twice (update, insert), the tree, the base, and commit.
      for (let statement = 1; statement <= 8; statement += 1) {
        const acknowledged = await killWhen(
          url,
          ['pairs', document, `${statement}`],
          (line) => line === 'stopped',
        );
        const kept = statement === 8 ? 6 : 4;
        assert.equal(acknowledged.at(-2), `${sequence + 4}`, 'two pairs were acknowledged');
        sequence += kept;
        const expected = { sequence, base: `tree ${sequence}`, base_sequence: sequence };
        assert.deepEqual(await stateOf(database, document), expected, `killed after statement ${statement}`);
      }
      // And wherever it happens to be.
      for (const rounds of [1, 3, 8]) {
        let left = rounds;
        const acknowledged = await killWhen(url, ['pairs', document], () => {
          left -= 1;
          return left === 0;
        });
        const state = await stateOf(database, document);
        assert.ok(state.sequence % 2 === 0, `half a pair: ${state.sequence}`);
        assert.ok(state.sequence >= Number(acknowledged.at(-1)), `lost: ${acknowledged.at(-1)}`);
        assert.equal(state.base, `tree ${state.sequence}`);
        assert.equal(state.base_sequence, state.sequence);
      }
    });
  });
}

/** The draft of a document, after making sure that its log is whole. */
async function stateOf({ kysely }: Database, document: string) {
  const { draft_sequence, draft_base, draft_base_sequence } = await kysely
    .selectFrom('documents')
    .selectAll()
    .where('id', '=', document)
    .executeTakeFirstOrThrow();
  const log = await kysely
    .selectFrom('operations')
    .select('sequence')
    .where('document', '=', document)
    .orderBy('sequence')
    .execute();
  assert.deepEqual(
    log.map(({ sequence }) => sequence),
    Array.from({ length: draft_sequence }, (_, index) => index + 1),
  );
  return { sequence: draft_sequence, base: draft_base, base_sequence: draft_base_sequence };
}

function start(url: string, args: readonly string[]) {
  return spawn(process.execPath, [join(import.meta.dirname, 'process-fixture.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_URL: url },
  });
}

async function outputOf(url: string, ...args: readonly string[]): Promise<string> {
  const child = start(url, args);
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal(status, 0);
  return output;
}

/**
 * Kills a process at the first line of its output for which that is wanted; returns all lines that it has written.
 */
async function killWhen(
  url: string,
  args: readonly string[],
  isWanted: (line: string) => boolean,
): Promise<readonly string[]> {
  const child = start(url, args);
  const exited = once(child, 'exit');
  const lines: string[] = [];
  let isKilled = false;
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (isKilled || !isWanted(line)) continue;
    isKilled = child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  assert.equal(signal, 'SIGKILL');
  return lines;
}
