import { MAX_EMAIL_LENGTH } from '../limits.ts';
import { storable } from './storable.ts';

/**
 * The one form of an address that is counted, kept and compared: two that differ only in case or width, or in what no database holds, are
 * one. What is far too long is cut: it is nobody's.
 */
export function emailKey(email: string): string {
  return searchKey(storable(email.slice(0, 2 * MAX_EMAIL_LENGTH)).trim());
}

/** The form of a text that is searched. */
export function searchKey(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
