import { hash } from 'node:crypto';
import type { RequestKey } from '../database/changes.ts';
import type { Owner } from '../database/owner.ts';
import { ID_RULE, isId } from '../tree/widget.ts';
import { MAX_KEY_LENGTH, MAX_MESSAGE_LENGTH, MAX_OWNER_LENGTH } from './limits.ts';
import { type RefusedDocument, refuseDocument } from './refusal.ts';

/**
 * What goes with a request that may be sent again: a key that its client made up for it, 1 to {@link MAX_KEY_LENGTH} characters. The same
 * request with the same key is done once, for as long as what it did is kept: a change of a draft as long as the log has it, a
 * commit for good.
 */
export interface Repeatable {
  readonly key?: string | undefined;
}

/** What is kept of a request's key: with a hash, so that the key cannot be used for another request. */
export function requestKey(key: string | undefined, asked: unknown): RequestKey | null {
  return key === undefined ? null : { key, hash: hash('sha256', JSON.stringify(asked)) };
}

/** The refusal for a key that was used for another request. */
export function keyReused(key: string): RefusedDocument {
  return refuseDocument({ code: 'key-reused', what: `the key "${key}" was used for another request` });
}

/** Texts that a request brings beside operations and trees. */
interface Texts {
  readonly key?: string | undefined;
  readonly message?: string | undefined;
  readonly id?: string | undefined;
  readonly client?: string | undefined;
  readonly widget?: string | null | undefined;
  readonly owner?: Owner | null | undefined;
}

/** Refuses what the databases cannot keep; undefined where there is nothing of that. */
export function checkTexts({ key, message, id, client, widget, owner }: Texts): RefusedDocument | undefined {
  const wrong = [
    key !== undefined && !isText(key, 1, MAX_KEY_LENGTH) && `a key has 1 to ${MAX_KEY_LENGTH} characters`,
    message !== undefined &&
      !isText(message, 0, MAX_MESSAGE_LENGTH) &&
      `a message has at most ${MAX_MESSAGE_LENGTH} characters`,
    id !== undefined && !isId(id) && `the id of a document ${ID_RULE}`,
    client !== undefined && !isId(client) && `the id of a client ${ID_RULE}`,
    typeof widget === 'string' && !isId(widget) && `the id of a widget ${ID_RULE}`,
    owner &&
      ![owner.type, owner.id, owner.field].every((text) => isText(text, 1, MAX_OWNER_LENGTH)) &&
      `the type, id and field of an owner have 1 to ${MAX_OWNER_LENGTH} characters`,
  ].find((what) => typeof what === 'string');
  if (typeof wrong !== 'string') return undefined;
  const what = `${wrong}; nowhere may be U+0000 or half of a surrogate pair`;
  return refuseDocument({ code: 'text-invalid', what });
}

/** Whether a text has a length that is allowed, and can be kept in both databases. */
export function isText(text: string, min: number, max: number): boolean {
  return text.length >= min && text.length <= max && !text.includes('\0') && text.isWellFormed();
}
