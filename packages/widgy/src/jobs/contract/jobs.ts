import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';
import { openDatabase } from '../../database/open-database.ts';
import { manualTimers } from '../../testing/manual-timers.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { createJobs } from '../create-jobs.ts';
import type { Job, JobProblem } from '../job.ts';
import { ABORT_MS, FINISH_MS, LEASE_MS, POLL_MS, RENEW_MS, RETRY_MS } from '../limits.ts';

const DAY = 86_400_000;

/** Tests of jobs, on one kind of database. */
export function testJobs({ createUrl, isShared }: TestDatabases): void {
  /** A clock of the database that the test sets. */
  const clock = { time: 1_790_000_000_000 };

  /** A server with jobs. */
  const server = (database: Database, jobs: readonly Job[]) => {
    const told: JobProblem[] = [];
    const timers = manualTimers();
    const onProblem = (problem: JobProblem) => told.push(problem);
    const made = createJobs({ database, jobs, timers, onProblem, now: () => clock.time });
    return { ...made, told, timers, codes: () => told.map(({ code, job }) => `${code} ${job ?? ''}`.trim()) };
  };
  const quick = (name: string, every: number, run: Job['run'] = async () => {}): Job => ({
    name,
    every,
    run,
  });
  const rowOf = ({ kysely }: Database, name: string) =>
    kysely.selectFrom('leases').selectAll().where('name', '=', name).executeTakeFirstOrThrow();

  /** A job that says when it has begun, and ends when the test says so or when it is told to. */
  const held = (name = 'held') => {
    const begun = Promise.withResolvers<AbortSignal>();
    const ending = Promise.withResolvers<void>();
    const job = quick(name, DAY, async (signal) => {
      begun.resolve(signal);
      const aborted = once(signal, 'abort').then(() => signal.throwIfAborted());
      await Promise.race([ending.promise, aborted]);
    });
    return { job, begun: begun.promise, end: ending.resolve };
  };

  // It waits for what is to happen, without a pause: if that does not happen, this ends it.
  describe('jobs', { timeout: 120_000 }, () => {
    it('are done when they are due, counted from their end, also by servers that were started since', async () => {
      const database = await openMigrated(await createUrl());
      const jobs = [quick('daily', DAY), quick('often', 1000)];
      assert.deepEqual(await server(database, jobs).runDue(), ['daily', 'often']);
      assert.deepEqual(await server(database, jobs).runDue(), []);
      clock.time += 999;
      assert.deepEqual(await server(database, jobs).runDue(), []);
      clock.time += 1;
      assert.deepEqual(await server(database, jobs).runDue(), ['often']);
      clock.time += DAY - 1001;
      assert.deepEqual(await server(database, jobs).runDue(), ['often']);
      clock.time += 1;
      assert.deepEqual(await server(database, jobs).runDue(), ['daily']);
      assert.deepEqual(await rowOf(database, 'daily'), {
        ...{ name: 'daily', holder: null, token: 2, renewed_at: null, expires_at: null },
        ...{ last_run_at: clock.time, has_failed: 0 },
      });
    });

    it('that nobody needs to do cost one statement', async () => {
      const database = await openMigrated(await createUrl());
      const { runDue } = server(database, [quick('a', DAY), quick('b', DAY), quick('c', DAY)]);
      await runDue();
      assert.equal((await statementsOfWork(database, runDue)).length, 1);
    });

    it('that fail are told, and tried again soon', async () => {
      const database = await openMigrated(await createUrl());
      const failing = quick('daily', DAY, async () => {
        throw new Error('no disk');
      });
      const { runDue, told } = server(database, [failing, quick('other', DAY)]);
      assert.deepEqual(await runDue(), ['daily', 'other']);
      assert.deepEqual(
        told.map(({ code, what }) => [code, what]),
        [['job-failed', 'the job "daily" failed: Error: no disk']],
      );
      clock.time += RETRY_MS - 1;
      assert.deepEqual(await runDue(), []);
      clock.time += 1;
      assert.deepEqual(await server(database, [quick('daily', DAY)]).runDue(), ['daily']);
      clock.time += RETRY_MS;
      assert.deepEqual(await runDue(), []);
    });

    it('are done by one of many servers', async () => {
      const database = await openMigrated(await createUrl());
      let isDoing = false;
      let times = 0;
      const job = quick('daily', DAY, async () => {
        assert.equal(isDoing, false);
        isDoing = true;
        await new Promise((resolve) => setImmediate(resolve));
        isDoing = false;
        times += 1;
      });
      const servers = Array.from({ length: 8 }, () => server(database, [job]));
      await Promise.all(servers.map(({ runDue }) => runDue()));
      assert.deepEqual([times, servers.flatMap(({ told }) => told)], [1, []]);
    });

    it('are looked for by a server from its start on, and not after its stop', async () => {
      const database = await openMigrated(await createUrl());
      const { job, begun, end } = held();
      const { start, stop, timers } = server(database, [job]);
      start();
      start();
      await begun;
      end();
      assert.deepEqual(await stop(), { isFinished: true });
      assert.equal(timers.waiting(), 0);
      clock.time += DAY;
      timers.pass(POLL_MS * 10);
      assert.equal((await rowOf(database, 'held')).token, 1);
    });

    it('are looked for again and again', async () => {
      const database = await openMigrated(await createUrl());
      let done = Promise.withResolvers<void>();
      const { start, stop, timers } = server(database, [quick('often', 50, async () => done.resolve())]);
      start();
      for (const round of [1, 2, 3]) {
        await done.promise;
        await until(async () => (await rowOf(database, 'often')).holder === null && timers.waiting() === 1);
        assert.equal((await rowOf(database, 'often')).token, round);
        done = Promise.withResolvers<void>();
        clock.time += 50;
        timers.pass(50);
      }
      await done.promise;
      assert.deepEqual(await stop(), { isFinished: true });
    });

    it('are waited for when a server stops', async () => {
      const database = await openMigrated(await createUrl());
      const { job, begun, end } = held();
      const first = server(database, [job]);
      first.start();
      const signal = await begun;
      const stopped = first.stop();
      assert.deepEqual(await server(database, [quick('held', DAY)]).runDue(), []);
      first.timers.pass(FINISH_MS - 1);
      assert.equal(signal.aborted, false);
      end();
      assert.deepEqual([await stopped, first.told], [{ isFinished: true }, []]);
      const { holder, last_run_at } = await rowOf(database, 'held');
      assert.deepEqual([holder, last_run_at], [null, clock.time]);
    });

    it('that are too slow for a stop are told to end, and done by another server at once', async () => {
      const database = await openMigrated(await createUrl());
      const { job, begun } = held();
      const first = server(database, [job]);
      first.start();
      const signal = await begun;
      const stopped = first.stop();
      await until(async () => first.timers.waiting() === 3); // The renewal, the end of the lease, and the stop.
      first.timers.pass(FINISH_MS);
      assert.deepEqual([await stopped, signal.aborted, first.told], [{ isFinished: true }, true, []]);
      assert.deepEqual(await server(database, [quick('held', DAY)]).runDue(), ['held']);
    });

    it('that do not listen keep their leases, and are told of', async () => {
      const database = await openMigrated(await createUrl());
      const begun = Promise.withResolvers<void>();
      const deaf = quick('deaf', DAY, () => {
        begun.resolve();
        return new Promise(() => {});
      });
      const first = server(database, [deaf]);
      first.start();
      await begun.promise;
      const stopped = first.stop();
      await until(async () => first.timers.waiting() === 3);
      first.timers.pass(FINISH_MS);
      await until(async () => first.timers.waiting() === 3);
      first.timers.pass(ABORT_MS);
      assert.deepEqual([await stopped, first.codes()], [{ isFinished: false }, ['job-stuck deaf']]);
      const second = server(database, [quick('deaf', DAY)]);
      assert.deepEqual(await second.runDue(), []);
      clock.time += LEASE_MS;
      assert.deepEqual(await second.runDue(), ['deaf']);
    });

    it('keep their leases while they are done, and lose them to others when nobody hears of them', async () => {
      const database = await openMigrated(await createUrl());
      const { job, begun, end } = held();
      const first = server(database, [job]);
      const second = server(database, [quick('held', DAY)]);
      first.start();
      const signal = await begun;
      for (let round = 1; round <= 6; round += 1) {
        clock.time += RENEW_MS;
        first.timers.pass(RENEW_MS);
        await until(async () => (await rowOf(database, 'held')).renewed_at === clock.time);
        assert.deepEqual(await second.runDue(), []);
      }
      assert.equal(signal.aborted, false);
      clock.time += LEASE_MS - 1;
      assert.deepEqual(await second.runDue(), []);
      clock.time += 1;
      assert.deepEqual(await second.runDue(), ['held']);
      await until(async () => first.timers.waiting() === 3); // The poll, the renewal, the end of the lease.
      first.timers.pass(RENEW_MS);
      await until(async () => signal.aborted);
      end();
      await first.stop();
      assert.deepEqual(first.codes(), ['lease-lost held']);
      assert.equal((await rowOf(database, 'held')).token, 2, 'what it gave back was not its own any more');
    });

    it('cannot write any more when they were taken over', async () => {
      const database = await openMigrated(await createUrl());
      const { kysely, transaction } = database;
      const write = (content: string, hold: Parameters<Job['run']>[1]['hold']) =>
        transaction(async (own) => {
          await hold(own);
          await own.insertInto('trees').values({ hash: content, content, created_at: 1 }).execute();
        });
      const tokens: number[] = [];
      const second = server(database, [
        quick('a', DAY, async (_, { hold, token }) => {
          tokens.push(token);
          await write('second', hold);
        }),
      ]);
      const first = server(database, [
        quick('a', DAY, async (_, { hold, token }) => {
          tokens.push(token);
          await write('first', hold);
          clock.time += LEASE_MS;
          await second.runDue();
          await assert.rejects(write('late', hold), withCode('lease-lost'));
          await write('later', hold);
        }),
      ]);
      await first.runDue();
      assert.deepEqual([tokens, first.told, second.told], [[1, 2], [], []]);
      const kept = await kysely.selectFrom('trees').select('hash').orderBy('hash').execute();
      assert.deepEqual(
        kept.map(({ hash }) => hash),
        ['first', 'second'],
      );
    });

    it('go on when a clock was wrong and is put back', async () => {
      const database = await openMigrated(await createUrl());
      clock.time += 365 * DAY;
      const { job, begun } = held('leased');
      const future = server(database, [job, quick('done', DAY)]);
      future.start();
      await begun;
      await until(async () => (await rowOf(database, 'done')).last_run_at !== null);
      clock.time -= 365 * DAY;
      const now = server(database, [quick('leased', DAY), quick('done', DAY)]);
      assert.deepEqual(await now.runDue(), ['leased', 'done']);
      assert.deepEqual(await now.runDue(), []);
    });

    it('are not taken from a server because its clock was put back a little', async () => {
      const database = await openMigrated(await createUrl());
      const { job, begun } = held();
      server(database, [job]).start();
      await begun;
      clock.time -= LEASE_MS;
      assert.deepEqual(await server(database, [quick('held', DAY)]).runDue(), []);
    });

    it('have the clock of the database where no other is given', async () => {
      const database = await openMigrated(await createUrl());
      const onProblem = ({ what }: JobProblem) => assert.fail(what);
      const jobs = createJobs({ database, jobs: [quick('a', DAY)], onProblem });
      assert.deepEqual(await jobs.runDue(), ['a']);
      assert.deepEqual(await jobs.runDue(), []);
      const { last_run_at } = await rowOf(database, 'a');
      // A server may be elsewhere, and its clock a little wrong: but these are milliseconds since 1970.
      assert.ok(Math.abs((last_run_at ?? 0) - Date.now()) < DAY, `${last_run_at}`);
    });

    it('wait for a database that is not there, which is told once', async () => {
      const database = await openMigrated(await createUrl());
      const lost = await openDatabase({ url: await createUrl(), migrations: 'ignore' });
      const { start, stop, timers, codes } = server(lost, [quick('a', DAY)]);
      start();
      for (let round = 0; round < 3; round += 1) {
        await until(async () => timers.waiting() === 1);
        timers.pass(POLL_MS);
      }
      await until(async () => timers.waiting() === 1);
      await stop();
      await lost.close();
      assert.deepEqual(codes(), ['jobs-unreachable']);
      await assert.rejects(
        database.transaction(() => server(database, []).runDue()),
        withCode('transaction-nested'),
      );
    });

    it('of a server that is killed are done by another when the lease has ended', {
      skip: !isShared && 'one process',
    }, async () => {
      const url = await createUrl();
      const database = await openMigrated(url);
      await killWhileWorking(url, clock.time);
      const { token, last_run_at } = await rowOf(database, 'daily');
      assert.deepEqual([token, last_run_at], [1, null]);
      const { runDue } = server(database, [quick('daily', DAY)]);
      clock.time += LEASE_MS - 1;
      assert.deepEqual(await runDue(), []);
      clock.time += 1;
      assert.deepEqual(await runDue(), ['daily']);
      assert.equal((await rowOf(database, 'daily')).token, 2);
    });
  });
}

/** Waits until something is so that is brought about without this process waiting for it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

async function killWhileWorking(url: string, time: number): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=widgy-source', join(import.meta.dirname, 'process-fixture.ts'), `${time}`],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, DATABASE_URL: url } },
  );
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    if (line === 'working') child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  assert.equal(signal, 'SIGKILL');
}
