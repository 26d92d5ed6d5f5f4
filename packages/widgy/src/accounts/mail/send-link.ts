import { WidgyError } from '../../errors.ts';
import type { AccountsStore } from '../store.ts';
import type { TokenKind } from '../tokens/make-token.ts';
import type { MailSetup } from './setup.ts';

/** Mails somebody the link with their token. */
export async function sendLink(
  store: AccountsStore,
  kind: TokenKind,
  { email, name }: { readonly email: string; readonly name: string },
  token: string,
): Promise<void> {
  const { mailer, texts, link } = mailOf(store);
  const { siteName } = store;
  await mailer.send({ to: email, ...texts[kind]({ name, siteName, link: link(kind, token) }) });
}

/** @throws WidgyError `accounts-invalid` where no mail was set up */
export function mailOf({ mail }: Pick<AccountsStore, 'mail'>): MailSetup {
  if (mail !== undefined) return mail;
  throw new WidgyError('accounts-invalid', {
    message: 'no mail can be sent: openAccounts was given no mail',
    help: 'Give openAccounts a mailer and the base URL of the site as mail.',
  });
}
