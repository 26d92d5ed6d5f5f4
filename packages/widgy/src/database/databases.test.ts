import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testAccountRows } from './contract/account-rows.ts';
import { testGeneration } from './contract/generation.ts';
import { testLiveCommit } from './contract/live-commit.ts';
import { testMigrations } from './contract/migrations.ts';
import { testPageRows } from './contract/page-rows.ts';
import { testRows } from './contract/rows.ts';
import { testRules } from './contract/rules.ts';
import { testTransactions } from './contract/transactions.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testRows(databases);
    testRules(databases);
    testAccountRows(databases);
    testPageRows(databases);
    testTransactions(databases);
    testLiveCommit(databases);
    testGeneration(databases);
    testMigrations(databases);
  });
}
