import { MAX_EMAIL_LENGTH } from '../limits.ts';

/** The form of an address that is compared: two that differ only in case or width are one. What is far too long is cut: it is nobody's. */
export function emailKey(email: string): string {
  return searchKey(email.slice(0, 2 * MAX_EMAIL_LENGTH).trim());
}

/** The form of a text that is searched. */
export function searchKey(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
