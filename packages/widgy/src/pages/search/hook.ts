import type { Database } from '../../database/database.ts';
import type { DocumentHook } from '../../documents/events.ts';
import type { Site } from '../../widgets/site.ts';
import { type Showing, showing } from '../store.ts';
import { indexDocument } from './index-page.ts';

/** What the hook is made with: what documents are opened with. */
export interface PagesHookOptions extends Partial<Omit<Showing, 'site'>> {
  readonly database: Database;
  /** The site of widgets. */
  readonly site: Site<never>;
}

/**
 * Makes the hook of documents that lets pages be found: with each commit, it keeps what is searched of it.
 *
 * @example
 * const documents = openDocuments({ database, site, before: pagesHook({ database, site }) });
 */
export function pagesHook({ database, site: widgets, ...options }: PagesHookOptions): DocumentHook {
  const indexing = { kind: database.kind, widgets, showing: showing(options) };
  return async (event, transaction) => {
    if (event.kind === 'committed' || event.kind === 'rescheduled') {
      await indexDocument(transaction, indexing, event.document);
    }
    return undefined;
  };
}

/** Makes one hook of several: they are asked one after the other, and the first that refuses has refused. */
export function composeHooks(...hooks: readonly DocumentHook[]): DocumentHook {
  return async (event, transaction) => {
    for (const hook of hooks) {
      const veto = await hook(event, transaction);
      if (veto !== undefined) return veto;
    }
    return undefined;
  };
}
