import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testProcesses } from './contract/processes.ts';

for (const databases of testDatabases.filter(({ isShared }) => isShared)) {
  describe(databases.name, () => testProcesses(databases));
}
