import {
  type AccountsRefusal,
  changeUser,
  deleteUser,
  endSessions,
  findUser,
  listRoles,
  listSessions,
  listUsers,
  readUser,
  type User,
} from '../../accounts/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import type { AdminCall } from '../call.ts';
import type { ShownForm } from '../form.ts';
import { givenPassword, type Invited, invitePerson, sendAgain } from '../people/invitation.ts';
import {
  mayChange,
  type PersonFormContext,
  readPersonForm,
  showPersonForm,
  staleFields,
} from '../people/person-form.ts';
import { personState, rolesText } from '../people/person-words.ts';
import { refusedStatus } from '../refused.ts';
import { permissionGroups } from '../roles/permission-groups.ts';
import type { AdminRoute } from '../route.ts';
import { timeText, whenText } from '../words.ts';

const access = { may: 'users.manage' } as const;

/** The people of a site: who has an account, and what they may do. */
export const peopleRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/people', access, handle: showPeople },
  { method: 'GET', path: '/people/new', access, handle: showNew },
  { method: 'POST', path: '/people/new', access, handle: takeNew },
  { method: 'GET', path: '/people/:person', access, handle: onPerson(showPerson) },
  { method: 'POST', path: '/people/:person', access, handle: onPerson(takePerson) },
  { method: 'POST', path: '/people/:person/invite', access, handle: onPerson(takeInvitation) },
  { method: 'POST', path: '/people/:person/password', access, handle: onPerson(takePassword) },
  { method: 'POST', path: '/people/:person/end-sessions', access, handle: onPerson(takeEndSessions) },
  { method: 'GET', path: '/people/:person/delete', access, handle: onPerson(showDelete) },
  { method: 'POST', path: '/people/:person/delete', access, handle: takeDelete },
];

/** People in one page of the list. */
const PEOPLE_SHOWN = 50;

type OnPerson = (
  call: AdminCall,
  person: User,
  context: PersonFormContext,
) => ReturnType<AdminRoute['handle']>;

/** Gives a handler the person that the path names, and what their form is made for. */
function onPerson(handle: OnPerson): AdminRoute['handle'] {
  return async (call) => {
    const person = await readUser(call.widgy.accounts, call.param('person'));
    if (person === undefined) return await call.render('error', { ...wentWrong(404) }, 404);
    return await handle(call, person, await contextOf(call));
  };
}

async function contextOf({ widgy, user }: AdminCall): Promise<PersonFormContext> {
  const { siteId, accounts, database } = widgy;
  const other = await database.kysely
    .selectFrom('pages')
    .select('id')
    .where('site', '<>', siteId)
    .limit(1)
    .executeTakeFirst();
  return { siteId, hasOtherSites: other !== undefined, roles: await listRoles(accounts), user };
}

/** What each role permits, in words, for whoever gives one. Types of widgets are left to the page of the role. */
function roleWords({ widgy, user }: AdminCall, { roles }: PersonFormContext) {
  const { accounts, site } = widgy;
  return roles.map(({ label, permitted }) => {
    if (permitted === 'everything') return { label, value: 'Everything' };
    const { features } = permissionGroups(accounts.permissions, site, { permitted, user });
    const names = features.flatMap(({ boxes }) => boxes.filter(({ isOn }) => isOn).map((box) => box.label));
    return { label, value: names.length === 0 ? 'Nothing' : names.join(', ') };
  });
}

async function showPeople({ widgy, query, render, user }: AdminCall) {
  const { accounts, adminUrl, siteId } = widgy;
  const search = (query.get('q') ?? '').trim();
  const after = query.get('after') ?? '';
  const { users, next } = await listUsers(accounts, { search, after, limit: PEOPLE_SHOWN });
  const roles = await listRoles(accounts);
  const at = (more: Readonly<Record<string, string>>) =>
    `${adminUrl}/people?${new URLSearchParams({ ...(search === '' ? {} : { q: search }), ...more })}`;
  const now = widgy.now();
  return await render('people/list', {
    query: search,
    rows: users.map((person) => ({
      ...{ name: person.name, email: person.email, isSelf: person.id === user.id },
      url: `${adminUrl}/people/${person.id}`,
      state: personState(person),
      roles: rolesText(person.roles, roles, siteId),
      signedIn: person.lastSignInAt === null ? 'never' : whenText(person.lastSignInAt, now),
    })),
    first: after === '' ? undefined : at({}),
    next: next === undefined ? undefined : at({ after: next }),
  });
}

