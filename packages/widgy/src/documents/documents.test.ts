import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testAskingAgain } from './contract/asking-again.ts';
import { testChanges } from './contract/changes.ts';
import { testCommits } from './contract/commits.ts';
import { testExportImport } from './contract/export-import.ts';
import { testPresence } from './contract/presence.ts';
import { testRandomClients } from './contract/random-clients.ts';
import { testStatements } from './contract/statements.ts';
import { testUndo } from './contract/undo.ts';
import { testVersions } from './contract/versions.ts';
import { testWholeDocuments } from './contract/whole-documents.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testChanges(databases);
    testAskingAgain(databases);
    testUndo(databases);
    testCommits(databases);
    testVersions(databases);
    testWholeDocuments(databases);
    testExportImport(databases);
    testPresence(databases);
    testRandomClients(databases);
    testStatements(databases);
  });
}
