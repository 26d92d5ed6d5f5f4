import { sql } from 'kysely';
import type { Queries } from '../../database/database.ts';
import type { LinkTarget } from '../../widgets/fields/link-choices.ts';
import { createLinkables, type Linkable, type Linkables } from '../linkable.ts';

/** Something that tests link to, in a table of its own. */
export interface Thing extends LinkTarget {
  readonly type: string;
}

/** Makes a table of things that links can point at. */
export async function createThings(queries: Queries, things: readonly Thing[]): Promise<void> {
  await sql`create table things (type text not null, id text not null, label text not null, url text,
    primary key (type, id))`.execute(queries);
  for (const { type, id, label, url } of things) {
    await sql`insert into things values (${type}, ${id}, ${label}, ${url ?? null})`.execute(queries);
  }
}

/** Pages and boats in the table of things. */
export function thingLinkables(): Linkables {
  return createLinkables([linkable('page', 'Page', 'pages'), linkable('shop/boat', 'Boat', 'Boats')]);
}

function linkable(type: string, label: string, plural: string): Linkable {
  return {
    type,
    label,
    plural,
    async resolve(queries, ids) {
      const { rows } = await sql<Row>`select id, label, url from things
        where type = ${type} and id in (${sql.join(ids)})`.execute(queries);
      return rows.map(targetOf);
    },
    async search(queries, { text, limit }) {
      const { rows } = await sql<Row>`select id, label, url from things
        where type = ${type} and lower(label) like ${`%${text.toLowerCase()}%`}
        order by id limit ${limit}`.execute(queries);
      return rows.map(targetOf);
    },
  };
}

interface Row {
  readonly id: string;
  readonly label: string;
  readonly url: string | null;
}

function targetOf({ id, label, url }: Row): LinkTarget {
  return { id, label, url: url ?? undefined };
}
