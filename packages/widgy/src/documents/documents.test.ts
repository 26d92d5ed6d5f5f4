import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testChanges } from './contract/changes.ts';
import { testExportImport } from './contract/export-import.ts';
import { testLifecycle } from './contract/lifecycle.ts';
import { testPresence } from './contract/presence.ts';
import { testRandomClients } from './contract/random-clients.ts';
import { testStatements } from './contract/statements.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testChanges(databases);
    testLifecycle(databases);
    testExportImport(databases);
    testPresence(databases);
    testRandomClients(databases);
    testStatements(databases);
  });
}
