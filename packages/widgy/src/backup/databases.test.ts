import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testBackup } from './contract/backup.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => testBackup(databases));
}
