import type { FeatureName } from '../../accounts/index.ts';
import { CALLOUT, type Callout, readCallout } from '../../callouts/index.ts';
import { type DocumentState, readState } from '../../documents/index.ts';
import { type ListedPage, type Page, readPage } from '../../pages/index.ts';
import type { Widgy } from '../../server/widgy.ts';
import { isId } from '../../tree/widget.ts';

/** What somebody wants of a document: to look at it, to change its draft, or to change what visitors see of it. */
export type DocumentAction = 'read' | 'edit' | 'publish';

/** What a document of a site belongs to. */
export type DocumentOwner =
  | {
      readonly kind: 'page';
      readonly page: Extract<Page, { readonly kind: 'page' }>;
      readonly listed: ListedPage;
    }
  | { readonly kind: 'callout'; readonly callout: Callout };

/** A document of a site. */
export interface OwnedDocument {
  readonly document: string;
  readonly state: DocumentState;
  readonly owner: DocumentOwner;
}

const NEEDED: Readonly<Record<DocumentOwner['kind'], Readonly<Record<DocumentAction, FeatureName>>>> = {
  page: { read: 'pages.read', edit: 'pages.edit', publish: 'pages.publish' },
  callout: { read: 'callouts.edit', edit: 'callouts.edit', publish: 'callouts.edit' },
};

/** The permission that one needs to do something with a document. To change one, one has to be allowed to see it too. */
export function permissionsFor(
  owner: Pick<DocumentOwner, 'kind'>,
  action: DocumentAction,
): readonly FeatureName[] {
  const { [action]: needed, read } = NEEDED[owner.kind];
  return [...new Set([read, needed])];
}

/** Whether somebody may do something with a document. What they may do with its widgets is another question. */
export function mayUse(
  owner: Pick<DocumentOwner, 'kind'>,
  action: DocumentAction,
  may: (permission: string) => boolean,
): boolean {
  return permissionsFor(owner, action).every(may);
}

/**
 * A document that belongs to a page or a call-out of this site which is not in the bin; undefined for every other one, whether or not
 * there is one. Two statements.
 */
export async function findDocument(
  { documents, pages, callouts }: Pick<Widgy, 'documents' | 'pages' | 'callouts'>,
  document: string,
): Promise<OwnedDocument | undefined> {
  // It comes from an address, and not every text can be asked a database about.
  if (!isId(document)) return undefined;
  const state = await readState(documents.database.kysely, document);
  if (state === undefined || state.owner === null) return undefined;
  const { type, id } = state.owner;
  if (type === 'page') {
    const listed = await readPage(pages, id);
    if (listed?.page.kind !== 'page' || listed.page.deletedAt !== null) return undefined;
    const { page } = listed;
    return page.document === document
      ? { document, state, owner: { kind: 'page', page, listed } }
      : undefined;
  }
  if (type !== CALLOUT || callouts === undefined) return undefined;
  const callout = await readCallout(callouts, id);
  const isThere = callout?.document === document && callout.deletedAt === null;
  return isThere ? { document, state, owner: { kind: 'callout', callout } } : undefined;
}

/** What the owner of a document is called. */
export function ownerTitle(owner: DocumentOwner): string {
  return owner.kind === 'page' ? owner.page.title : owner.callout.name;
}
