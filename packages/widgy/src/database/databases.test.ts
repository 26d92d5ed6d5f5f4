import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testLiveCommit } from './contract/live-commit.ts';
import { testMigrations } from './contract/migrations.ts';
import { testRows } from './contract/rows.ts';
import { testTransactions } from './contract/transactions.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testRows(databases);
    testTransactions(databases);
    testLiveCommit(databases);
    testMigrations(databases);
  });
}
