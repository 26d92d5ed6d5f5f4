import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withCode } from '../database/contract/fixtures.ts';
import { openDatabase } from '../database/open-database.ts';
import { catalogue } from './accounts-fixture.ts';
import { openAccounts } from './store.ts';

it('accounts are not opened for what is no site', async () => {
  const database = await openDatabase('sqlite::memory:');
  for (const site of ['', '*', 'a b', '__proto__']) {
    assert.throws(
      () => openAccounts({ database, permissions: catalogue, site }),
      withCode('accounts-invalid'),
    );
  }
  assert.equal(openAccounts({ database, permissions: catalogue }).site, 'default');
  await database.close();
});
