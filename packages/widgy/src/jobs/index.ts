/** Work that one of several servers does for all, again and again, under a lease in the database. Node only. */
export { createJobs, type Jobs, type JobsOptions } from './create-jobs.ts';
export type { Fence, Job, JobProblem } from './job.ts';
export { ABORT_MS, FINISH_MS, LEASE_MS, MAX_JOB_NAME, POLL_MS, RENEW_MS, RETRY_MS } from './limits.ts';
