import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { isPlainObject } from '../../tree/problems.ts';
import { hasLocks, takeLock } from './locks.ts';

/** What the tabs of one person keep on this device of documents that they work on, as texts. */
export interface Device {
  /** Keeps what a tab has of a document, in the place of what it kept before. False where the device keeps nothing. */
  readonly keep: (document: string, client: string, text: string) => Promise<boolean>;
  readonly forget: (document: string, client: string) => Promise<void>;
  /** What tabs kept of a document that are not open any more, and what this one kept before it was loaded again. */
  readonly left: (document: string, client: string) => Promise<readonly LeftBehind[]>;
}

/** What a tab left behind. */
export interface LeftBehind {
  readonly client: string;
  readonly text: string;
  /** When it was kept, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * The device behind IndexedDB. A browser that has none, or no room in it, keeps nothing, and says so. What others kept in the same browser is
 * left for them: nobody sends it in the name of another.
 *
 * @param person the id of who works
 */
export function browserDevice(person: string): Device {
  const opened = createStore('widgy-editor', 'drafts');
  // Where there is no database, asking for one throws at once.
  const store: UseStore = async (mode, step) =>
    await opened(mode, (objects) => {
      const done = step(objects);
      // A page that is left right now has no time for the answers that a browser waits for before it commits by itself.
      if (mode === 'readwrite') objects.transaction.commit();
      return done;
    });
  return {
    async keep(document, client, text) {
      try {
        await set([person, document, client], { text, at: Date.now() }, store);
        return true;
      } catch {
        // The editor says that nothing is kept, and goes on.
        return false;
      }
    },
    async forget(document, client) {
      await del([person, document, client], store).catch(() => undefined);
    },
    async left(document, client) {
      const open = await openTabs();
      const all = await entries<IDBValidKey, unknown>(store).catch(() => []);
      return all.flatMap(([key, value]) => {
        const [whose, of, by] = Array.isArray(key) ? key : [];
        if (whose !== person || of !== document || typeof by !== 'string' || !isPlainObject(value)) return [];
        const { text, at } = value;
        if (typeof text !== 'string' || typeof at !== 'number') return [];
        return by === client || !open.has(by) ? [{ client: by, text, at }] : [];
      });
    },
  };
}

const LOCK = 'widgy-tab:';
const CLIENT_KEY = 'widgy-client';

/**
 * The id of this tab, which it has again when it is loaded again. It is held for as long as the tab lives, so that others know that it does: a
 * tab that was duplicated gets an id of its own. Where a browser has no locks, which it has for `https:` and for this very machine only, nobody
 * knows which tabs live: then each has a new id whenever it is loaded, and what it kept is offered to it as if another one had left it behind.
 */
export async function holdClient(newId: () => string): Promise<string> {
  if (!hasLocks()) return newId();
  const before = sessionStorage.getItem(CLIENT_KEY) ?? newId();
  const client = (await hold(before)) ? before : newId();
  if (client !== before) await hold(client);
  sessionStorage.setItem(CLIENT_KEY, client);
  return client;
}

/** Whether an id was free, and is held from now on. */
async function hold(client: string): Promise<boolean> {
  return (await takeLock(`${LOCK}${client}`)) !== undefined;
}

async function openTabs(): Promise<ReadonlySet<string>> {
  if (!hasLocks()) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])));
}
