import { MAX_PASSWORD_LENGTH, MIN_FORBIDDEN_PART, MIN_PASSWORD_LENGTH } from '../limits.ts';
import type { AccountFault } from '../refusal.ts';
import { isCommon } from './common.ts';

/** What a password must not contain. */
export interface PasswordOwner {
  readonly email: string;
  readonly siteName: string;
}

/** Whether a text could be a password at all: what is longer is not even normalised. */
export function isPasswordSized(password: string): boolean {
  return password.length <= 4 * MAX_PASSWORD_LENGTH;
}

/** What is against a new password; undefined if it can be kept. Nothing is asked of its sorts of characters: length is what counts. */
export function checkPassword(
  password: string,
  { email, siteName }: PasswordOwner,
): AccountFault | undefined {
  const fault = (message: string): AccountFault => ({ field: 'password', message });
  if (!isPasswordSized(password)) return fault(TOO_LONG);
  if (!password.isWellFormed()) return fault('Type the password with a keyboard: it has broken characters.');
  const { length } = [...password.normalize('NFKC')];
  if (length < MIN_PASSWORD_LENGTH) {
    return fault(
      `Use at least ${MIN_PASSWORD_LENGTH} characters: a few words that belong together only for you.`,
    );
  }
  if (length > MAX_PASSWORD_LENGTH) return fault(TOO_LONG);
  const folded = fold(password);
  const [local = ''] = email.split('@');
  if (contains(folded, fold(local))) return fault('Leave your e-mail address out of the password.');
  if (contains(folded, fold(siteName))) return fault('Leave the name of the site out of the password.');
  if (isCommon(password)) return fault('Choose another password: this is one of the first that people try.');
  return undefined;
}

const TOO_LONG = `Use at most ${MAX_PASSWORD_LENGTH} characters.`;

/** Letters and digits alone, in lower case. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function contains(folded: string, part: string): boolean {
  return part.length >= MIN_FORBIDDEN_PART && folded.includes(part);
}
