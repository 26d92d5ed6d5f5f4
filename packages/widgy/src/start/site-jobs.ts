import type { FastifyBaseLogger } from 'fastify';
import { deleteExpired } from '../accounts/index.ts';
import { collectTrees } from '../documents/index.ts';
import { createJobs, type Jobs } from '../jobs/index.ts';
import { collectMedia } from '../media/index.ts';
import type { Widgy } from '../server/widgy.ts';

const HOUR = 60 * 60_000;

/** What a site has to be done again and again, by one of its servers. */
export function siteJobs({ database, accounts, media, siteId }: Widgy, log: FastifyBaseLogger): Jobs {
  return createJobs({
    database,
    jobs: [
      { name: `${siteId}.delete-expired-sessions`, every: HOUR, run: () => deleteExpired(accounts) },
      {
        name: `${siteId}.collect-trees`,
        every: 24 * HOUR,
        run: () => database.transaction((transaction) => collectTrees(transaction)),
      },
      { name: `${siteId}.collect-media`, every: 24 * HOUR, run: () => collectMedia(media) },
    ],
    onProblem: ({ code, job, what, cause }) => log.error({ code, job, err: cause }, what),
  });
}
