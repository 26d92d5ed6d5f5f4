import { setTimeout as sleep } from 'node:timers/promises';

/** Several who do the same over and over, at the same time. */
export interface Rounds extends AsyncDisposable {
  /** Waits until each has done it once more, from its beginning. */
  settle(): Promise<void>;
  /** Lets each end what it is at. */
  end(): Promise<void>;
}

/**
 * Starts them. A step throws nothing: what goes wrong in it, it keeps.
 *
 * @param pause milliseconds after each time: the servers share the machine with the tests
 */
export function startRounds(
  count: number,
  pause: number,
  step: (who: number, round: number) => Promise<void>,
): Rounds {
  const rounds = Array.from({ length: count }, () => 0);
  const waiting = new Set<() => void>();
  let isEnding = false;
  const going = rounds.map(async (_, who) => {
    while (!isEnding) {
      const round = rounds[who] ?? 0;
      await step(who, round);
      rounds[who] = round + 1;
      for (const look of waiting) look();
      await sleep(pause);
    }
  });
  const end = async () => {
    isEnding = true;
    await Promise.all(going);
  };
  return {
    async settle() {
      const before = [...rounds];
      const { promise, resolve } = Promise.withResolvers<void>();
      // What one is at may have been begun earlier, so once more must follow it.
      const look = () => rounds.every((round, who) => round >= (before[who] ?? 0) + 2) && resolve();
      waiting.add(look);
      await promise;
      waiting.delete(look);
    },
    end,
    [Symbol.asyncDispose]: end,
  };
}
