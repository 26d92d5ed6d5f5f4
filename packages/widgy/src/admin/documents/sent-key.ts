import { createHash, randomUUID } from 'node:crypto';
import type { FormBody } from '../../server/forms.ts';
import type { IdMaker } from '../../tree/widget.ts';

/** The name of the field that says which showing of a form was sent. */
export const KEY_FIELD = 'key';

/** A key for a form that is shown now. */
export function newKey(): string {
  return randomUUID();
}

/** What the key of a form, and what was asked with it, come to: the same request sent twice has the same. */
export interface SentKey {
  /** For requests about documents: see `Repeatable`. */
  readonly key: string;
  /** Makes the ids of widgets that the request brings: the same ones when it is sent again. */
  readonly newId: IdMaker;
}

/**
 * Reads the key of a form that was sent.
 *
 * @param author who sent it: others have keys of their own
 * @param asked what a form with several buttons was sent for
 */
export function sentKey(form: FormBody, author: string | null, asked: string): SentKey {
  const sent = form.text(KEY_FIELD) ?? newKey();
  const hashed = (text: string) => createHash('sha256').update(text).digest('base64url');
  const key = hashed(JSON.stringify([author, sent, asked]));
  let made = 0;
  return {
    key,
    newId: () => {
      made += 1;
      return hashed(`${key} ${made}`).slice(0, 24);
    },
  };
}

/** Reads a whole number that a form or an address brings; undefined where it is none. */
export function wholeNumber(text: string | null | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
