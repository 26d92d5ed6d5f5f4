/** How long a lease holds after its holder was heard of last, in milliseconds. So long a job waits after its server died. */
export const LEASE_MS = 30_000;

/** How often a holder says that it is still there, in milliseconds. */
export const RENEW_MS = 10_000;

/** How often a server looks whether a job is due, in milliseconds, unless a job is to be done more often. */
export const POLL_MS = 10_000;

/** How soon a job that failed is done again, in milliseconds, unless it is to be done more often anyway. */
export const RETRY_MS = 300_000;

/** How long stopping waits for jobs that are being done, in milliseconds, where nothing else is said. */
export const FINISH_MS = 20_000;

/** How long stopping then waits for jobs that were told to end, in milliseconds. */
export const ABORT_MS = 2000;

/** Characters in the name of a job. */
export const MAX_JOB_NAME = 128;