async function showNew(call: AdminCall) {
  const context = await contextOf(call);
  return await renderNew(call, context, showPersonForm(context, undefined));
}

async function renderNew(
  call: AdminCall,
  context: PersonFormContext,
  shown: ShownForm,
  status = 200,
  there?: User,
) {
  const { form, render } = call;
  const way = form.text('way') === 'password' ? 'password' : 'mail';
  return await render(
    'people/new',
    {
      ...{ form: shown.print(), way, there: there && { id: there.id, name: there.name } },
      roleWords: roleWords(call, context),
    },
    status,
  );
}

async function takeNew(call: AdminCall) {
  const { widgy, form, reply, actor } = call;
  const context = await contextOf(call);
  const read = readPersonForm(context, undefined, form.entries);
  if (!read.ok) return await renderNew(call, context, read.form, 422);
  const way = form.text('way') === 'password' ? 'password' : 'mail';
  const invited = await invitePerson(widgy.accounts, read.values, way, actor);
  if (invited.kind !== 'refused') return await renderInvited(call, invited);
  const { refusal } = invited;
  const there =
    refusal.code === 'email-taken' ? await findUser(widgy.accounts, read.values.email) : undefined;
  return await renderNew(
    call,
    context,
    withRefusal(read.form, refusal),
    refusedStatus(reply, refusal),
    there,
  );
}

/** Says that a mail was sent, or shows a password: this once, and never again. */
async function renderInvited(
  { widgy, render, say, go }: AdminCall,
  invited: Exclude<Invited, { kind: 'refused' }>,
) {
  const { person } = invited;
  if (invited.kind === 'mailed') {
    const folder = widgy.accounts.mail?.mailer.folder;
    const text =
      folder === undefined
        ? `An invitation was mailed to ${person.email}.`
        : `The invitation of ${person.email} was not mailed: it lies in the folder ${folder}, since MAIL_URL names no mail server.`;
    say({ tone: 'done', text });
    if (person.roles.length === 0)
      say({ tone: 'warning', text: `${person.name} has no role yet: they can sign in and do nothing else.` });
    return go(`/people/${person.id}`);
  }
  return await render('people/password', {
    hasNoRole: person.roles.length === 0,
    person: { id: person.id, name: person.name, email: person.email },
    ...{ password: invited.password, isMailFailed: invited.isMailFailed },
  });
}

async function showPerson(call: AdminCall, person: User, context: PersonFormContext) {
  return await renderPerson(call, person, context, showPersonForm(context, person));
}

async function renderPerson(
  call: AdminCall,
  person: User,
  context: PersonFormContext,
  form: ShownForm,
  status = 200,
) {
  const { widgy, user, render } = call;
  const now = widgy.now();
  const sessions = await listSessions(widgy.accounts, person.id);
  return await render(
    'people/person',
    {
      person: { id: person.id, name: person.name, email: person.email, revision: person.revision },
      ...{ state: personState(person), isActive: person.isActive, hasPassword: person.hasPassword },
      form: form.print(),
      roleWords: roleWords(call, context),
      isSelf: person.id === user.id,
      mayChange: mayChange(context, person),
      sessions: sessions.length,
      facts: [
        { label: 'E-mail address', value: person.email },
        { label: 'Roles', value: rolesText(person.roles, context.roles, widgy.siteId) },
      ],
      times: [
        { label: 'Account since', value: timeText(person.createdAt) },
        {
          label: 'Signed in last',
          value: person.lastSignInAt === null ? 'never' : whenText(person.lastSignInAt, now),
        },
      ],
    },
    status,
  );
}

