import { LRUCache } from 'lru-cache';
import { formatPlace, type Place } from '../errors.ts';
import type { LogLevel } from '../log.ts';
import { groupIdentity, type Recipe } from '../recipe/recipe.ts';

/**
 * Notices blocks that become ever new bundles, because something in them varies from visitor to visitor: each costs a build and a
 * place in the storage.
 */
export class VariantCounter {
  readonly #warn: (level: LogLevel, key: string, message: string) => void;
  readonly #variants = new LRUCache<string, Set<string>>({ max: COUNTED_PLACES });

  constructor(warn: (level: LogLevel, key: string, message: string) => void) {
    this.#warn = warn;
  }

  /** Counts what a block has become; says so once when that is too many things. */
  count(place: Place, { groups }: Recipe): void {
    const key = formatPlace(place);
    const variants = this.#variants.get(key) ?? new Set();
    if (variants.size >= SUSPICIOUS_VARIANTS) return;
    this.#variants.set(key, variants.add(groups.map(groupIdentity).join()));
    if (variants.size < SUSPICIOUS_VARIANTS) return;
    this.#warn(
      'warn',
      `varies ${key}`,
      `${key}: this block has become ${SUSPICIOUS_VARIANTS} different bundles. Something in it seems to vary from visitor to visitor: move that out of the block.`,
    );
  }
}

/** So many bundles from one block are taken for a mistake. */
const SUSPICIOUS_VARIANTS = 100;
/** Blocks that are watched at most. */
const COUNTED_PLACES = 1_000;
