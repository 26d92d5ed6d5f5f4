import { MAX_MAILS_WAITING } from '../limits.ts';

/** Work that nobody waits for: how long an answer takes does not tell whether there was any. */
export interface Later {
  /** Begins work, unless there is too much of it already. What fails is reported. */
  begin(work: () => Promise<void>): boolean;
  /** Is done when all work has ended that was begun before. */
  whenIdle(): Promise<void>;
}

/** @param onProblem is told what failed */
export function createLater(onProblem: (problem: unknown) => void): Later {
  const going = new Set<Promise<void>>();
  return {
    begin(work) {
      if (going.size >= MAX_MAILS_WAITING) return false;
      const own = (async () => {
        // Not before whoever asked has gone on.
        await new Promise(setImmediate);
        await work();
      })().catch(onProblem);
      going.add(own);
      void own.finally(() => going.delete(own));
      return true;
    },
    async whenIdle() {
      await Promise.all(going);
    },
  };
}
