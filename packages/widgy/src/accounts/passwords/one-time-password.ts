import { randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for one another, read aloud or on paper. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const GROUPS = 5;
const GROUP_LENGTH = 4;

/** The bits of chance in a one-time password. */
export const ONE_TIME_PASSWORD_BITS = GROUPS * GROUP_LENGTH * Math.log2(ALPHABET.length);

/** A new password that is told once, `x7k2-…`: random, with {@link ONE_TIME_PASSWORD_BITS} bits of chance. */
export function oneTimePassword(): string {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)];
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
