import type { Database } from '../database/database.ts';
import { listComing, type PageStore } from '../pages/index.ts';
import { timeText } from './words.ts';

/** How many changes that are to come the overview has. */
const SHOWN = 10;

/** What is to become of pages by itself, and who is behind it, as it is shown. Two statements, or one where nothing is to come. */
export async function comingPages(pages: PageStore, database: Database) {
  const coming = await listComing(pages, { limit: SHOWN });
  const ids = [...new Set(coming.flatMap(({ author }) => author ?? []))];
  const rows =
    ids.length === 0
      ? []
      : await database.kysely
          .selectFrom('users')
          .select(['id', 'name', 'is_active'])
          .where('id', 'in', ids)
          .execute();
  const people = new Map(rows.map((row) => [row.id, row]));
  return coming.map(({ page, document, at, isWithdrawal, author }) => ({
    ...{ title: page.title, document, isWithdrawal, when: timeText(at) },
    by: author === null ? undefined : whoText(people.get(author)),
  }));
}

/** Who made a version. It is shown at its time whatever became of them; whoever looks can cancel it. */
function whoText(person: { readonly name: string; readonly is_active: number } | undefined): string {
  if (person === undefined) return 'somebody who was deleted';
  return person.is_active === 1 ? person.name : `${person.name}, who may not sign in any more`;
}
