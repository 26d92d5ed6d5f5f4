import assert from 'node:assert/strict';
import type { Database } from '../database/database.ts';
import { openMigrated, type TestDatabases } from '../testing/test-databases.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import { defineSite } from '../widgets/site.ts';
import type { Mailer, MailMessage } from './mail/mailer.ts';
import { createUser } from './passwords/give-password.ts';
import { createPasswordHasher, type PasswordHasher } from './passwords/hasher.ts';
import { definePermissions } from './permissions/define-permissions.ts';
import type { AccountsRefusal, RefusedAccounts } from './refusal.ts';
import { type AccountsStore, openAccounts } from './store.ts';
import { trustedActor } from './users/actor.ts';
import { createFirstAdministrator } from './users/first-administrator.ts';
import type { User, UserRole } from './users/user.ts';

const widget = (type: string) => defineWidget({ type, label: type, isRootChoice: true, files: [] });

/** A site with three types of widgets. */
export const harbour = defineSite({
  folder: import.meta.dirname,
  widgets: [widget('note'), widget('slideshow'), widget('raw-html')],
});

/** Its permissions: what is not sanitised is special. */
export const catalogue = definePermissions(harbour, { special: ['raw-html'] });

/** A password that nothing is against. */
export const GOOD_PASSWORD = 'otters sleep on their backs';

/** When tests begin, in milliseconds since 1970. */
export const START = 1_790_000_000_000;

/** Hashes as the real one does, with little work. */
export function cheapHasher(passes = 1): PasswordHasher {
  return createPasswordHasher({ parameters: { memory: 8, passes, lanes: 1 } });
}

/** Accounts for a test, with what it looks at and turns. */
export interface TestAccounts {
  readonly store: AccountsStore;
  readonly database: Database;
  /** Another store on the same database, over another connection where there can be one. */
  readonly second: AccountsStore;
  readonly clock: { now: number };
  /** The mails that were sent. */
  readonly mails: MailMessage[];
  readonly problems: unknown[];
}

/** What a test may have of its own. */
export interface TestOptions {
  readonly mailer?: Mailer;
  readonly hasher?: PasswordHasher;
}

/** Opens accounts with nobody in them. */
export type OpenTestAccounts = (options?: TestOptions) => Promise<TestAccounts>;

/**
 * Makes what opens accounts for the tests of a suite, one after the other. All are on one database, which is emptied each time: making one
 * takes longer than most tests. It is called outside of suites, so that the database is there until all of them are done.
 */
export async function testAccounts({ createUrl, isShared }: TestDatabases): Promise<OpenTestAccounts> {
  const url = await createUrl();
  const database = await openMigrated(url);
  const other = isShared ? await openMigrated(url) : database;
  return async ({ mailer, hasher = cheapHasher() } = {}) => {
    for (const table of ['users', 'roles', 'sessions', 'attempts'] as const) {
      await database.kysely.deleteFrom(table).execute();
    }
    const clock = { now: START };
    const mails: MailMessage[] = [];
    const problems: unknown[] = [];
    const collecting: Mailer = {
      async send(message) {
        mails.push(message);
      },
    };
    const openOn = (own: Database) =>
      openAccounts({
        database: own,
        permissions: catalogue,
        siteName: 'Old Harbour',
        mail: { mailer: mailer ?? collecting, baseUrl: 'https://harbour.example' },
        hasher,
        now: () => clock.now,
        onProblem: (problem) => problems.push(problem),
      });
    return { store: openOn(database), second: openOn(other), database, clock, mails, problems };
  };
}

/** What was done, where the test needs it done. */
export function done<T extends { readonly ok: boolean }>(answer: T): Extract<T, { readonly ok: true }> {
  assert.ok(isDone(answer), JSON.stringify(answer));
  return answer;
}

function isDone<T extends { readonly ok: boolean }>(answer: T): answer is Extract<T, { readonly ok: true }> {
  return answer.ok;
}

/** Why nothing was done, where the test needs it refused; without its sentence, which must be one. */
export function refusedWith(answer: { readonly ok: true } | RefusedAccounts): Omit<AccountsRefusal, 'what'> {
  assert.ok(!answer.ok, 'it was done');
  const { what, ...rest } = answer.refusal;
  assert.match(what, /^[A-Z].*\.$/);
  return rest;
}

/** What became of several things at once: `done`, or the code of each refusal, sorted. */
export function outcomesOf(answers: readonly ({ readonly ok: true } | RefusedAccounts)[]): readonly string[] {
  return answers.map((answer) => (answer.ok ? 'done' : answer.refusal.code)).sort();
}

/** Makes somebody with roles, and tells their password. */
export async function addUser(
  store: AccountsStore,
  name: string,
  ...roles: readonly (UserRole | string)[]
): Promise<{ readonly user: User; readonly password: string }> {
  const all = roles.map((role) => (typeof role === 'string' ? { site: '*', role } : role));
  return done(await createUser(store, { email: `${name}@example.org`, name, roles: all }, trustedActor));
}

/** Makes the first administrator. */
export async function addAdministrator(
  store: AccountsStore,
): Promise<{ readonly user: User; readonly password: string }> {
  return done(await createFirstAdministrator(store, { email: 'admin@example.org', name: 'Ada' }));
}
