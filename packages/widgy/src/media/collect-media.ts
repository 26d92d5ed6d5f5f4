import { claimRemoval, endRemoval } from './claims.ts';
import { UNUSED_MS } from './limits.ts';
import { MEDIA_PREFIX, objectName, parseObjectName } from './object-name.ts';
import { type MediaStore, withStorage } from './store.ts';

/** What was taken away. */
export interface CollectedMedia {
  readonly objects: number;
  readonly bytes: number;
}

/**
 * Takes away what is stored and named by no media of any site: what was purged, and what uploads left that failed half-way. Only what is
 * older than {@link UNUSED_MS}, and nothing that an upload has claimed. It goes through the whole storage, so it is work for a quiet hour.
 * Several servers may do it at once.
 *
 * @throws WidgyError `media-storage-failed` or of the database. What was not taken away is the next time
 */
export async function collectMedia(store: MediaStore): Promise<CollectedMedia> {
  const { database, storage, now } = store;
  database.refuseInside();
  const before = now() - UNUSED_MS;
  await database.transaction((transaction) =>
    transaction.deleteFrom('media_claims').where('until', '<=', now()).execute(),
  );
  let objects = 0;
  let bytes = 0;
  let batch: Old[] = [];
  const collect = async () => {
    const taken = await removeUnused(store, batch);
    objects += taken.length;
    bytes += taken.reduce((sum, { size }) => sum + size, 0);
    batch = [];
  };
  const listed = storage.list(MEDIA_PREFIX)[Symbol.asyncIterator]();
  for (;;) {
    const next = await withStorage(() => listed.next());
    if (next.done === true) break;
    const { name, size, modified } = next.value;
    const parsed = parseObjectName(name);
    if (parsed === undefined || modified.getTime() > before) continue;
    batch.push({ ...parsed, size });
    if (batch.length >= BATCH) await collect();
  }
  await collect();
  return { objects, bytes };
}

interface Old {
  readonly hash: string;
  readonly file: string;
  readonly size: number;
}

/** So many objects are asked about at once. */
const BATCH = 200;

async function removeUnused(
  { database, storage, now }: MediaStore,
  batch: readonly Old[],
): Promise<readonly Old[]> {
  const hashes = [...new Set(batch.map(({ hash }) => hash))];
  if (hashes.length === 0) return [];
  const claimed = await database.transaction((transaction) => claimRemoval(transaction, hashes, now()));
  if (claimed.size === 0) return [];
  const unused = batch.filter(({ hash }) => claimed.has(hash));
  try {
    for (const one of unused) await withStorage(() => storage.remove(objectName(one)));
  } finally {
    await database.transaction((transaction) => endRemoval(transaction, claimed));
  }
  return unused;
}
