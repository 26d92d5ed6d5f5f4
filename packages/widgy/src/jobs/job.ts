import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { WidgyError } from '../errors.ts';
import { MAX_JOB_NAME } from './limits.ts';

/** Something that one server does again and again for all. */
export interface Job {
  /** The same on all servers, such as `sessions.delete-expired`: what is done under one name is done by one of them at a time. */
  readonly name: string;
  /** How much time passes from its end to its next beginning, in milliseconds. */
  readonly every: number;
  /**
   * Does it. It may be ended at any point by the end of its server, and is then begun again by another one, so it goes on from whatever is
   * there.
   *
   * @param signal is aborted when it must end: when the server cannot wait for it any longer, or when the lease was lost. Then it throws,
   * or just returns
   */
  run(signal: AbortSignal, fence: Fence): Promise<unknown>;
}

/** What keeps a job from writing after another server has taken it over, such as when this one was suspended meanwhile. */
export interface Fence {
  /** Grows each time the job is taken, by whichever server: for storages that refuse what comes with a smaller number. */
  readonly token: number;
  /**
   * Makes sure that the lease is held until the transaction ends: nobody takes the job over before that. One statement; the
   * first of the transaction, best.
   *
   * @throws WidgyError `lease-lost`
   */
  hold(transaction: Transaction<Tables>): Promise<void>;
}

/** Something that went wrong with jobs. Nothing needs to be done at once: it is tried again. */
export interface JobProblem {
  /**
   * - `job-failed`: it threw something. It is tried again, after `RETRY_MS` at the latest.
   * - `lease-lost`: it went on for longer than this server could say so, and was told to end.
   * - `job-stuck`: it did not end when it was told to, while the server stopped. Another server takes it over when its lease ends.
   * - `jobs-unreachable`: the database cannot be asked for jobs, or told of one that has ended. It is told once until it can.
   */
  readonly code: 'job-failed' | 'lease-lost' | 'job-stuck' | 'jobs-unreachable';
  /** The name of the job; undefined where it is about all. */
  readonly job?: string;
  /** In one sentence. */
  readonly what: string;
  readonly cause?: unknown;
}

/**
 * Refuses jobs that can never work.
 *
 * @throws WidgyError `job-invalid`
 */
export function checkJobs(jobs: readonly Job[]): void {
  const refuse = (what: string) => new WidgyError('job-invalid', { message: what });
  for (const [index, { name, every }] of jobs.entries()) {
    if (!NAME.test(name) || name.length > MAX_JOB_NAME) {
      throw refuse(`${JSON.stringify(name)} cannot be the name of a job`);
    }
    if (!Number.isSafeInteger(every) || every < 1)
      throw refuse(`the job "${name}" is done every ${every} ms`);
    if (jobs.findIndex((other) => other.name === name) < index) throw refuse(`there are two jobs "${name}"`);
  }
}

const NAME = /^[A-Za-z0-9][\w.:-]*$/;
