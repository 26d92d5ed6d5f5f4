import { LRUCache } from 'lru-cache';
import { withoutHash } from '../hash.ts';
import { STATIC_FOLDER } from '../manifest/manifest.ts';
import type { KeptArtifact } from '../storage/artifact-store.ts';
import { isStorageName } from '../storage/storage.ts';

/** What became of a look-up; `busy` if there are too many at the moment. */
export type LookUp<Kept = KeptArtifact> = Kept | 'absent' | 'busy';

/** Where files are looked for. */
interface Lookable<Kept> {
  artifact(name: string): Promise<Kept | undefined>;
  /** Whether asking for a file costs nothing. */
  isReady(name: string): boolean;
}

/**
 * Artifacts, or published static files, that this server's manifest does not name: those of other releases. While old and new
 * code run side by side, and in pages that visitors have open, their names come to every server.
 *
 * Anybody can make names up. So only so many are looked up at once, each name once however many ask for it, and a name that was
 * not there a moment ago is not looked up again.
 */
export class OtherReleases<Kept = KeptArtifact> {
  readonly #store: Lookable<Kept>;
  readonly #now: () => number;
  readonly #running = new Map<string, Promise<LookUp<Kept>>>();
  /** When a name was missed last. */
  readonly #missed = new LRUCache<string, number>({ max: REMEMBERED_MISSES });

  /** @param now a clock in milliseconds */
  constructor(store: Lookable<Kept>, now: () => number = () => performance.now()) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * @param name as it came from outside
   * @throws CompressorError `storage-failed`
   */
  async find(name: string): Promise<LookUp<Kept>> {
    const isPlain = !name.includes('/') || name.startsWith(STATIC_FOLDER);
    if (!isPlain || withoutHash(name) === undefined || !isStorageName(name)) return 'absent';
    const running = this.#running.get(name);
    if (running !== undefined) return running;
    const missed = this.#missed.get(name);
    if (missed !== undefined && this.#now() - missed < MISS_REMEMBERED) return 'absent';
    if (this.#running.size >= LOOKED_UP_AT_ONCE && !this.#store.isReady(name)) return 'busy';
    const found = this.#lookUp(name).finally(() => this.#running.delete(name));
    this.#running.set(name, found);
    return found;
  }

  async #lookUp(name: string): Promise<LookUp<Kept>> {
    const artifact = await this.#store.artifact(name);
    if (artifact === undefined) this.#missed.set(name, this.#now());
    return artifact ?? 'absent';
  }
}

/** Names that are looked up at the same time at most. */
export const LOOKED_UP_AT_ONCE = 32;

/**
 * How long a name that is not there is taken for not there, in milliseconds. It must be short: a release may be published the
 * moment after.
 */
export const MISS_REMEMBERED = 1_000;

/** Names that were not there, remembered at most. */
export const REMEMBERED_MISSES = 1_000;
