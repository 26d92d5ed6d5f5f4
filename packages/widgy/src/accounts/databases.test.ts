import { describe } from 'node:test';
import { testDatabases } from '../testing/test-databases.ts';
import { testAccounts } from './accounts-fixture.ts';
import { testRoles } from './contract/roles.ts';
import { testSessions } from './contract/sessions.ts';
import { testSignIn } from './contract/sign-in.ts';
import { testTokens } from './contract/tokens.ts';
import { testUsers } from './contract/users.ts';

// All before the first suite: the runner would end after a suite that waits for nothing.
const opened = await Promise.all(
  testDatabases.map(async (databases) => [databases.name, await testAccounts(databases)] as const),
);

for (const [name, openTestAccounts] of opened) {
  describe(name, () => {
    testUsers(openTestAccounts);
    testRoles(openTestAccounts);
    testSignIn(openTestAccounts);
    testSessions(openTestAccounts);
    testTokens(openTestAccounts);
  });
}
