import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testChanging } from './contract/changing.ts';
import { testSharing } from './contract/sharing.ts';
import { testShowing } from './contract/showing.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testChanging(databases);
    testSharing(databases);
    testShowing(databases);
  });
}
