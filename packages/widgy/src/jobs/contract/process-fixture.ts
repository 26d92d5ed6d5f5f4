// What the tests run in a process of its own, on the database of DATABASE_URL, to be killed: takes the job `daily` at the time that
// is given, says so, and never ends it.
import { writeSync } from 'node:fs';
import { openDatabase } from '../../database/open-database.ts';
import { createJobs } from '../create-jobs.ts';

const [time] = process.argv.slice(2);
const database = await openDatabase({ url: process.env.DATABASE_URL ?? '', migrations: 'ignore' });
createJobs({
  database,
  now: () => Number(time),
  onProblem: ({ what }) => {
    throw new Error(what);
  },
  jobs: [
    {
      name: 'daily',
      every: 86_400_000,
      run() {
        writeSync(1, 'working\n');
        return new Promise(() => {});
      },
    },
  ],
}).start();
