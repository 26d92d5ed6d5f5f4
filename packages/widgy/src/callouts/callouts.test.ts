import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testChanging } from './contract/changing.ts';
import { testShowing } from './contract/showing.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testChanging(databases);
    testShowing(databases);
  });
}
