import type { Database } from '../database/database.ts';
import { WidgyError } from '../errors.ts';
import { DEFAULT_SITE } from '../settings/store.ts';
import { ID_RULE, isId } from '../tree/widget.ts';
import { createLater, type Later } from './mail/later.ts';
import { type MailDefinition, type MailSetup, openMail } from './mail/setup.ts';
import { createPasswordHasher, type PasswordHasher } from './passwords/hasher.ts';
import type { PermissionCatalogue } from './permissions/define-permissions.ts';

/** What accounts are opened with. */
export interface AccountsOptions {
  readonly database: Database;
  /** What there is to be permitted: what `definePermissions` gives. */
  readonly permissions: PermissionCatalogue;
  /** The id by which roles know the site. See `isId`. Default: `DEFAULT_SITE` of the settings. */
  readonly site?: string;
  /** What the site is called, in mails. No password may contain it. */
  readonly siteName?: string;
  /** How mails are sent. Without it, nobody can be invited or reset a password by mail. */
  readonly mail?: MailDefinition;
  /** What hashes passwords. Several sites in one process share one, so that its limits hold for all. Default: one of its own. */
  readonly hasher?: PasswordHasher;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** Is told of mails that could not be sent. It must not throw. Default: a line on standard error. */
  readonly onProblem?: (problem: unknown) => void;
}

/** People, roles and sessions in a database: what all functions of this folder are given first. */
export interface AccountsStore {
  readonly database: Database;
  readonly permissions: PermissionCatalogue;
  readonly site: string;
  readonly siteName: string;
  readonly mail: MailSetup | undefined;
  readonly hasher: PasswordHasher;
  readonly now: () => number;
  readonly onProblem: (problem: unknown) => void;
  /** Mails that are being sent; a server that stops waits until it is idle. */
  readonly later: Later;
}

/**
 * Opens the accounts of a site. The database is not asked yet.
 *
 * @throws WidgyError `accounts-invalid`
 *
 * @example
 * const accounts = openAccounts({ database, permissions: definePermissions(site) });
 */
export function openAccounts(options: AccountsOptions): AccountsStore {
  const { database, permissions, site = DEFAULT_SITE, siteName = '', mail, now = Date.now } = options;
  const { onProblem = writeProblem } = options;
  if (!isId(site)) {
    const message = `the site ${JSON.stringify(site)} has an id that cannot be used`;
    throw new WidgyError('accounts-invalid', { message, help: `It ${ID_RULE}.` });
  }
  return {
    database,
    permissions,
    site,
    siteName,
    mail: mail === undefined ? undefined : openMail(mail),
    hasher: options.hasher ?? createPasswordHasher(),
    now,
    onProblem,
    later: createLater(onProblem),
  };
}

function writeProblem(problem: unknown): void {
  process.stderr.write(`widgy: ${problem instanceof Error ? problem.message : String(problem)}\n`);
}
