import type { Database } from '../../packages/widgy/src/database/index.ts';
import type { Action } from './actions.ts';

/** Statements that one run of an action makes. */
export interface Statements {
  /** Without those that begin and end transactions. */
  readonly own: number;
  readonly transactions: number;
}

/** Counts the statements of an action that was done before: the more of two runs. */
export async function countStatements(database: Database, action: Action): Promise<Statements> {
  await action.prepare?.();
  await action.run();
  let most: Statements = { own: 0, transactions: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    await action.prepare?.();
    const made: string[] = [];
    const end = database.onStatement(({ sql }) => made.push(sql));
    await action.run();
    end();
    const transactions = made.filter((sql) => OF_TRANSACTION.test(sql)).length;
    if (made.length > most.own + most.transactions) most = { own: made.length - transactions, transactions };
  }
  return most;
}

const RUNS = 2;

/** Kysely begins a serializable transaction of PostgreSQL with `start transaction`. */
const OF_TRANSACTION = /^(?:begin|start transaction|commit|rollback)\b/i;
