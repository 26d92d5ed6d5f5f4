import { CALLOUT } from '../callouts/index.ts';
import { formatReference, type LinkingDocument, type Reference, whatLinksTo } from '../links/index.ts';
import type { Widgy } from '../server/widgy.ts';
import type { AdminCall } from './call.ts';
import { addressText } from './words.ts';

/** A place where something is used, as it is shown. */
export interface Use {
  /** What it is: a page, a call-out. */
  readonly kind: string;
  readonly name: string;
  /** Its address, for a page; undefined for others. */
  readonly address: string | undefined;
  /** Where it is edited; undefined where whoever looks may not go there, or where it is in the bin. */
  readonly url: string | undefined;
  /** In which of its versions: what visitors see, the draft, what is to come. */
  readonly where: string;
}

/** Where something is used. */
export interface Uses {
  /** Those that are told, by name. */
  readonly places: readonly Use[];
  /** How many there are in all. */
  readonly total: number;
}

/**
 * Where something is used by drafts, by what visitors see or will see, and by pages that only lead elsewhere. What only the history of
 * a document has is left out. At most four statements, however many there are.
 */
export async function usesOf(
  { widgy, may }: Pick<AdminCall, 'widgy' | 'may'>,
  target: Reference,
): Promise<Uses> {
  const { database, documents, now } = widgy;
  const question = { now: now(), isReviewed: documents.isReviewed };
  const linking = await whatLinksTo(database.kysely, target, question);
  const told = linking.documents.slice(0, linking.blocking);
  const pages = await pagesThat(widgy, target, ownersOf(told, 'page'));
  const callouts = await calloutsOf(widgy, ownersOf(told, CALLOUT));
  const linkPages = pages.filter(({ target: leadsTo }) => leadsTo === formatReference(target));
  const places = [
    ...told.map((one): Use => {
      const { owner } = one;
      const where = whereText(one);
      const page = owner?.type === 'page' ? pages.find(({ id }) => id === owner.id) : undefined;
      if (page !== undefined)
        return pageUse(page, where, may('pages.read') ? contentUrl(widgy, one.document) : undefined);
      const callout = owner?.type === CALLOUT ? callouts.find(({ id }) => id === owner.id) : undefined;
      if (callout === undefined) return { ...ELSEWHERE, where };
      const url = may('callouts.edit') ? contentUrl(widgy, one.document) : undefined;
      return inBin(callout, { kind: 'Call-out', name: callout.name, address: undefined, url, where });
    }),
    ...linkPages.map((page) =>
      pageUse(page, 'It leads there', may('pages.read') ? `${widgy.adminUrl}/pages/${page.id}` : undefined),
    ),
  ];
  return {
    places: places.toSorted((a, b) => BY_NAME.compare(a.name, b.name)),
    total: linking.blocking + linkPages.length,
  };
}

const BY_NAME = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const ELSEWHERE = {
  kind: 'Document',
  name: 'Something that is no page and no call-out of this site',
  address: undefined,
  url: undefined,
} as const;

/** The versions of a document that use something, in words. */
function whereText({ isInLive, isInDraft, isInScheduled }: LinkingDocument): string {
  const others = [...(isInDraft ? ['its draft'] : []), ...(isInScheduled ? ['what is to be published'] : [])];
  if (isInLive)
    return others.length === 0 ? 'Visitors see it, and the draft is without it' : 'Visitors see it';
  return `In ${others.join(' and in ')}`;
}

interface Binnable {
  readonly deleted_at: number | null;
}

function pageUse(page: FoundPage, where: string, url: string | undefined): Use {
  return inBin(page, { kind: 'Page', name: page.title, address: addressText(page.path), url, where });
}

function inBin({ deleted_at: deletedAt }: Binnable, use: Use): Use {
  return deletedAt === null ? use : { ...use, url: undefined, where: 'It is in the bin' };
}

function contentUrl({ adminUrl }: Widgy, document: string): string {
  return `${adminUrl}/documents/${document}/content`;
}

function ownersOf(documents: readonly LinkingDocument[], type: string): readonly string[] {
  return documents.flatMap(({ owner }) => (owner?.type === type ? owner.id : []));
}

type FoundPage = Awaited<ReturnType<typeof pagesThat>>[number];

/** The pages of this site that have an id of some, and those that lead to a target. One statement. */
async function pagesThat({ database, siteId }: Widgy, target: Reference, ids: readonly string[]) {
  return await database.kysely
    .selectFrom('pages')
    .select(['id', 'title', 'path', 'target', 'deleted_at'])
    .where('site', '=', siteId)
    .where((where) =>
      where.or([
        where('target', '=', formatReference(target)),
        ...(ids.length === 0 ? [] : [where('id', 'in', ids)]),
      ]),
    )
    .execute();
}

/** The call-outs of this site that have an id of some. One statement, or none. */
async function calloutsOf({ database, siteId }: Widgy, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return await database.kysely
    .selectFrom('callouts')
    .select(['id', 'name', 'deleted_at'])
    .where('site', '=', siteId)
    .where('id', 'in', ids)
    .execute();
}
