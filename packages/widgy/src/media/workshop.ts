import { MAX_UPLOADS, PICTURES_AT_ONCE } from './limits.ts';

/** Bounds what uploads cost a process, in memory and in time. Several sites of a process may share one. */
export interface Workshop {
  /** Lets an upload in; undefined if as many as may be are in. What it returns lets the upload out, and is called once. */
  enter(): (() => void) | undefined;
  /** Does a piece of work as soon as there is a place for it, in the order in which they came. */
  work<T>(step: () => Promise<T>): Promise<T>;
}

/** How much is done at once. */
export interface WorkshopOptions {
  /** Default: {@link MAX_UPLOADS}. */
  readonly uploads?: number;
  /** Default: {@link PICTURES_AT_ONCE}. */
  readonly pictures?: number;
}

/** Makes a workshop. */
export function createWorkshop({
  uploads = MAX_UPLOADS,
  pictures = PICTURES_AT_ONCE,
}: WorkshopOptions = {}): Workshop {
  let inside = 0;
  let working = 0;
  const waiting: (() => void)[] = [];
  return {
    enter() {
      if (inside >= uploads) return undefined;
      inside += 1;
      return () => {
        inside -= 1;
      };
    },
    async work(step) {
      if (working >= pictures) await new Promise<void>((begin) => waiting.push(begin));
      else working += 1;
      try {
        return await step();
      } finally {
        // The place goes to who waits longest, so that nobody who comes meanwhile can take it.
        const next = waiting.shift();
        if (next === undefined) working -= 1;
        else next();
      }
    },
  };
}
