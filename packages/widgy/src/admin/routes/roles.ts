import { z } from 'zod';
import {
  type AccountsRefusal,
  ALL_SITES,
  changeRole,
  countRoleHolders,
  createRole,
  deleteRole,
  lackedOf,
  listRoleHolders,
  listRoles,
  type Role,
  type RoleDetails,
} from '../../accounts/index.ts';
import { MAX_ROLE_LABEL_LENGTH } from '../../accounts/limits.ts';
import { wentWrong } from '../../server/error-pages.ts';
import type { FlashMessage } from '../../server/sessions.ts';
import type { AdminCall } from '../call.ts';
import { adminForm, type NamedError, type ShownForm } from '../form.ts';
import { refusedStatus } from '../refused.ts';
import { permissionGroups, permittedWords } from '../roles/permission-groups.ts';
import { roleNameOf } from '../roles/role-name.ts';
import type { AdminRoute } from '../route.ts';

const access = { may: 'users.manage' } as const;

/** Where a new role is made. No role is called so. */
const NEW = '/roles/_new';

/** The roles of a site: those that are built in, and its own. */
export const roleRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/roles', access, handle: showRoles },
  { method: 'GET', path: NEW, access, handle: showNew },
  { method: 'POST', path: NEW, access, handle: takeNew },
  { method: 'GET', path: '/roles/:role', access, handle: onRole(showRole) },
  { method: 'POST', path: '/roles/:role', access, handle: onRole(takeRole) },
  { method: 'POST', path: '/roles/:role/delete', access, handle: takeDelete },
];

/** Characters of the permissions of a role that was deleted, as the button that takes it back holds them: a session is not to be full of them. */
const MAX_UNDO_LENGTH = 6_000;

const labelForm = adminForm(
  'role',
  z.object({
    label: z
      .string()
      .max(MAX_ROLE_LABEL_LENGTH)
      .default('')
      .meta({ label: 'What it is called', help: 'Such as Shop or Proofreader.' }),
  }),
);

/** Gives a handler the role that the path names. */
function onRole(
  handle: (call: AdminCall, role: Role) => ReturnType<AdminRoute['handle']>,
): AdminRoute['handle'] {
  return async (call) => {
    const role = await findRole(call, call.param('role'));
    return role === undefined
      ? await call.render('error', { ...wentWrong(404) }, 404)
      : await handle(call, role);
  };
}

async function findRole({ widgy }: AdminCall, name: string): Promise<Role | undefined> {
  return (await listRoles(widgy.accounts)).find((role) => role.name === name);
}

async function showRoles({ widgy, render }: AdminCall) {
  const { accounts, adminUrl } = widgy;
  const people = await countRoleHolders(accounts);
  const roles = await listRoles(accounts);
  return await render('roles/list', {
    rows: roles.map(({ name, label, isBuiltIn, permitted }) => ({
      ...{ label, isBuiltIn, people: people.get(name) ?? 0, url: `${adminUrl}/roles/${name}` },
      permitted: permitted === 'everything' ? 'Everything' : countText(permitted.size),
    })),
  });
}

function countText(count: number): string {
  return count === 1 ? '1 permission' : `${count} permissions`;
}

async function showNew(call: AdminCall) {
  const like = await findRole(call, call.query.get('like') ?? '');
  const permitted =
    like === undefined || like.permitted === 'everything' ? new Set<string>() : like.permitted;
  return await renderNew(call, labelForm.show(), permitted);
}

async function renderNew(
  { widgy, user, render }: AdminCall,
  form: ShownForm,
  permitted: ReadonlySet<string>,
  status = 200,
) {
  const { permissions } = widgy.accounts;
  const groups = permissionGroups(permissions, widgy.site, { permitted, user });
  return await render('roles/new', { form: form.print(), groups }, status);
}

async function takeNew(call: AdminCall) {
  const { widgy, reply, form, actor, say, go } = call;
  const read = readRole(call);
  if (!read.ok) return await renderNew(call, read.form, read.permitted, 422);
  const { label, permissions } = read.details;
  // A role that was deleted comes back with the name that it had.
  const name = form.text('name') ?? roleNameOf(label);
  const made = await createRole(widgy.accounts, { name, label, permissions }, actor);
  if (!made.ok) {
    const { refusal } = made;
    const there = refusal.code === 'role-taken' ? await findRole(call, name) : undefined;
    // The form was sent twice.
    if (there !== undefined && isSame(there, read.details)) return go(`/roles/${name}`);
    const shown = read.form.withErrors(errorsOf(refusal));
    return await renderNew(call, shown, read.permitted, refusedStatus(reply, refusal));
  }
  say({ tone: 'done', text: `The role ${made.role.label} was made. Give it to people on their pages.` });
  return go(`/roles/${name}`);
}

async function showRole(call: AdminCall, role: Role) {
  const permitted = role.permitted === 'everything' ? new Set<string>() : role.permitted;
  return await renderRole(call, role, labelForm.show({ label: role.label }), permitted);
}

