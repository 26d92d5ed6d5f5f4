import type { Place } from '../errors.ts';
import { keptWithin } from './kept-in.ts';
import type { OfflineContext, PathKey } from './offline-context.ts';

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
  /** Where the value is kept, or something in it, if it may be changed there after the build. Engines do not say it. */
  readonly keptIn?: string | undefined;
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

/** Says of each variable that was read in a context where it is kept, if it may be changed there after the build. */
export async function withKeptIn(reads: readonly Read[], context: OfflineContext): Promise<readonly Read[]> {
  const all: Read[] = [];
  for (const read of reads) {
    const { path, depth, value } = read;
    const keptIn =
      (await context.keptIn(path.slice(0, depth))) ?? (depth === path.length ? keptWithin(value) : undefined);
    all.push(keptIn === undefined ? read : { ...read, keptIn });
  }
  return all;
}
