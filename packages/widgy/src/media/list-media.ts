import { type ExpressionBuilder, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { isId } from '../tree/widget.ts';
import { DEFAULT_MEDIA_PAGE, MAX_MEDIA_PAGE, MAX_MEDIA_SEARCH } from './limits.ts';
import { type MediaItem, type MediaKind, mediaItem } from './media-item.ts';
import { searchText } from './names.ts';
import type { MediaStore } from './store.ts';

/** What somebody wants to see. */
export interface MediaQuestion {
  /** Words that the name or the alt text has, all of them. Default: everything fits. */
  readonly text?: string | undefined;
  readonly kind?: MediaKind | undefined;
  /** Whether the bin is meant. Default: no. */
  readonly isDeleted?: boolean | undefined;
  /** Of one page. It is brought between 1 and {@link MAX_MEDIA_PAGE}. Default: {@link DEFAULT_MEDIA_PAGE}. */
  readonly limit?: number | undefined;
  /** The `next` of the page before. What was never one gives the first page. */
  readonly after?: string | undefined;
}

/** One page of a list. */
export interface MediaPage {
  readonly items: readonly MediaItem[];
  /** What gives the next page; null on the last one. */
  readonly next: string | null;
}

/** The media of a site, those that were added last first. One statement. */
export async function listMedia(store: MediaStore, question: MediaQuestion = {}): Promise<MediaPage> {
  const { database, site, url } = store;
  const { text = '', kind, isDeleted = false, limit = DEFAULT_MEDIA_PAGE, after } = question;
  const most = Math.min(Math.max(Math.trunc(limit) || 1, 1), MAX_MEDIA_PAGE);
  let query = database.kysely
    .selectFrom('media')
    .selectAll()
    .where('site', '=', site)
    .where('deleted_at', isDeleted ? 'is not' : 'is', null)
    .where(hasWords(text));
  if (kind !== undefined) query = query.where('kind', '=', kind);
  const place = parsePlace(after);
  if (place !== undefined) {
    query = query.where((where) =>
      where.or([
        where('created_at', '<', place.createdAt),
        where.and([where('created_at', '=', place.createdAt), where('id', '<', place.id)]),
      ]),
    );
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(most + 1)
    .execute();
  const last = rows.length > most ? rows[most - 1] : undefined;
  return {
    items: rows.slice(0, most).map((row) => mediaItem(row, url)),
    next: last === undefined ? null : `${last.created_at}-${last.id}`,
  };
}

/** One of the media of a site; undefined if it is not there. At most one statement. */
export async function readMedia(
  { database, site, url }: MediaStore,
  id: string,
): Promise<MediaItem | undefined> {
  if (!isId(id)) return undefined;
  const row = await database.kysely
    .selectFrom('media')
    .selectAll()
    .where('id', '=', id)
    .where('site', '=', site)
    .executeTakeFirst();
  return row && mediaItem(row, url);
}

/** The condition that a row has all words of a text. */
export function hasWords(text: string) {
  const words = searchText(Array.from(text).slice(0, MAX_MEDIA_SEARCH).join(''))
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
  return (where: ExpressionBuilder<Tables, 'media'>) =>
    where.and(
      words.map((word) => sql<boolean>`search like ${`%${word.replace(/[%_!]/g, '!$&')}%`} escape '!'`),
    );
}

/** So many words of a search count. */
const MAX_WORDS = 10;

function parsePlace(after: string | undefined) {
  const [, time, id] = /^(\d{1,15})-([\w-]{1,100})$/.exec(after ?? '') ?? [];
  return time === undefined || id === undefined ? undefined : { createdAt: Number(time), id };
}
