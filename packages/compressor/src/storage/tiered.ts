import { isIntact } from './is-intact.ts';
import { isLasting } from './is-lasting.ts';
import { refuseName } from './refuse-name.ts';
import type { ServerStorage, Storage, StoredFile } from './storage.ts';

/** What a storage in two tiers is made of. */
export interface Tiers<Far = Storage> {
  /** The server's own, close at hand: a folder. It may be emptied at any time. */
  readonly near: Storage;
  /** The one of all servers. What it says holds. */
  readonly far: Far;
  /** Told what went wrong with the near storage. That costs time, never an answer. */
  readonly onNearFailure: (error: unknown) => void;
}

/**
 * Reads from a near storage, else from a far one, and then keeps near what came from far. What is near is given even while the
 * far storage fails. Writing goes far and then near: when the far storage fails, this server has the content all the same, and
 * the caller gets the error. Only what never changes is kept near; releases and locks are not.
 */
export function tieredServerStorage({ near, far, onNearFailure }: Tiers<ServerStorage>): ServerStorage {
  const tryNear = createTry(onNearFailure);
  const read = async (name: string): Promise<Buffer | undefined> => {
    if (!isLasting(name)) return far.read(name);
    const kept = await tryNear(() => near.read(name));
    if (kept !== undefined && isIntact(name, kept)) return kept;
    const bytes = await far.read(name);
    if (bytes === undefined || !isIntact(name, bytes)) return bytes;
    await tryNear(async () => {
      if (kept !== undefined) await near.remove(name); // It is damaged, and nothing is ever overwritten.
      await near.write(name, bytes);
    });
    return bytes;
  };
  /** Copies what is far bit by bit, since it may be too large for memory. */
  const copyNear = async ({ name, size }: StoredFile): Promise<void> => {
    const content = await far.open(name);
    if (content === undefined) return;
    await tryNear(() => near.write(name, { size, open: () => content }));
    content.destroy();
  };
  return {
    read,
    async open(name, range) {
      const kept = isLasting(name) ? await tryNear(() => near.open(name, range)) : undefined;
      return kept ?? far.open(name, range);
    },
    /** What is asked for is kept near: a server that starts asks for all it will serve, so that it can do without far then. */
    async stat(name) {
      const kept = await tryNear(() => near.stat(name));
      if (kept !== undefined) return kept;
      const file = await far.stat(name);
      if (file !== undefined && isLasting(name)) await copyNear(file);
      return file;
    },
    /** A server throws away its own copy only; what all servers share is deleted by {@link tieredStorage}. */
    remove: (name) => near.remove(name),
    async write(name, content, modified) {
      refuseName(name);
      const keepNear = async () =>
        isLasting(name) ? tryNear(() => near.write(name, content, modified)) : undefined;
      let isNew: boolean;
      try {
        isNew = await far.write(name, content, modified);
      } catch (error) {
        await keepNear();
        throw error;
      }
      // What was there already may not be this very content: compressors of other versions compress otherwise.
      if (isNew) await keepNear();
      return isNew;
    },
  };
}

/**
 * A whole storage in two tiers. Only reading looks near: `stat` and `list` ask the far storage, because whoever publishes must
 * learn what all servers see.
 */
export function tieredStorage(tiers: Tiers): Storage {
  const { near, far, onNearFailure } = tiers;
  const tryNear = createTry(onNearFailure);
  return {
    ...tieredServerStorage(tiers),
    stat: (name) => far.stat(name),
    async touch(name) {
      await far.touch(name);
      await tryNear(() => near.touch(name));
    },
    /** What is gone must not be read again, so here the near storage may not fail either. */
    async remove(name) {
      await near.remove(name);
      await far.remove(name);
    },
    list: (prefix) => far.list(prefix),
    async tidy() {
      await tryNear(async () => near.tidy?.());
      await far.tidy?.();
    },
    async close() {
      await near.close?.();
      await far.close?.();
    },
  };
}

function createTry(onFailure: (error: unknown) => void) {
  return <T>(step: () => Promise<T>): Promise<T | undefined> =>
    step().catch((error) => {
      onFailure(error);
      return undefined;
    });
}
