import { wentWrong } from '../../server/error-pages.ts';
import type { FlashMessage } from '../../server/sessions.ts';
import type { AdminCall } from '../call.ts';
import { pageTabs } from '../pages/page-tabs.ts';
import type { AdminAnswer, AdminRoute } from '../route.ts';
import { addressText, stateText } from '../words.ts';
import {
  type DocumentAction,
  findDocument,
  mayUse,
  type OwnedDocument,
  ownerTitle,
} from './document-access.ts';

/** Somebody who asks for a page about a document, which they may do. */
export interface DocumentCall extends AdminCall {
  readonly found: OwnedDocument;
  /** The path of the document, below the address of the administration: `/documents/ID`. */
  readonly base: string;
  /** Whether they may do more with this document. */
  readonly mayUse: (action: DocumentAction) => boolean;
}

/** Gives a handler the document that the path names: one of this site, to somebody who may do with it what the route is for. */
export function onDocument(
  action: DocumentAction,
  handle: (call: DocumentCall) => AdminAnswer,
): AdminRoute['handle'] {
  return async (call) => {
    const found = await findDocument(call.widgy, call.param('document'));
    if (found === undefined) return await call.render('error', { ...wentWrong(404) }, 404);
    const may = (wanted: DocumentAction) => mayUse(found.owner, wanted, call.may);
    if (!may(action)) return await call.render('error', { ...wentWrong(403) }, 403);
    const base = `/documents/${found.document}`;
    return await handle({ ...call, found, base, mayUse: may });
  };
}

/** What all pages about a document show of it: where it is, what it is called, and its other pages. */
export function documentHead(
  { widgy, found, base }: DocumentCall,
  current: 'content' | 'history' | undefined,
  more: readonly { readonly title: string; readonly url: string }[] = [],
) {
  const { adminUrl } = widgy;
  const { owner } = found;
  const title = ownerTitle(owner);
  const url = `${adminUrl}${base}`;
  const list =
    owner.kind === 'page'
      ? { title: 'Pages', url: `${adminUrl}/pages` }
      : { title: 'Call-outs', url: `${adminUrl}/callouts` };
  const own = more.length === 0 && current === 'content' ? [] : [{ title, url: `${url}/content` }];
  return {
    ...{ title, url },
    address: owner.kind === 'page' ? addressText(owner.page.path) : undefined,
    trail: [list, ...own, ...more],
    tabs:
      owner.kind === 'page'
        ? pageTabs(widgy, owner.page, current ?? 'content')
        : [
            { label: 'Content', url: `${url}/content`, isCurrent: current === 'content' },
            { label: 'Details', url: `${adminUrl}/callouts/${owner.callout.id}`, isCurrent: false },
            { label: 'History', url: `${url}/history`, isCurrent: current === 'history' },
          ],
    badge: owner.kind === 'page' ? stateText(owner.listed, widgy.now()) : undefined,
  };
}

/** A button that takes a change of the draft back, or back again. */
export function undoButton(
  { widgy, base }: DocumentCall,
  change: number,
  label = 'Undo',
): NonNullable<FlashMessage['undo']> {
  return {
    label,
    action: `${widgy.adminUrl}${base}/undo`,
    fields: [{ name: 'change', value: String(change) }],
  };
}
