/** People of a site: who may do what, signing in, sessions, passwords and invitations. Node only. */
export { type DeletedRows, deleteExpired } from './delete-expired.ts';
export {
  MAX_EMAIL_LENGTH,
  MAX_PASSWORD_LENGTH,
  MAX_PERSON_NAME_LENGTH,
  MAX_USERS_PAGE,
  MIN_PASSWORD_LENGTH,
  REPLACED_SESSION_MS,
  SESSION_ABSOLUTE_MS,
  SESSION_IDLE_MS,
} from './limits.ts';
export { type FolderMailerOptions, folderMailer } from './mail/folder-mailer.ts';
export type { Later } from './mail/later.ts';
export { emailAddress, type Mailer, type MailerOptions, type MailMessage } from './mail/mailer.ts';
export type { MailDefinition } from './mail/setup.ts';
export { smtpMailer } from './mail/smtp-mailer.ts';
export { type MailFacts, type MailTexts, mailTexts } from './mail/texts.ts';
export { changePassword, type PasswordChange } from './passwords/change-password.ts';
export { checkPassword, type PasswordOwner } from './passwords/check-password.ts';
export { createUser, givePassword } from './passwords/give-password.ts';
export {
  createPasswordHasher,
  HASH_PARAMETERS,
  type HasherOptions,
  type HashParameters,
  type PasswordHasher,
} from './passwords/hasher.ts';
export type { WithPassword } from './passwords/with-one-time-password.ts';
export {
  definePermissions,
  type Permission,
  type PermissionCatalogue,
  type PermissionsDefinition,
} from './permissions/define-permissions.ts';
export { FEATURES, type Feature, type FeatureName } from './permissions/features.ts';
export {
  ALL_SITES,
  EVERYTHING,
  type Grant,
  lackedOf,
  may,
  type Permitted,
  permissionsFor,
  type Rights,
} from './permissions/rights.ts';
export {
  ACCOUNTS_REFUSAL_CODES,
  type AccountFault,
  type AccountsRefusal,
  type AccountsRefusalCode,
  type RefusedAccounts,
} from './refusal.ts';
export { listRoles } from './roles/read-roles.ts';
export { ADMINISTRATOR, BUILT_IN_ROLES, type Role } from './roles/role.ts';
export { countRoleHolders, listRoleHolders, type RoleHolder } from './roles/role-holders.ts';
export {
  changeRole,
  createRole,
  deleteRole,
  type RoleDetails,
  type WrittenRole,
} from './roles/write-role.ts';
export {
  endListedSession,
  endSession,
  endSessions,
  type ListedSession,
  listSessions,
} from './sessions/end-session.ts';
export { type ReadSession, readSession } from './sessions/read-session.ts';
export { markReplaced } from './sessions/replace-session.ts';
export {
  ASSURANCES,
  type Assurance,
  SIGNED_IN_KEYS,
  type SignedInData,
  signedInData,
} from './sessions/session.ts';
export { createSessionRows, type SessionRows } from './sessions/session-rows.ts';
export { type WrittenSession, writeSession } from './sessions/write-session.ts';
export { knownBrowser } from './sign-in/known-browser.ts';
export { type SignedInAnswer, type SignInRequest, signIn } from './sign-in/sign-in.ts';
export { type AccountsOptions, type AccountsStore, openAccounts } from './store.ts';
export { type InvitedUser, inviteAgain, inviteUser } from './tokens/invite-user.ts';
export { type ResetRequest, requestReset } from './tokens/request-reset.ts';
export { isToken } from './tokens/token.ts';
export { type OpenToken, readToken, useToken } from './tokens/use-token.ts';
export { type Actor, trustedActor } from './users/actor.ts';
export { changeProfile, type ProfileChange } from './users/change-profile.ts';
export { changeUser, type UserChange } from './users/change-user.ts';
export type { PersonDetails } from './users/check-person.ts';
export type { NewUser, WrittenUser } from './users/create-user.ts';
export { deleteUser } from './users/delete-user.ts';
export { createFirstAdministrator } from './users/first-administrator.ts';
export { knownLanguage, LANGUAGES, type LanguageTag, languageFor } from './users/languages.ts';
export { findUser, listUsers, readUser, type UsersPage, type UsersQuestion } from './users/read-users.ts';
export type { SignedIn, User, UserRole } from './users/user.ts';
