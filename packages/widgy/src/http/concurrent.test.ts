import { testDatabases } from '../testing/test-databases.ts';
import { testManyOperations } from './contract/many-operations.ts';
import { testRandomEditors } from './contract/random-editors.ts';

for (const databases of testDatabases.filter(({ isShared }) => isShared)) {
  testRandomEditors(databases);
  testManyOperations(databases);
}
