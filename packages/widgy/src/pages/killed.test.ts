import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testKilled } from './contract/killed.ts';

for (const databases of testDatabases.filter(({ isShared }) => isShared)) {
  describe(databases.name, () => testKilled(databases));
}
