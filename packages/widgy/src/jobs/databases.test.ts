import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testJobs } from './contract/jobs.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => testJobs(databases));
}
