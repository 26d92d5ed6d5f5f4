import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testReading } from './contract/reading.ts';
import { testWriting } from './contract/writing.ts';

for (const databases of testDatabases) {
  describe(databases.name, () => {
    testReading(databases);
    testWriting(databases);
  });
}
