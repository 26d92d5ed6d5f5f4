import type { ExpressionBuilder } from 'kysely';
import type { Queries } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';

/** How many trees no draft starts from and no commit has. They do no harm but for the room they take. One statement. */
export async function countUnusedTrees(queries: Queries): Promise<number> {
  const { count } = await queries
    .selectFrom('trees')
    .select(({ fn }) => fn.countAll().as('count'))
    .where(isUnusedTree)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Takes those trees away, all of them; {@link removeUnused} does so with some. For use in a transaction, so that none is taken away that
 * somebody is about to use.
 *
 * @returns how many there were
 */
export async function collectTrees(queries: Queries): Promise<number> {
  const { numDeletedRows } = await queries.deleteFrom('trees').where(isUnusedTree).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** The condition that no draft starts from a tree and no commit has it. */
export function isUnusedTree({ not, exists, selectFrom, and }: ExpressionBuilder<Tables, 'trees'>) {
  return and([
    not(exists(selectFrom('commits').select('number').whereRef('commits.tree', '=', 'trees.hash'))),
    not(exists(selectFrom('documents').select('id').whereRef('draft_base', '=', 'trees.hash'))),
  ]);
}
