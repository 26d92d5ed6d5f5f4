import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { DocumentEvent } from './events.ts';
import { type DocumentRefusal, type RefusedDocument, refuseDocument } from './refusal.ts';
import type { DocumentStore } from './store.ts';

/** What a step of a transaction may use. */
export interface Attempt {
  readonly transaction: Transaction<Tables>;
  /** Ends the step with a refusal: nothing of it is kept. */
  readonly abandon: (refusal: DocumentRefusal) => never;
  /** Tells the hook of the site, which may refuse, and everybody else when all is kept. */
  readonly tell: (event: DocumentEvent) => Promise<void>;
}

/**
 * Does something to documents in one transaction: all of it is kept, or nothing and there is a refusal. The step may be done
 * several times when others are in the way; see `Database.transaction`.
 */
export async function attempt<T>(
  { database, before, events }: DocumentStore,
  step: (attempt: Attempt) => Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | RefusedDocument> {
  let told: DocumentEvent[] = [];
  const abandon = (refusal: DocumentRefusal): never => {
    throw new Abandoned(refusal);
  };
  try {
    const value = await database.transaction(async (transaction) => {
      told = [];
      const tell = async (event: DocumentEvent): Promise<void> => {
        const veto = await before?.(event, transaction);
        if (veto !== undefined) abandon({ code: 'vetoed', what: veto });
        told.push(event);
      };
      return await step({ transaction, abandon, tell });
    });
    for (const event of told) events.emit(event);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Abandoned) return refuseDocument(error.refusal);
    throw error;
  }
}

/** The way out of a transaction that takes all back; it never leaves this file. */
class Abandoned extends Error {
  readonly refusal: DocumentRefusal;

  constructor(refusal: DocumentRefusal) {
    super(refusal.what);
    this.refusal = refusal;
  }
}
