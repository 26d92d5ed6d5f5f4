import { sql } from 'kysely';
import type { Linkable } from '../links/linkable.ts';
import type { LinkTarget } from '../widgets/fields/link-choices.ts';
import { addressOfPath } from './address.ts';
import { wordKey } from './search/words.ts';
import { type Showing, showing } from './store.ts';
import { isShown } from './visible.ts';

/**
 * Makes pages something that links can point at: `widgy:page/ID`. A link goes where the page goes, and nowhere while nobody sees the
 * page. A page for people who are signed in says so with `needsSignIn`. Give it what documents and pages are opened with, or a store.
 *
 * @example
 * const documents = openDocuments({ database, site, linkables: [pageLinkable()] });
 */
export function pageLinkable(options: Partial<Showing> = {}): Linkable {
  const shown = showing(options);
  const { site } = shown;
  const columns = () => sql`pages.id, pages.title, pages.path, pages.is_protected,
    case when ${isShown(shown, 'pages')} then 1 else 0 end as is_shown`;
  return {
    type: 'page',
    label: 'Page',
    plural: 'Pages',
    async resolve(queries, ids) {
      const { rows } = await sql<Row>`select ${columns()} from pages
        where site = ${site} and deleted_at is null and id in (${sql.join(ids)})`.execute(queries);
      return rows.map(targetOf);
    },
    async search(queries, { text, limit }) {
      const key = wordKey(text);
      const { rows } = await sql<SearchedRow>`select ${columns()}, pages.document from pages
        where site = ${site} and deleted_at is null and title_key like ${`%${key}%`}
        order by case when title_key like ${`${key}%`} then 0 else 1 end, length(title_key), path
        limit ${limit}`.execute(queries);
      return rows.map((row) => {
        const { document } = row;
        return document === null ? targetOf(row) : { ...targetOf(row), document };
      });
    },
  };
}

interface Row {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly is_shown: number;
  readonly is_protected: number;
}

interface SearchedRow extends Row {
  readonly document: string | null;
}

function targetOf({ id, title, path, is_shown: isVisible, is_protected: isProtected }: Row): LinkTarget {
  const url = isVisible === 1 ? addressOfPath(path) : undefined;
  return { id, label: title, url, ...(isProtected === 1 ? { needsSignIn: true } : {}) };
}
