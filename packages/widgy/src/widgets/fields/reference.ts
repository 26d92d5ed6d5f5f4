import { WidgyError } from '../../errors.ts';
import { ID_RULE, isId, isTypeName, TYPE_RULE } from '../../tree/widget.ts';
import { isSafeUrl } from './safe-url.ts';

/** What a link points at when it is no address: one thing of a registered type. It goes where the thing goes. */
export interface Reference {
  /** What kind of thing, such as `page`; see `isTypeName`. */
  readonly type: string;
  /** Which one; see `isId`. It has no `/`, so a type may have some. */
  readonly id: string;
}

/** What the text of a reference begins with. It is no scheme that a browser ever sees: rendering puts the address in its place. */
export const REFERENCE_PREFIX = 'widgy:';

/** Reads `widgy:TYPE/ID`, written exactly so; undefined for every other text. */
export function parseReference(text: string): Reference | undefined {
  if (!text.startsWith(REFERENCE_PREFIX)) return undefined;
  const end = text.lastIndexOf('/');
  const type = text.slice(REFERENCE_PREFIX.length, end);
  const id = text.slice(end + 1);
  return end >= 0 && isTypeName(type) && isId(id) ? { type, id } : undefined;
}

/**
 * The text of a reference, which {@link parseReference} reads. The same reference has the same text, so it is also the key under
 * which maps hold what references lead to.
 *
 * @throws WidgyError `reference-invalid` for a type or an id that no text can hold
 */
export function formatReference({ type, id }: Reference): string {
  if (isTypeName(type) && isId(id)) return `${REFERENCE_PREFIX}${type}/${id}`;
  throw new WidgyError('reference-invalid', {
    message: `nothing can point at ${JSON.stringify(id)} of the type ${JSON.stringify(type)}`,
    help: isTypeName(type) ? `An id ${ID_RULE}.` : `A type ${TYPE_RULE}.`,
  });
}

/** Whether a text is meant as a reference, well formed or not: with spaces and in capitals, as browsers read schemes. */
export function looksLikeReference(text: string): boolean {
  return /^widgy:/i.test(text.trim());
}

/** Whether a text may be kept as the target of a link: a safe address, or a reference. */
export function isLinkUrl(text: string): boolean {
  return isSafeUrl(text) || parseReference(text) !== undefined;
}
