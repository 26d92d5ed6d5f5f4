import { type Attempt, attempt } from '../documents/attempt.ts';
import { hasCode } from '../errors.ts';
import { documentRefused, type PageRefusal, type RefusedPage, refusePage } from './refusal.ts';
import type { PageStore } from './store.ts';

/** What a step of a transaction may use that does something to pages, and to documents with them. */
export interface PageAttempt extends Attempt {
  /** Ends the step with a refusal: nothing of it is kept. */
  readonly refuse: (refusal: PageRefusal) => never;
}

/**
 * Does something to pages in one transaction: all of it is kept, or nothing and there is a refusal. The step may be done several times
 * when others are in the way; see `Database.transaction`.
 *
 * Every step looks whether an address is free before it takes it. Where somebody takes it in that very moment, the unique index of the
 * database decides; then the step is done once more, and sees who was faster.
 */
export async function attemptPage<T>(
  { documents }: PageStore,
  step: (attempt: PageAttempt) => Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | RefusedPage> {
  const refuse = (refusal: PageRefusal): never => {
    throw new Refused(refusal);
  };
  const once = () => attempt(documents, (own) => step({ ...own, refuse }));
  try {
    const done = await once().catch((error: unknown) => {
      if (hasCode(error, 'database-constraint')) return once();
      throw error;
    });
    return done.ok ? done : refusePage(documentRefused(done.refusal));
  } catch (error) {
    if (error instanceof Refused) return refusePage(error.refusal);
    throw error;
  }
}

/** The way out of a transaction that takes all back; it never leaves this file. */
class Refused extends Error {
  readonly refusal: PageRefusal;

  constructor(refusal: PageRefusal) {
    super(refusal.what);
    this.refusal = refusal;
  }
}
