import { MAX_CALLOUT_NAME } from './limits.ts';
import { type RefusedCallout, refuseCallout } from './refusal.ts';

/** A name that can be kept, and the form in which names are compared and searched. */
export interface CalloutName {
  readonly ok: true;
  readonly name: string;
  readonly key: string;
}

/** Reads a name that somebody gives: without spaces around it, and with one where there were several. */
export function readName(text: string): CalloutName | RefusedCallout {
  const name = text.replace(/\s+/g, ' ').trim();
  // Counted first: what is very long is not looked at.
  if (text.length <= 4 * MAX_CALLOUT_NAME && name.length <= MAX_CALLOUT_NAME) {
    const key = nameKey(name);
    // Compatible forms of a few signs are much longer than they are.
    if (key !== '' && key.length <= 4 * MAX_CALLOUT_NAME && name.isWellFormed() && !/\p{Cc}/u.test(name))
      return { ok: true, name, key };
  }
  const what = `Give the call-out a name of 1 to ${MAX_CALLOUT_NAME} characters, without control characters.`;
  return refuseCallout({ code: 'name-invalid', what, limit: MAX_CALLOUT_NAME });
}

/** A name, or a part of one, as it is compared: capitals and forms of one letter do not matter. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
