import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tableRows } from '../testing/manual-table.ts';
import { readPage, runExample } from '../testing/run-example.ts';
import * as limits from './limits.ts';
import { HASH_PARAMETERS } from './passwords/hasher.ts';
import { FEATURES } from './permissions/features.ts';
import { ACCOUNTS_REFUSAL_CODES } from './refusal.ts';
import { BUILT_IN_ROLES } from './roles/role.ts';

const path = 'docs/widgy-accounts.md';
const page = await readPage(path);

const rowsOf = (head: string) => tableRows(page, head);

describe('the manual of accounts', () => {
  it('has an example that prints what it says', async () => {
    const { text, printed } = await runExample(path);
    const [, expected] = /^It prints `(.*)`\.$/m.exec(text) ?? [];
    assert.equal(printed, `${expected}\n`);
  });

  it('has the limits', () => {
    const numbers = rowsOf('| Limit of accounts | |').map(([, cell]) =>
      Number.parseInt(cell.replaceAll(',', ''), 10),
    );
    assert.deepEqual(numbers, [
      limits.MAX_EMAIL_LENGTH,
      limits.MAX_PERSON_NAME_LENGTH,
      limits.MAX_USER_ROLES,
      limits.MAX_ROLE_NAME_LENGTH,
      limits.MAX_ROLE_LABEL_LENGTH,
      limits.MAX_ROLE_PERMISSIONS,
      limits.MAX_USERS_PAGE,
      limits.MIN_PASSWORD_LENGTH,
      limits.MAX_PASSWORD_LENGTH,
      limits.MIN_FORBIDDEN_PART,
      limits.MAX_HASHES_AT_ONCE,
      limits.MAX_HASHES_WAITING,
      limits.SIGN_IN_WINDOW_MS,
      limits.MAX_ACCOUNT_TRIES,
      limits.MAX_ACCOUNT_TRIES_ANYWHERE,
      limits.MAX_ADDRESS_TRIES,
      limits.MAX_CHANGE_TRIES,
      limits.RESET_WINDOW_MS,
      limits.MAX_ACCOUNT_RESETS,
      limits.MAX_ADDRESS_RESETS,
      limits.MAX_MAILS_WAITING,
      limits.RESET_TOKEN_MS,
      limits.INVITATION_MS,
      limits.ONE_TIME_PASSWORD_MS,
      limits.SESSION_IDLE_MS,
      limits.SESSION_ABSOLUTE_MS,
      limits.SESSION_SEEN_MS,
      limits.ENDED_SESSION_MS,
      limits.REPLACED_SESSION_MS,
      limits.MAX_SESSION_BYTES,
      limits.MAX_TOKEN_LENGTH,
      limits.MAX_AGENT_LENGTH,
      limits.MAIL_TIMEOUT_MS,
    ]);
    assert.equal(numbers.length, Object.keys(limits).length);
    const { memory, passes } = HASH_PARAMETERS;
    assert.ok(page.includes(`${memory / 1024} MiB of memory and ${passes} passes`));
  });

  it('has every refusal', () => {
    const codes = rowsOf('| Refusal of accounts | |').map(([code]) => code.replaceAll('`', ''));
    assert.deepEqual(codes, ACCOUNTS_REFUSAL_CODES);
  });

  it('has every feature with its label, and every built-in role', () => {
    const features = new Map(
      rowsOf('| Feature | |').map(([name, label]) => [name.replaceAll('`', ''), label]),
    );
    assert.deepEqual(features, new Map(FEATURES.map(({ name, label }) => [name, label])));
    assert.deepEqual(
      rowsOf('| Role | May |').map(([label]) => label),
      [...BUILT_IN_ROLES.values()].map(({ label }) => label),
    );
  });
});
