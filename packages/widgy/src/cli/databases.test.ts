import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testBackupCommands } from './contract/backup-commands.ts';
import { testCheckDocuments } from './contract/check-documents.ts';
import { testCommands } from './contract/commands.ts';
import { testUserCommand } from './contract/users.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testCheckDocuments(databases);
    if (databases.isShared) testBackupCommands(databases);
    if (databases.isShared) testCommands(databases);
    if (databases.isShared) testUserCommand(databases);
  });
}
