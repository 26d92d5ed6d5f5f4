import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testCheckDocuments } from './contract/check-documents.ts';
import { testCommands } from './contract/commands.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testCheckDocuments(databases);
    if (databases.isShared) testCommands(databases);
  });
}
