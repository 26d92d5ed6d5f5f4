import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, KyselyPlugin, Transaction, TransactionBuilder } from 'kysely';
import { WidgyError } from '../errors.ts';
import type { Snapshot } from './database.ts';
import { retryBusy } from './retry-busy.ts';
import type { Tables } from './tables.ts';

/** Does steps in transactions, and refuses queries that are made past the transaction they belong into. */
export interface Transactions {
  /** See `Database.transaction`. */
  run<T>(kysely: Kysely<Tables>, step: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** See `Database.snapshot`. */
  read<T>(kysely: Kysely<Tables>, step: (queries: Snapshot) => Promise<T>): Promise<T>;
  /** See `Database.refuseInside`. */
  readonly refuseInside: () => void;
  /**
   * For the connection that queries outside of transactions are made with. A step that used it would wait for
   * itself in SQLite, which has one connection, and would not be part of its own transaction in PostgreSQL.
   */
  readonly guard: KyselyPlugin;
}

/** @param retryFor how long a step is tried again, in milliseconds */
export function createTransactions(retryFor: number): Transactions {
  const current = new AsyncLocalStorage<{ isOpen: boolean }>();
  const refuseInside = () => {
    // What a step started may go on after it; that is not inside any more.
    if (current.getStore()?.isOpen !== true) return;
    throw new WidgyError('transaction-nested', {
      message: 'a step of a transaction used the database past its transaction',
    });
  };

  const once = async <T>(
    builder: TransactionBuilder<Tables>,
    step: (transaction: Transaction<Tables>) => Promise<T>,
  ) => {
    const state = { isOpen: true };
    try {
      return await builder.execute((transaction) =>
        current.run(state, () => step(transaction.withoutPlugins())),
      );
    } finally {
      state.isOpen = false;
    }
  };

  return {
    async run(kysely, step) {
      refuseInside();
      const builder = kysely.transaction().setIsolationLevel('serializable');
      return await retryBusy(retryFor, () => once(builder, step));
    },
    async read(kysely, step) {
      refuseInside();
      return await once(
        kysely.transaction().setIsolationLevel('repeatable read').setAccessMode('read only'),
        step,
      );
    },
    refuseInside,
    guard: {
      transformQuery({ node }) {
        refuseInside();
        return node;
      },
      transformResult: async ({ result }) => result,
    },
  };
}
