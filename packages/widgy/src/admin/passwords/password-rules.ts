import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../accounts/index.ts';

/** What a password must be, as it is said before anybody types one. */
export const PASSWORD_RULES = `${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters. A few words that only you would put together are good. Leave out your address, the name of the site, and what many others use.`;
