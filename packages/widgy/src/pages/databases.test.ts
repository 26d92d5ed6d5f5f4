import { describe } from 'node:test';
import { openMigrated, testDatabases } from '../testing/test-databases.ts';
import { testBin } from './contract/bin.ts';
import { testChanging } from './contract/changing.ts';
import { testConcurrent } from './contract/concurrent.ts';
import { testKeeping } from './contract/keeping.ts';
import { testMaking } from './contract/making.ts';
import { testMoving } from './contract/moving.ts';
import { testPublic } from './contract/public.ts';
import { testRandomPages } from './contract/random-pages.ts';
import { testRedirects } from './contract/redirects.ts';
import { testSearch } from './contract/search.ts';

for (const { name, isShared, createUrl } of testDatabases) {
  describe(name, async () => {
    const database = await openMigrated(await createUrl());
    testMaking(database);
    testChanging(database);
    testMoving(database);
    testBin(database);
    testPublic(database);
    testKeeping(database);
    testRedirects(database);
    testSearch(database);
    testConcurrent(database);
    // In memory it is much faster.
    testRandomPages(database, isShared ? 4 : 20);
  });
}