async function takePerson(call: AdminCall, person: User, context: PersonFormContext) {
  const { widgy, form, reply, actor, say, go, refuse } = call;
  if (!mayChange(context, person)) {
    return refuse('They may do more than you, so you cannot change them.', `/people/${person.id}`);
  }
  const read = readPersonForm(context, person, form.entries);
  if (!read.ok) return await renderPerson(call, person, context, read.form, 422);
  const seen = Number(form.text('seen'));
  const changed = await changeUser(widgy.accounts, person.id, { ...read.values, seen }, actor);
  if (!changed.ok) {
    const { refusal } = changed;
    if (refusal.code === 'user-missing') return refuse(refusal.what, '/people');
    const now = (await readUser(widgy.accounts, person.id)) ?? person;
    const stale = refusal.code === 'stale' ? staleFields(context, read.values, now) : undefined;
    if (stale?.length !== 0) {
      const shown = stale === undefined ? withRefusal(read.form, refusal) : read.form.withErrors(stale);
      return await renderPerson(call, now, context, shown, refusedStatus(reply, refusal));
    }
  }
  say({ tone: 'done', text: `${read.values.name} was saved.` });
  return go(`/people/${person.id}`);
}

async function takeInvitation(call: AdminCall, person: User) {
  const { widgy, actor } = call;
  if (person.hasPassword)
    return call.refuse(`${person.name} has a password already.`, `/people/${person.id}`);
  const invited = await sendAgain(widgy.accounts, person.id, actor);
  if (invited.kind === 'refused') return call.refuse(invited.refusal.what, `/people/${person.id}`);
  return await renderInvited(call, invited);
}

async function takePassword(call: AdminCall, person: User) {
  const { widgy, form, actor, refuse } = call;
  if (Number(form.text('seen')) !== person.revision) {
    const what = `${person.name} was changed meanwhile, or has got another password already. Such a password is shown once: if nobody has noted it, make a new one.`;
    return refuse(what, `/people/${person.id}`);
  }
  const given = await givenPassword(widgy.accounts, person.id, { isMailFailed: false }, actor);
  if (given.kind === 'refused') return refuse(given.refusal.what, `/people/${person.id}`);
  return await renderInvited(call, given);
}

async function takeEndSessions(call: AdminCall, person: User, context: PersonFormContext) {
  const { widgy, request, user, say, go, refuse } = call;
  if (!mayChange(context, person)) {
    return refuse('They may do more than you, so you cannot sign them out.', `/people/${person.id}`);
  }
  const except = person.id === user.id ? { except: request.session.sessionId } : {};
  await endSessions(widgy.accounts, person.id, except);
  say({ tone: 'done', text: `${person.name} was signed out everywhere.` });
  return go(`/people/${person.id}`);
}

async function showDelete(call: AdminCall, person: User) {
  return await renderDelete(call, person);
}

async function renderDelete(
  { user, render }: AdminCall,
  person: User,
  refusal?: AccountsRefusal,
  status = 200,
) {
  const { id, name, email, revision } = person;
  return await render(
    'people/delete',
    { person: { id, name, email, revision }, isSelf: id === user.id, refusal: refusal?.what },
    status,
  );
}

async function takeDelete(call: AdminCall) {
  const { widgy, form, reply, actor, say, go } = call;
  const { accounts } = widgy;
  const person = await readUser(accounts, call.param('person'));
  // Whoever sends the form twice finds nobody the second time, and that is what they want.
  if (person === undefined) return go('/people');
  const deleted = await deleteUser(accounts, person.id, { seen: Number(form.text('seen')) }, actor);
  if (!deleted.ok && deleted.refusal.code !== 'user-missing') {
    const now = (await readUser(accounts, person.id)) ?? person;
    return await renderDelete(call, now, deleted.refusal, refusedStatus(reply, deleted.refusal));
  }
  say({ tone: 'done', text: `${person.name} has no account any more.` });
  return go('/people');
}

/** A form with what the accounts had against it, at the fields that it is about. */
function withRefusal(form: ShownForm, refusal: AccountsRefusal): ShownForm {
  if (refusal.code === 'invalid') return form.withErrors(refusal.faults);
  return form.withErrors([{ field: refusal.code === 'email-taken' ? 'email' : '', message: refusal.what }]);
}
