import type { Place } from '../errors.ts';
import { ifMissing } from './if-missing.ts';
import { keptIn, keptWithin } from './kept-in.ts';
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
  /** What is to be done where it is missing, if that is more than the catalogue's advice. Engines do not say it. */
  readonly ifMissing?: string | undefined;
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

/** Adds to each variable that was read in a context what functions there say of it: where it is kept, or what to do where it is missing. */
export async function withWhatIsSaid(
  reads: readonly Read[],
  context: OfflineContext,
): Promise<readonly Read[]> {
  const all: Read[] = [];
  for (const read of reads) {
    const { path, depth, value, isMissing } = read;
    const found = path.slice(0, depth);
    const where =
      (await context.saidOf(found, keptIn)) ?? (depth === path.length ? keptWithin(value) : undefined);
    const advice = isMissing ? await context.saidOf(found, ifMissing) : undefined;
    all.push({
      ...read,
      ...(where !== undefined && { keptIn: where }),
      ...(advice !== undefined && { ifMissing: advice }),
    });
  }
  return all;
}
