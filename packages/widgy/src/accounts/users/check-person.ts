import { isText } from '../../documents/request.ts';
import { isId } from '../../tree/widget.ts';
import { MAX_PERSON_NAME_LENGTH, MAX_USER_ROLES } from '../limits.ts';
import { emailAddress } from '../mail/mailer.ts';
import { ALL_SITES, type Grant } from '../permissions/rights.ts';
import type { AccountFault } from '../refusal.ts';
import type { Role } from '../roles/role.ts';
import { emailKey } from './email.ts';
import type { UserRole } from './user.ts';

/** What people say of somebody. */
export interface PersonDetails {
  readonly email: string;
  readonly name: string;
  /** A language tag, `en` or `pt-BR`; null for the one that their browser asks for. */
  readonly language: string | null;
}

/** What is wrong with what was said of somebody, and what is kept of it: without spaces around it. */
export function checkPerson(given: Partial<PersonDetails>): {
  readonly faults: readonly AccountFault[];
  readonly person: Partial<PersonDetails>;
} {
  const email = given.email?.trim();
  const name = given.name?.trim();
  const { language } = given;
  const faults: AccountFault[] = [];
  if (email !== undefined && !isEmail(email)) {
    faults.push({ field: 'email', message: 'Enter an e-mail address, such as ann@example.org.' });
  }
  if (name !== undefined && !isLine(name, MAX_PERSON_NAME_LENGTH)) {
    const message = `Enter a name of 1 to ${MAX_PERSON_NAME_LENGTH} characters, on one line.`;
    faults.push({ field: 'name', message });
  }
  if (language !== undefined && language !== null && !LANGUAGE.test(language)) {
    faults.push({ field: 'language', message: 'Choose a language, such as en or pt-BR.' });
  }
  const person = {
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
  };
  return { faults, person };
}

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/** An address that mails reach, and that is the same in the form that is compared. */
function isEmail(email: string): boolean {
  return emailAddress.safeParse(email).success && emailKey(email) === email.toLowerCase();
}

/** Whether a text is a line of 1 to so many characters. */
export function isLine(text: string, max: number): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  return isText(text, 1, max) && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}

/** Roles that somebody is to have: each once, with what they permit; or what is wrong with them. */
export function checkRoles(
  given: readonly UserRole[],
  roles: ReadonlyMap<string, Role>,
): { readonly faults: readonly AccountFault[]; readonly grants: readonly Grant[] } {
  const fault = (message: string) => ({ faults: [{ field: 'roles', message }], grants: [] });
  if (given.length > MAX_USER_ROLES) return fault(`Choose at most ${MAX_USER_ROLES} roles.`);
  const grants = new Map<string, Grant>();
  for (const { site, role } of given) {
    if (site !== ALL_SITES && !isId(site)) return fault('Choose roles at sites that there are.');
    const known = roles.get(role);
    if (known === undefined)
      return fault('Choose roles that there are: one of them was deleted. Reload the page.');
    grants.set(JSON.stringify([site, role]), { site, role, permitted: known.permitted });
  }
  return { faults: [], grants: [...grants.values()] };
}
