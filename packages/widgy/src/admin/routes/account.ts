import { z } from 'zod';
import {
  changePassword,
  changeProfile,
  endListedSession,
  endSessions,
  knownLanguage,
  LANGUAGES,
  listSessions,
  MAX_PERSON_NAME_LENGTH,
  readUser,
  type User,
} from '../../accounts/index.ts';
import { rotateSession } from '../../server/sessions.ts';
import { browserText } from '../account/browser-text.ts';
import type { AdminCall } from '../call.ts';
import { adminForm, type NamedError, type ShownForm } from '../form.ts';
import { PASSWORD_PATH } from '../guard.ts';
import { PASSWORD_RULES } from '../passwords/password-rules.ts';
import { refusedStatus } from '../refused.ts';
import type { AdminRoute } from '../route.ts';
import { timeText, whenText } from '../words.ts';

const access = 'signed-in' as const;

/** What people change of themselves: their name, their password, and where they are signed in. */
export const accountRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/account', access, handle: showAccount },
  { method: 'POST', path: '/account', access, handle: takeAccount },
  { method: 'GET', path: PASSWORD_PATH, access, handle: showPassword },
  { method: 'POST', path: PASSWORD_PATH, access, handle: takePassword },
  { method: 'POST', path: '/account/sessions/end', access, handle: takeEndSession },
  { method: 'POST', path: '/account/sessions/end-others', access, handle: takeEndOthers },
];

const profileForm = adminForm(
  'account',
  z.object({
    name: z
      .string()
      .max(MAX_PERSON_NAME_LENGTH)
      .default('')
      .meta({ label: 'Name', kind: 'own-name', help: 'It stands beside what you do.' }),
    language: z
      .enum(LANGUAGES.map(({ tag }) => tag))
      .nullable()
      .default(null)
      .meta({
        label: 'Language',
        options: Object.fromEntries(LANGUAGES.map(({ tag, name }) => [tag, name])),
        empty: 'As my browser asks',
        help: 'The editor speaks it. The rest of the administration is in English.',
      }),
  }),
);

/** What the form shows of somebody. A language that there is not is none. */
function profileOf({ name, language }: Pick<User, 'name' | 'language'>) {
  return { name, language: language === null ? null : (knownLanguage(language) ?? null) };
}

const newPassword = z
  .string()
  .default('')
  .meta({ label: 'New password', kind: 'new-password', help: PASSWORD_RULES });

const passwordForm = adminForm(
  'account',
  z.object({
    currentPassword: z
      .string()
      .default('')
      .meta({ label: 'The password that you have now', kind: 'current-password' }),
    password: newPassword,
  }),
);

/** For a password that was made for somebody: they typed it a moment ago, to sign in. */
const firstPasswordForm = adminForm('account', z.object({ password: newPassword }));

async function showAccount(call: AdminCall) {
  return await renderAccount(call, profileForm.show(profileOf(call.user)), call.user.revision);
}

async function renderAccount(
  { widgy, request, user, may, render }: AdminCall,
  form: ShownForm,
  revision: number,
  status = 200,
) {
  const now = widgy.now();
  const sessions = await listSessions(widgy.accounts, user.id, request.session.sessionId);
  return await render(
    'account/account',
    {
      form: form.print(),
      revision,
      email: user.email,
      ownUrl: may('users.manage') ? `${widgy.adminUrl}/people/${user.id}` : undefined,
      sessions: sessions.map((session) => ({
        id: session.id,
        browser: browserText(session.agent),
        address: session.address ?? 'an unknown address',
        since: timeText(session.createdAt),
        seen: whenText(session.seenAt, now),
        isCurrent: session.isCurrent,
      })),
      hasOthers: sessions.some(({ isCurrent }) => !isCurrent),
    },
    status,
  );
}

