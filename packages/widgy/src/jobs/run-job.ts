import type { Timers } from '../database/timers.ts';
import { hasCode } from '../errors.ts';
import type { Job, JobProblem } from './job.ts';
import { giveBack, holdLease, type Lease, type LeaseStore, renewLease } from './leases.ts';
import { LEASE_MS, RENEW_MS } from './limits.ts';

/** What running a job needs. */
export interface RunContext {
  readonly store: LeaseStore;
  readonly timers: Timers;
  /** Is aborted when the server cannot wait for jobs any longer. */
  readonly stopping: AbortSignal;
  readonly tell: (problem: JobProblem) => void;
}

/**
 * Does a job under a lease that was just taken, says again and again that it is being done, and gives the lease back. It never fails: what
 * goes wrong is told.
 *
 * @param takenAt when taking it was begun, by the timers
 */
export async function runJob(context: RunContext, job: Job, lease: Lease, takenAt: number): Promise<void> {
  const { store, stopping, tell } = context;
  const lost = new AbortController();
  const stopRenewing = keepRenewing(context, lease, takenAt, (what) => {
    tell({ code: 'lease-lost', job: job.name, what });
    lost.abort(new Error(what));
  });
  let failure: { readonly cause: unknown } | undefined;
  try {
    const hold = holdLease.bind(undefined, store, lease);
    await job.run(AbortSignal.any([stopping, lost.signal]), { token: lease.token, hold });
  } catch (cause) {
    failure = { cause };
  } finally {
    stopRenewing();
  }
  if (lost.signal.aborted || hasCode(failure?.cause, 'lease-lost')) return;
  // What it threw since it was told to end says nothing of the job.
  const isStopped = failure !== undefined && stopping.aborted;
  if (failure !== undefined && !isStopped) {
    const what = `the job "${job.name}" failed: ${String(failure.cause)}`;
    tell({ code: 'job-failed', job: job.name, what, cause: failure.cause });
  }
  try {
    await giveBack(store, lease, isStopped ? 'not-done' : failure === undefined ? 'ended' : 'failed');
  } catch (cause) {
    const what = `it cannot be kept that the job "${job.name}" has ended, so it may be done again: ${String(cause)}`;
    tell({ code: 'jobs-unreachable', job: job.name, what, cause });
  }
}

/** Renews a lease until it is told to stop, or until the lease is lost, which is told once. */
function keepRenewing(
  { store, timers }: RunContext,
  lease: Lease,
  takenAt: number,
  onLost: (what: string) => void,
): () => void {
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    cancelRenewal();
    cancelEnd();
  };
  const lose = (what: string) => {
    if (isStopped) return;
    stop();
    onLost(what);
  };
  // Counted from before the database was asked, so that it is never later than what the database counts.
  const endAfter = (heardAt: number) =>
    timers.after(heardAt + LEASE_MS - timers.elapsed(), () =>
      lose(`the lease of the job "${lease.name}" could not be renewed in time`),
    );
  const renew = async () => {
    const begun = timers.elapsed();
    try {
      if (!(await renewLease(store, lease))) {
        lose(`the job "${lease.name}" was taken over by another server`);
        return;
      }
      if (isStopped) return;
      cancelEnd();
      cancelEnd = endAfter(begun);
    } catch {
      // It is tried again until the lease ends, and that is told.
    }
    if (!isStopped) cancelRenewal = timers.after(RENEW_MS, renew);
  };
  let cancelEnd = endAfter(takenAt);
  let cancelRenewal = timers.after(RENEW_MS, renew);
  return stop;
}
