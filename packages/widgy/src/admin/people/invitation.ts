import {
  type AccountsRefusal,
  type AccountsStore,
  type Actor,
  createUser,
  givePassword,
  type InvitedUser,
  inviteAgain,
  inviteUser,
  type NewUser,
  type User,
} from '../../accounts/index.ts';

/** How somebody gets into their account for the first time. */
export type Way = 'mail' | 'password';

/** What became of an invitation. */
export type Invited =
  | { readonly kind: 'mailed'; readonly person: User }
  /** They have a one-time password, which is shown to whoever invites them. It is kept nowhere. */
  | {
      readonly kind: 'password';
      readonly person: User;
      readonly password: string;
      /** Whether they were to get a mail, which could not be sent. */
      readonly isMailFailed: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: AccountsRefusal };

/** Makes an account for somebody, and mails them an invitation; where that fails, they get a one-time password. */
export async function invitePerson(
  accounts: AccountsStore,
  { name, email, roles }: NewUser,
  way: Way,
  by: Actor,
): Promise<Invited> {
  const details = { name, email, roles };
  if (way === 'mail') return await invited(accounts, await inviteUser(accounts, details, by), by);
  const made = await createUser(accounts, details, by);
  if (!made.ok) return { kind: 'refused', refusal: made.refusal };
  return { kind: 'password', person: made.user, password: made.password, isMailFailed: false };
}

/** Mails somebody their invitation again; where that fails, they get a one-time password. */
export async function sendAgain(accounts: AccountsStore, id: string, by: Actor): Promise<Invited> {
  return await invited(accounts, await inviteAgain(accounts, id, by), by);
}

/** Gives somebody a one-time password in the place of the one that they have. */
export async function givenPassword(
  accounts: AccountsStore,
  id: string,
  { isMailFailed }: { readonly isMailFailed: boolean },
  by: Actor,
): Promise<Exclude<Invited, { readonly kind: 'mailed' }>> {
  const given = await givePassword(accounts, id, by);
  if (!given.ok) return { kind: 'refused', refusal: given.refusal };
  return { kind: 'password', person: given.user, password: given.password, isMailFailed };
}

async function invited(accounts: AccountsStore, answer: InvitedUser, by: Actor): Promise<Invited> {
  if (!answer.ok) return { kind: 'refused', refusal: answer.refusal };
  const { user, isSent } = answer;
  if (isSent) return { kind: 'mailed', person: user };
  return await givenPassword(accounts, user.id, { isMailFailed: true }, by);
}
