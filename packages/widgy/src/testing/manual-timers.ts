import type { Timers } from '../database/timers.ts';

/** Timers whose time passes when a test says so. */
export interface ManualTimers extends Timers {
  /** Lets time pass, and does what is due meanwhile, in its order. */
  pass(milliseconds: number): void;
  /** How many things are waiting. */
  waiting(): number;
}

/** Makes timers that stand still. */
export function manualTimers(): ManualTimers {
  let time = 0;
  const waiting = new Set<{ readonly at: number; readonly step: () => void }>();
  return {
    elapsed: () => time,
    after(milliseconds, step) {
      const timer = { at: time + milliseconds, step };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    pass(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        const [first] = [...waiting].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
        if (first === undefined) break;
        time = Math.max(time, first.at);
        waiting.delete(first);
        first.step();
      }
      time = end;
    },
    waiting: () => waiting.size,
  };
}
