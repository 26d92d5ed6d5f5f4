import type { DocumentRefusal } from '../documents/refusal.ts';
import type { LinkedRefusal, LinkingDocument } from '../links/what-links-to.ts';
import type { Callout } from './callout.ts';

/** What goes with each reason, beside the code and the sentence. */
interface Details {
  'callout-missing': { readonly callout: string };
  /** There is one with that id already. */
  'callout-exists': { readonly callout: string };
  /** The name cannot be kept. */
  'name-invalid': { readonly limit: number };
  /** Another one has the name. */
  'name-taken': { readonly callout: Callout };
  /** Somebody changed it meanwhile: what it is now. */
  stale: { readonly callout: Callout };
  /** It is in the bin: it can be taken out of it or deleted for good, and nothing else. */
  'callout-deleted': { readonly callout: Callout };
  /** It is not in the bin, so it is not deleted for good. */
  'callout-not-deleted': { readonly callout: Callout };
  /** Others show it or link to it. At most as many as `whatLinksTo` tells; `total` counts all. */
  linked: { readonly documents: readonly LinkingDocument[]; readonly total: number };
  /** Its document was not made or not deleted: why. */
  'document-refused': { readonly refusal: DocumentRefusal };
}

/** Why nothing was done to a call-out; see {@link CalloutRefusal}. */
export type CalloutRefusalCode = keyof Details;

/** All codes, for documentation and for mapping them. */
export const CALLOUT_REFUSAL_CODES = [
  'callout-missing',
  'callout-exists',
  'name-invalid',
  'name-taken',
  'stale',
  'callout-deleted',
  'callout-not-deleted',
  'linked',
  'document-refused',
] as const satisfies readonly CalloutRefusalCode[];

/** Why nothing was done: a code, a sentence, and what belongs to the code. It is a value; no call-out has changed. */
export type CalloutRefusal = {
  readonly [Code in CalloutRefusalCode]: { readonly code: Code; readonly what: string } & Details[Code];
}[CalloutRefusalCode];

/** A refused answer. */
export interface RefusedCallout {
  readonly ok: false;
  readonly refusal: CalloutRefusal;
}

/** Makes a refused answer. */
export function refuseCallout(refusal: CalloutRefusal): RefusedCallout {
  return { ok: false, refusal };
}

/** The refusal for a call-out that is not there. */
export function calloutMissing(id: string): RefusedCallout {
  const what = 'This call-out is not there any more. Look at the list again.';
  return refuseCallout({ code: 'callout-missing', what, callout: id });
}

/** The refusal for what was made for an older revision than there is. */
export function calloutStale(callout: Callout): RefusedCallout {
  const what = `Somebody changed the call-out "${callout.name}" meanwhile. Look at it, and say again what you want.`;
  return refuseCallout({ code: 'stale', what, callout });
}

/** The refusal for an id that another one has. */
export function calloutExists(id: string): RefusedCallout {
  const what = `There is a call-out with the id "${id}" already.`;
  return refuseCallout({ code: 'callout-exists', what, callout: id });
}

/** The refusal for a name that another one has. */
export function nameTaken(callout: Callout): RefusedCallout {
  const what = `There is a call-out "${callout.name}" already. Give this one another name.`;
  return refuseCallout({ code: 'name-taken', what, callout });
}

/** The refusal for a call-out that is in the bin. */
export function calloutDeleted(callout: Callout): RefusedCallout {
  const what = `The call-out "${callout.name}" is in the bin. Take it out of it first.`;
  return refuseCallout({ code: 'callout-deleted', what, callout });
}

/** The refusal for a call-out that is not in the bin. */
export function calloutNotDeleted(callout: Callout): RefusedCallout {
  const what = `The call-out "${callout.name}" is not in the bin. Put it there first.`;
  return refuseCallout({ code: 'callout-not-deleted', what, callout });
}

/** The refusal for a call-out that is used. */
export function calloutLinked({ name }: Callout, { documents, total }: LinkedRefusal): RefusedCallout {
  const where = `${total} ${total === 1 ? 'document' : 'documents'}`;
  const what = `The call-out "${name}" is used in ${where}. Take it out of there first.`;
  return refuseCallout({ code: 'linked', what, documents, total });
}

/** The refusal for what its document refused. */
export function documentRefused(refusal: DocumentRefusal): RefusedCallout {
  return refuseCallout({ code: 'document-refused', what: refusal.what, refusal });
}