async function takeAccount(call: AdminCall) {
  const { widgy, reply, user, form, say, go } = call;
  const shown = profileOf(user);
  const read = profileForm.read(form.entries, shown);
  if (!read.ok) return await renderAccount(call, read.form, user.revision, 422);
  const wanted = { name: read.values.name.trim(), language: read.values.language };
  const changed = await changeProfile(widgy.accounts, user.id, {
    name: wanted.name,
    // Who did not choose another one keeps theirs, `de-AT` for example.
    ...(wanted.language === shown.language ? {} : { language: wanted.language }),
    seen: Number(form.text('seen')),
  });
  if (!changed.ok) {
    const { refusal } = changed;
    const now = await readUser(widgy.accounts, user.id);
    const stale = refusal.code === 'stale' ? staleErrors(wanted, now) : undefined;
    // Without a difference the form was sent twice, or somebody else did the same.
    if (stale?.length !== 0) {
      const errors: readonly NamedError[] =
        stale ?? (refusal.code === 'invalid' ? refusal.faults : [{ field: '', message: refusal.what }]);
      const again = read.form.withErrors(errors);
      return await renderAccount(call, again, now?.revision ?? user.revision, refusedStatus(reply, refusal));
    }
  }
  say({ tone: 'done', text: 'Your account was saved.' });
  return go('/account');
}

/** What is there now beside what somebody wanted; nothing where both are the same. */
function staleErrors(wanted: ReturnType<typeof profileOf>, now: User | undefined): readonly NamedError[] {
  if (now === undefined) return [{ field: '', message: 'Your account was deleted meanwhile.' }];
  const { name, language } = profileOf(now);
  const spoken = LANGUAGES.find(({ tag }) => tag === language)?.name;
  const isNow = (what: string) =>
    `Your account was changed meanwhile: your ${what} now. Save again to replace it.`;
  return [
    ...(name === wanted.name ? [] : [{ field: 'name', message: isNow(`name is “${name}”`) }]),
    ...(language === wanted.language
      ? []
      : [{ field: 'language', message: isNow(`language is ${spoken ?? 'what your browser asks for'}`) }]),
  ];
}

async function showPassword(call: AdminCall) {
  const form = call.user.mustChangePassword ? firstPasswordForm : passwordForm;
  return await renderPassword(call, form.show());
}

async function renderPassword({ user, render }: AdminCall, form: ShownForm, status = 200) {
  const template = user.mustChangePassword ? 'account/choose-password' : 'account/password';
  return await render(template, { form: form.print(), email: user.email }, status);
}

async function takePassword(call: AdminCall) {
  const { widgy, request, reply, user, form, say, go } = call;
  const asked = user.mustChangePassword ? undefined : passwordForm.read(form.entries);
  const read = asked ?? firstPasswordForm.read(form.entries);
  if (!read.ok) return await renderPassword(call, read.form, 422);
  const { password } = read.values;
  const current = asked?.ok ? { current: asked.values.currentPassword } : {};
  const session = request.session.sessionId;
  const changed = await changePassword(widgy.accounts, user.id, { ...current, password, session });
  if (!changed.ok) {
    const { refusal } = changed;
    const errors =
      refusal.code === 'invalid'
        ? refusal.faults.map(({ field, message }) => ({
            field: field === 'current' ? 'currentPassword' : field,
            message,
          }))
        : [{ field: '', message: refusal.what }];
    return await renderPassword(call, read.form.withErrors(errors), refusedStatus(reply, refusal));
  }
  await rotateSession(request, { ...user, rightsRevision: changed.rightsRevision });
  say({ tone: 'done', text: 'You have a new password. Everywhere else you are signed out.' });
  return go(user.mustChangePassword ? '/' : '/account');
}

async function takeEndSession({ widgy, user, form, say, go }: AdminCall) {
  // One that is over already is what was wanted.
  await endListedSession(widgy.accounts, user.id, form.text('id') ?? '');
  say({ tone: 'done', text: 'That session was ended.' });
  return go('/account');
}

async function takeEndOthers({ widgy, request, user, say, go }: AdminCall) {
  await endSessions(widgy.accounts, user.id, { except: request.session.sessionId });
  say({ tone: 'done', text: 'You are signed out everywhere but here.' });
  return go('/account');
}
