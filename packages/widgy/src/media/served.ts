import { LRUCache } from 'lru-cache';
import type { Database } from '../database/database.ts';
import { MAX_SERVED, SERVED_MS } from './limits.ts';

/** What may be served, as far as is remembered. */
export interface Served {
  /**
   * What is called so in the site; undefined if nothing with this hash is there. At most one statement. While the database cannot be
   * asked, what was known last holds.
   *
   * @param hash that of the original
   */
  find(hash: string): Promise<ServedMedia | undefined>;
  /** Forgets what was known: it has changed. */
  forget(hash: string): void;
}

/** What has to be known of media to serve them. */
export interface ServedMedia {
  /** What people call it: several that have the same content are called by the name of the first. */
  readonly name: string;
}

/** Remembers what is served for {@link SERVED_MS}, so that a page with many pictures does not ask the database for each of them. */
export function rememberServed({
  database,
  site,
  now,
}: {
  readonly database: Database;
  readonly site: string;
  readonly now: () => number;
}): Served {
  const known = new LRUCache<string, ServedMedia>({
    max: MAX_SERVED,
    ttl: SERVED_MS,
    perf: { now },
    // The clock is looked at each time.
    ttlResolution: 0,
    noDeleteOnStaleGet: true,
  });
  const read = async (hash: string) =>
    await database.kysely
      .selectFrom('media')
      .select('name')
      .where('hash', '=', hash)
      .where('site', '=', site)
      .orderBy('created_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
  return {
    async find(hash) {
      const fresh = known.get(hash);
      if (fresh !== undefined) return fresh;
      const last = known.get(hash, { allowStale: true });
      try {
        const found = await read(hash);
        if (found === undefined) known.delete(hash);
        else known.set(hash, found);
        return found;
      } catch (problem) {
        // Pictures stay on pages that are kept, while the database is away.
        if (last === undefined) throw problem;
        return last;
      }
    },
    forget: (hash) => known.delete(hash),
  };
}
