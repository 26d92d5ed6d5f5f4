import type { Place } from '../errors.ts';
import type { PathKey } from './offline-context.ts';

/** A variable that was read, and what was found. */
export interface Read {
  /** As the template writes it: `['settings', 'theme', 'color']`. */
  readonly path: readonly PathKey[];
  /** How many names of the path the context has. */
  readonly depth: number;
  /** What the last of them holds. */
  readonly value: unknown;
  /** Where it was read first. */
  readonly place: Place | undefined;
  /** Whether the context lacks what the template asks for. */
  readonly isMissing: boolean;
}

/** The variables read for one purpose, each once. */
export class ReadLog {
  readonly #reads = new Map<string, Read>();

  add(read: Read): void {
    const key = JSON.stringify(read.path);
    const known = this.#reads.get(key);
    // Whoever asks without a way out decides whether a variable is missing.
    if (known === undefined || (read.isMissing && !known.isMissing)) this.#reads.set(key, read);
  }

  addAll(reads: Iterable<Read>): void {
    for (const read of reads) this.add(read);
  }

  [Symbol.iterator](): IterableIterator<Read> {
    return this.#reads.values();
  }
}

/** The name of a variable for people. */
export function variableName({ path }: Pick<Read, 'path'>): string {
  return path.map(String).join('.');
}
