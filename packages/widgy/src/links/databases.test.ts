import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testResolve } from './contract/resolve.ts';
import { testStoredLinks } from './contract/stored-links.ts';
import { testWhatLinksTo } from './contract/what-links-to.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testStoredLinks(databases);
    testWhatLinksTo(databases);
    testResolve(databases);
  });
}