async function renderRole(
  { widgy, user, render }: AdminCall,
  role: Role,
  form: ShownForm,
  permitted: ReadonlySet<string>,
  status = 200,
) {
  const { accounts, site, adminUrl } = widgy;
  const holders = await listRoleHolders(accounts, role.name);
  const { name, label, isBuiltIn, revision } = role;
  const isHeld =
    lackedOf(user.rights, [{ site: ALL_SITES, role: name, permitted: role.permitted }]).length === 0;
  return await render(
    'roles/role',
    {
      role: { name, label, isBuiltIn, revision, permitsEverything: role.permitted === 'everything' },
      mayChange: isHeld && !isBuiltIn,
      form: form.print(),
      groups: permissionGroups(accounts.permissions, site, { permitted, user }),
      words: permittedWords(accounts.permissions, site, { permitted: role.permitted, user }),
      holders: holders.map((person) => ({ name: person.name, url: `${adminUrl}/people/${person.id}` })),
    },
    status,
  );
}

async function takeRole(call: AdminCall, role: Role) {
  const { widgy, reply, form, actor, say, go, refuse } = call;
  const read = readRole(call);
  if (!read.ok) return await renderRole(call, role, read.form, read.permitted, 422);
  const seen = Number(form.text('seen'));
  const changed = await changeRole(widgy.accounts, role.name, { ...read.details, seen }, actor);
  if (!changed.ok) {
    const { refusal } = changed;
    const now = await findRole(call, role.name);
    if (now === undefined) return refuse(refusal.what, '/roles');
    // There is no form for such a role, so no page with what was typed.
    if (refusal.code === 'role-fixed' || refusal.code === 'not-permitted')
      return refuse(refusal.what, `/roles/${role.name}`);
    const isDone = refusal.code === 'stale' && isSame(now, read.details);
    if (!isDone) {
      const errors = refusal.code === 'stale' ? staleErrors(call, now, read.details) : errorsOf(refusal);
      const shown = read.form.withErrors(errors);
      return await renderRole(call, now, shown, read.permitted, refusedStatus(reply, refusal));
    }
  }
  say({ tone: 'done', text: `The role ${read.details.label} was saved. It is in force at once.` });
  return go(`/roles/${role.name}`);
}

async function takeDelete(call: AdminCall) {
  const { widgy, form, actor, say, go, refuse } = call;
  const role = await findRole(call, call.param('role'));
  // Whoever sends the form twice finds it gone the second time, and that is what they want.
  if (role === undefined) return go('/roles');
  const deleted = await deleteRole(widgy.accounts, role.name, { seen: Number(form.text('seen')) }, actor);
  if (!deleted.ok && deleted.refusal.code !== 'role-missing')
    return refuse(deleted.refusal.what, `/roles/${role.name}`);
  say({ tone: 'done', text: `The role ${role.label} was deleted.`, ...undoOf(role, widgy.adminUrl) });
  return go('/roles');
}

/** The button that makes a role again. */
function undoOf({ name, label, permitted }: Role, adminUrl: string): Pick<FlashMessage, 'undo'> {
  const names = permitted === 'everything' ? '' : [...permitted].join(' ');
  if (names.length > MAX_UNDO_LENGTH) return {};
  const fields = [
    { name: 'name', value: name },
    { name: 'fields.label', value: label },
    { name: 'permission', value: names },
  ];
  return { undo: { label: 'Undo', action: `${adminUrl}${NEW}`, fields } };
}

/** What a form says of a role: what is ticked is there in any case, to be shown again. */
function readRole({ form }: AdminCall) {
  const permitted = new Set(form.texts('permission').flatMap((text) => text.split(' ').filter(Boolean)));
  const read = labelForm.read(form.entries);
  if (!read.ok) return { ...read, permitted };
  const details: RoleDetails = { label: read.values.label.trim(), permissions: [...permitted] };
  return { ok: true as const, details, form: read.form, permitted };
}

function isSame({ label, permitted }: Role, wanted: RoleDetails): boolean {
  return (
    permitted !== 'everything' &&
    label === wanted.label &&
    permitted.size === wanted.permissions.length &&
    wanted.permissions.every((name) => permitted.has(name))
  );
}

/** What is there now, where it is not what was sent. */
function staleErrors({ widgy }: AdminCall, now: Role, wanted: RoleDetails): readonly NamedError[] {
  const { all } = widgy.accounts.permissions;
  const has = now.permitted === 'everything' ? new Set<string>() : now.permitted;
  const labels = (names: readonly string[]) => names.map((name) => all.get(name)?.label ?? name).join('; ');
  const given = [...has].filter((name) => !wanted.permissions.includes(name));
  const taken = wanted.permissions.filter((name) => !has.has(name));
  const again = 'Save again to replace it.';
  return [
    ...(now.label === wanted.label
      ? []
      : [{ field: 'label', message: `Somebody changed this meanwhile: it is “${now.label}” now. ${again}` }]),
    ...(given.length === 0
      ? []
      : [
          {
            field: '',
            message: `Somebody changed the role meanwhile. It now has also: ${labels(given)}. ${again}`,
          },
        ]),
    ...(taken.length === 0
      ? []
      : [
          {
            field: '',
            message: `Somebody changed the role meanwhile. It now has not: ${labels(taken)}. ${again}`,
          },
        ]),
  ];
}

function errorsOf(refusal: AccountsRefusal): readonly NamedError[] {
  if (refusal.code === 'invalid') {
    return refusal.faults.map(({ field, message }) => ({
      field: field === 'name' ? 'label' : field,
      message,
    }));
  }
  return [{ field: refusal.code === 'role-taken' ? 'label' : '', message: refusal.what }];
}
