import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../database/database.ts';
import { systemTimers, type Timers } from '../database/timers.ts';
import { checkJobs, type Job, type JobProblem } from './job.ts';
import { addJobs, findDue, type LeaseStore, takeLease } from './leases.ts';
import { ABORT_MS, FINISH_MS, POLL_MS } from './limits.ts';
import { type RunContext, runJob } from './run-job.ts';

/** How jobs are done. */
export interface JobsOptions {
  readonly database: Database;
  readonly jobs: readonly Job[];
  /** Is told what goes wrong. */
  readonly onProblem: (problem: JobProblem) => void;
  /** How long stopping waits for jobs that are being done, in milliseconds. Default: `FINISH_MS`. */
  readonly finishWithin?: number | undefined;
  /** A clock in milliseconds since 1970, for tests. Default: that of the database, so that all servers have the same one. */
  readonly now?: (() => number) | undefined;
  /** What waits between looking for jobs; for tests. */
  readonly timers?: Timers | undefined;
}

/** The jobs of one server. */
export interface Jobs {
  /** Looks for jobs that are due, now and from now on, and does them. Several at once are done at once. */
  start(): void;
  /**
   * Does the jobs that are due now and that no other server does: for whoever calls it at certain times instead of starting a server.
   *
   * @returns the names of those that were done, or tried, when they have ended
   * @throws WidgyError of the database
   */
  runDue(): Promise<readonly string[]>;
  /**
   * Begins no job any more, waits for those that are being done, and gives their leases back. What does not end in time is told to, by
   * its signal.
   *
   * @returns whether all have ended. Those that have not keep their leases until those end
   */
  stop(): Promise<{ readonly isFinished: boolean }>;
}

/**
 * Makes the jobs of one server. Of all servers with the same database, one does a job at a time; when it dies, another one begins the job
 * again as soon as its lease has ended. When a job was done last is kept, so nothing is done early because a server was started.
 *
 * @throws WidgyError `job-invalid`
 */
export function createJobs(options: JobsOptions): Jobs {
  const { database, jobs, onProblem, finishWithin = FINISH_MS, now, timers = systemTimers } = options;
  checkJobs(jobs);
  const store: LeaseStore = {
    database,
    now,
    holder: `${hostname().slice(0, 64)}:${process.pid}:${randomUUID()}`,
  };
  const stopping = new AbortController();
  const context: RunContext = { store, timers, stopping: stopping.signal, tell: onProblem };
  const pollEvery = Math.min(POLL_MS, ...jobs.map(({ every }) => every));
  const running = new Map<string, Promise<void>>();
  let state: 'new' | 'started' | 'stopped' = 'new';
  let areAdded = false;
  let isReported = false;
  let cancelPoll = () => {};
  let looking: Promise<unknown> = Promise.resolve();

  /** Begins the jobs that are due; gives those that it has begun. */
  const beginDue = async (): Promise<readonly { readonly name: string; readonly ended: Promise<void> }[]> => {
    if (!areAdded) await addJobs(store, jobs);
    areAdded = true;
    const begun: { readonly name: string; readonly ended: Promise<void> }[] = [];
    // One that lost its lease may still be going on here.
    const idle = jobs.filter(({ name }) => !running.has(name));
    for (const job of await findDue(store, idle)) {
      if (state === 'stopped' || running.has(job.name)) continue;
      const takenAt = timers.elapsed();
      const lease = await takeLease(store, job);
      if (lease === undefined) continue;
      const ended = runJob(context, job, lease, takenAt).then(() => {
        running.delete(job.name);
      });
      running.set(job.name, ended);
      begun.push({ name: job.name, ended });
    }
    return begun;
  };
  /** After another, so that `stop` sees all that was begun. */
  const look = () => {
    const looked = looking.then(beginDue);
    looking = looked.catch(() => {}); // Whoever asked is told.
    return looked;
  };
  const poll = async () => {
    try {
      await look();
      isReported = false;
    } catch (cause) {
      const what = `the database cannot be asked for jobs: ${String(cause)}`;
      if (!isReported) onProblem({ code: 'jobs-unreachable', what, cause });
      isReported = true;
    }
    if (state === 'started') cancelPoll = timers.after(pollEvery, poll);
  };
  /** Waits for jobs that are being done, for so long at most; gives whether they have ended. */
  const finish = async (within: number): Promise<boolean> => {
    const { promise: isLate, resolve } = Promise.withResolvers<boolean>();
    const cancel = timers.after(within, () => resolve(false));
    const all = Promise.all([...running.values()]).then(() => true);
    return await Promise.race([all, isLate]).finally(cancel);
  };

  return {
    start() {
      if (state !== 'new') return;
      state = 'started';
      void poll();
    },
    async runDue() {
      database.refuseInside();
      const begun = await look();
      await Promise.all(begun.map(({ ended }) => ended));
      return begun.map(({ name }) => name);
    },
    async stop() {
      state = 'stopped';
      cancelPoll();
      await looking;
      if (await finish(finishWithin)) return { isFinished: true };
      stopping.abort(new Error('the server stops'));
      const isFinished = await finish(ABORT_MS);
      for (const job of running.keys()) {
        onProblem({ code: 'job-stuck', job, what: `the job "${job}" did not end when it was told to` });
      }
      return { isFinished };
    },
  };
}
