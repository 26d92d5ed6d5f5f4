import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import type { Database } from 'widgy/database';
import { createJobs } from 'widgy/jobs';

/** A job of the site's own that goes on until its server ends: one of all servers watches the tide. */
export function watchTheTide(app: FastifyInstance, database: Database, say: (line: string) => void): void {
  const jobs = createJobs({
    database,
    jobs: [
      {
        name: 'harbour.watch',
        every: 1000,
        async run(signal) {
          say('watching');
          await once(signal, 'abort');
        },
      },
    ],
    // It has no end of its own, so nobody waits for that.
    finishWithin: 0,
    onProblem: ({ code, what }) => say(`problem ${code}: ${what}`),
  });
  app.addHook('onReady', async () => jobs.start());
  app.addHook('onClose', () => jobs.stop());
}
