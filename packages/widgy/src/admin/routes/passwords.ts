import { z } from 'zod';
import {
  emailAddress,
  isToken,
  type OpenToken,
  readToken,
  requestReset,
  useToken,
} from '../../accounts/index.ts';
import type { Visit } from '../call.ts';
import { adminForm, type ShownForm } from '../form.ts';
import { PASSWORD_RULES } from '../passwords/password-rules.ts';
import { refusedStatus } from '../refused.ts';
import type { OpenRoute } from '../route.ts';

const access = 'public' as const;

/** Forgotten passwords, and the links of mails where a password is set. */
export const passwordRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/forgot', access, handle: (visit) => renderForgot(visit, forgotForm.show()) },
  { method: 'POST', path: '/forgot', access, handle: takeForgot },
  { method: 'GET', path: '/forgot/sent', access, handle: ({ render }) => render('passwords/sent', {}) },
  { method: 'GET', path: '/reset', access, handle: showToken },
  { method: 'POST', path: '/reset', access, handle: takeToken },
  { method: 'GET', path: '/invitation', access, handle: showToken },
  { method: 'POST', path: '/invitation', access, handle: takeToken },
  { method: 'GET', path: '/reset/done', access, handle: ({ render }) => render('passwords/done', {}) },
];

const forgotForm = adminForm(
  'forgot',
  z.object({ email: z.string().default('').meta({ label: 'E-mail address', kind: 'own-email' }) }),
);

const newPasswordForm = adminForm(
  'reset',
  z.object({
    password: z
      .string()
      .default('')
      .meta({ label: 'New password', kind: 'new-password', help: PASSWORD_RULES }),
  }),
);

async function renderForgot({ render }: Visit, form: ShownForm, status = 200) {
  return await render('passwords/forgot', { form: form.print() }, status);
}

/** Asks for a mail. What is answered depends on what was typed and on how often that was done, and never on who has an account. */
async function takeForgot(visit: Visit) {
  const { widgy, request, reply, form, go } = visit;
  const read = forgotForm.read(form.entries);
  if (!read.ok) return await renderForgot(visit, read.form, 422);
  const email = read.values.email.trim();
  if (!emailAddress.safeParse(email).success) {
    const message = 'Enter an e-mail address, such as ann@example.org.';
    return await renderForgot(visit, read.form.withErrors([{ field: 'email', message }]), 422);
  }
  const asked = await requestReset(widgy.accounts, { email, address: request.ip });
  if (asked.ok) return go('/forgot/sent');
  const shown = read.form.withErrors([{ field: '', message: asked.refusal.what }]);
  return await renderForgot(visit, shown, refusedStatus(reply, asked.refusal));
}

async function showToken(visit: Visit) {
  const token = visit.query.get('token') ?? '';
  const open = await readToken(visit.widgy.accounts, token);
  return open === undefined
    ? await renderUseless(visit, token)
    : await renderToken(visit, { token, open }, newPasswordForm.show());
}

/** A link that can be used: its token goes from the address into the form, and is sent in no address again. */
async function renderToken(
  { render }: Visit,
  { token, open }: { readonly token: string; readonly open: OpenToken },
  form: ShownForm,
  status = 200,
) {
  const { kind, name, email } = open;
  const isInvitation = kind === 'invite';
  return await render('passwords/choose', { form: form.print(), token, name, email, isInvitation }, status);
}

/** @param token what was sent for one: a link that a mail program broke says so of itself */
async function renderUseless({ render }: Visit, token: string) {
  return await render('passwords/useless', { isIncomplete: !isToken(token) }, 410);
}

async function takeToken(visit: Visit) {
  const { widgy, reply, form, go } = visit;
  const token = form.text('token') ?? '';
  const open = await readToken(widgy.accounts, token);
  if (open === undefined) return await renderUseless(visit, token);
  const read = newPasswordForm.read(form.entries);
  if (!read.ok) return await renderToken(visit, { token, open }, read.form, 422);
  const set = await useToken(widgy.accounts, { token, password: read.values.password });
  if (set.ok) return go('/reset/done');
  const { refusal } = set;
  if (refusal.code === 'token-invalid') return await renderUseless(visit, token);
  const errors = refusal.code === 'invalid' ? refusal.faults : [{ field: '', message: refusal.what }];
  return await renderToken(
    visit,
    { token, open },
    read.form.withErrors(errors),
    refusedStatus(reply, refusal),
  );
}
