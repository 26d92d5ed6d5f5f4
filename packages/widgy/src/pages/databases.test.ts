import { describe } from 'node:test';
import { openMigrated, testDatabases } from '../testing/test-databases.ts';
import { testConcurrent } from './contract/concurrent.ts';
import { testEditing } from './contract/editing.ts';
import { testPublic } from './contract/public.ts';
import { testRandomPages } from './contract/random-pages.ts';
import { testRedirects } from './contract/redirects.ts';
import { testSearch } from './contract/search.ts';

for (const { name, createUrl } of testDatabases) {
  describe(name, async () => {
    const database = await openMigrated(await createUrl());
    testEditing(database);
    testPublic(database);
    testRedirects(database);
    testSearch(database);
    testConcurrent(database);
    testRandomPages(database);
  });
}
