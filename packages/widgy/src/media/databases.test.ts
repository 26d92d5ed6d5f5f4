import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testAdding } from './contract/adding.ts';
import { testChanging } from './contract/changing.ts';
import { testCollecting } from './contract/collecting.ts';
import { testListing } from './contract/listing.ts';
import { createOpenEmpty } from './contract/opened.ts';
import { testServing } from './contract/serving.ts';

for (const databases of testDatabases) {
  describe(databases.name, async () => {
    const openEmpty = await createOpenEmpty(databases);
    testAdding(openEmpty);
    testChanging(openEmpty);
    testListing(openEmpty);
    testServing(openEmpty);
    testCollecting(openEmpty);
  });
}
