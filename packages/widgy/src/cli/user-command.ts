import { ONE_TIME_PASSWORD_MS } from '../accounts/limits.ts';
import { createUser, givePassword } from '../accounts/passwords/give-password.ts';
import { definePermissions } from '../accounts/permissions/define-permissions.ts';
import { ALL_SITES } from '../accounts/permissions/rights.ts';
import type { AccountsRefusal, AccountsRefusalCode, RefusedAccounts } from '../accounts/refusal.ts';
import { listRoles } from '../accounts/roles/read-roles.ts';
import { type AccountsStore, openAccounts } from '../accounts/store.ts';
import { trustedActor } from '../accounts/users/actor.ts';
import { changeUser } from '../accounts/users/change-user.ts';
import { createFirstAdministrator } from '../accounts/users/first-administrator.ts';
import { findUser, listUsers } from '../accounts/users/read-users.ts';
import type { User, UserRole } from '../accounts/users/user.ts';
import { count, type Diagnostic, formatDiagnostic } from './diagnostic.ts';
import type { Options } from './options.ts';
import type { CommandContext, Outcome } from './outcome.ts';

/** `widgy user`: what has to be done about people where nobody can sign in, or from a script. It may do everything. */
export async function userCommand(options: Options, context: CommandContext): Promise<Outcome> {
  const permissions = definePermissions(await context.site());
  return await context.withDatabase('require', async (database) => {
    const store = openAccounts({ database, permissions });
    const { userAction, operand: email = '' } = options;
    if (userAction === 'list') return await list(store);
    if (userAction === 'add') return await add(store, email, options);
    const user = await findUser(store, email);
    if (user === undefined)
      return refused({ code: 'user-missing', what: `Nobody has the address ${email}.` });
    return userAction === 'reset' ? await reset(store, user) : await disable(store, user);
  });
}

async function list(store: AccountsStore): Promise<Outcome> {
  const users: User[] = [];
  let after: string | undefined = '';
  while (after !== undefined) {
    const page = await listUsers(store, { after });
    users.push(...page.users);
    after = page.next;
  }
  const lines = users.map(({ email, name, roles, isActive, hasPassword }) => {
    const state = [...(isActive ? [] : ['disabled']), ...(hasPassword ? [] : ['no password yet'])];
    return [email, name, roles.map(roleText).join(', ') || 'no role', ...state].join(' · ');
  });
  const text = [...lines, count(users.length, 'account')];
  return { status: 0, json: { users, diagnostics: [] }, text, messages: [] };
}

function roleText({ site, role }: User['roles'][number]): string {
  return site === ALL_SITES ? role : `${role}@${site}`;
}

/** Without a role it is the first administrator. */
async function add(store: AccountsStore, email: string, { name, roles }: Options): Promise<Outcome> {
  const person = { email, name: name ?? email.split('@')[0] ?? '' };
  if (roles === undefined) {
    const first = await createFirstAdministrator(store, person);
    return first.ok ? withPassword(first, 'made') : refused(first.refusal);
  }
  const fault = await faultOfRoles(store, roles);
  if (fault !== undefined) return refused({ code: 'role-missing', what: fault });
  const made = await createUser(store, { ...person, roles }, trustedActor);
  return made.ok ? withPassword(made, 'made') : refused(made.refusal);
}

/** Which of the roles there is not, and which there are: a command line has no list to choose from. */
async function faultOfRoles(store: AccountsStore, given: readonly UserRole[]): Promise<string | undefined> {
  const known = (await listRoles(store)).map(({ name }) => name);
  const unknown = given.find(({ role }) => !known.includes(role));
  return unknown && `There is no role ${unknown.role}; there are ${known.join(', ')}.`;
}

async function reset(store: AccountsStore, { id }: User): Promise<Outcome> {
  const given = await givePassword(store, id, trustedActor);
  return given.ok
    ? withPassword(given, 'has a new password, and is signed out everywhere')
    : refused(given.refusal);
}

async function disable(store: AccountsStore, { id, revision }: User): Promise<Outcome> {
  const changed = await changeUser(store, id, { seen: revision, isActive: false }, trustedActor);
  if (!changed.ok) return refused(changed.refusal);
  const { user } = changed;
  const text = [`${user.email} cannot sign in any more, and is signed out everywhere`];
  return { status: 0, json: { user, diagnostics: [] }, text, messages: [] };
}

/** The password is told here and nowhere else. */
function withPassword({ user, password }: { user: User; password: string }, what: string): Outcome {
  return {
    status: 0,
    json: { user, password, diagnostics: [] },
    text: [`${user.email} ${what}`, `one-time password: ${password}`],
    messages: [
      `The password is not shown again. It works for ${ONE_TIME_PASSWORD_MS / DAY} days, until its owner has chosen another one.`,
    ],
  };
}

const DAY = 86_400_000;

function refused(refusal: RefusedAccounts['refusal']): Outcome {
  const { code, what } = refusal;
  const help = HELP.get(code) ?? 'Correct what is named, and try again.';
  const diagnostic: Diagnostic = { code, severity: 'error', message: what, help };
  const messages = [formatDiagnostic(diagnostic), 'nothing was done'];
  return { status: 1, json: { diagnostics: [diagnostic] }, text: [], messages };
}

const HELP: ReadonlyMap<AccountsRefusalCode, string> = new Map<AccountsRefusal['code'], string>([
  ['administrator-exists', 'Name the role of the new person with --role, such as --role editor.'],
  ['role-missing', 'Name one of these with --role, or make the role in the administration first.'],
  ['user-missing', 'widgy user list names all.'],
  ['email-taken', 'Give them a new password with widgy user reset.'],
  ['last-administrator', 'Make another administrator with widgy user add EMAIL --role administrator.'],
]);
