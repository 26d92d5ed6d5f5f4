import { CompressorError } from '../errors.ts';
import { memoryStorage } from './memory.ts';
import type { Storage } from './storage.ts';

/** A storage that a test can let fail, and that notes what is done with it. */
export interface FailingStorage extends Storage {
  isFailing: boolean;
  /** What was asked, such as `read a.css`. */
  readonly calls: string[];
}

/** Makes a storage in memory that fails while the test says so. */
export function failingStorage(name = 'far', inner: Storage = memoryStorage(1e7)): FailingStorage {
  const noted =
    <Args extends readonly unknown[], R>(what: string, step: (...args: Args) => Promise<R>) =>
    async (...args: Args): Promise<R> => {
      storage.calls.push(`${what} ${args[0]}`);
      if (storage.isFailing) throw new CompressorError('storage-failed', { message: `${name} is down` });
      return step(...args);
    };
  const storage: FailingStorage = {
    isFailing: false,
    calls: [],
    read: noted('read', inner.read),
    open: noted('open', inner.open),
    stat: noted('stat', inner.stat),
    write: noted('write', inner.write),
    touch: noted('touch', inner.touch),
    remove: noted('remove', inner.remove),
    async *list(prefix) {
      if (storage.isFailing) throw new CompressorError('storage-failed', { message: `${name} is down` });
      yield* inner.list(prefix);
    },
  };
  return storage;
}
