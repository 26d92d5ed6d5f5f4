import type { DocumentStore } from '../documents/store.ts';
import { WidgyError } from '../errors.ts';
import { DEFAULT_SITE } from '../settings/store.ts';
import { ID_RULE, isId } from '../tree/widget.ts';
import { didYouMean } from '../widgets/nearest.ts';
import { CALLOUT_ROOT } from './callout.ts';

/** What call-outs are opened with. */
export interface CalloutsOptions {
  /** Where their documents are. Their database is that of the call-outs too. */
  readonly documents: DocumentStore;
  /** Whose call-outs they are, where a database holds several sites. See `isId`. Default: `default`. */
  readonly site?: string;
  /** The type of the root of their documents. Default: `callout-body`, of `widgy/library`. */
  readonly rootType?: string;
  /** The time in milliseconds since 1970. Default: that of the documents. */
  readonly now?: () => number;
}

/** The call-outs of a site: what all functions of this folder are given first. */
export interface CalloutStore {
  readonly documents: DocumentStore;
  readonly site: string;
  readonly rootType: string;
  readonly now: () => number;
}

/** Who does something to call-outs. */
export interface CalloutAuthor {
  /** Recorded with what they do; null where nobody is known. */
  readonly id: string | null;
}

/**
 * Opens the call-outs of a site. The database is not asked.
 *
 * @throws WidgyError `callouts-invalid`, with what to correct
 */
export function openCallouts(options: CalloutsOptions): CalloutStore {
  const { documents, site = DEFAULT_SITE, rootType = CALLOUT_ROOT, now = documents.now } = options;
  checkSiteId(site);
  const { types } = documents.site;
  if (types.get(rootType)?.definition.rules.isRootChoice !== true) {
    const near = types.has(rootType) ? '' : didYouMean(rootType, [...types.keys()]);
    throw new WidgyError('callouts-invalid', {
      message: `"${rootType}" is to be the root of call-outs, but no document can have it as root`,
      help: `${near}Give the site the type callout-body of widgy/library, or name a type with isRootChoice.`,
    });
  }
  return Object.freeze({ documents, site, rootType, now });
}

/** @throws WidgyError `callouts-invalid` for the id of a site that cannot be used */
export function checkSiteId(site: string): void {
  if (isId(site)) return;
  const message = `the site ${JSON.stringify(site)} has an id that cannot be used`;
  throw new WidgyError('callouts-invalid', { message, help: `It ${ID_RULE}.` });
}
