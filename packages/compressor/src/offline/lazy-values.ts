import { explanationOf } from '../caught.ts';
import { CompressorError } from '../errors.ts';
import { inTime } from './in-time.ts';
import { keptIn } from './kept-in.ts';

/** A function that a context holds in place of a value. */
export interface LazyValue {
  (this: unknown): unknown;
  /** Where its value is kept, `the database`, if it may be changed there after a build. */
  readonly keptIn?: unknown;
  /** What to do where a block reads something that its value lacks. */
  readonly ifMissing?: unknown;
}

/** Tells a lazy value from any other. */
export function isLazy(value: unknown): value is LazyValue {
  return typeof value === 'function';
}

/**
 * Calls the functions that contexts hold in place of values: only when a value is used, and each at most once, however many
 * blocks and contexts share it. A failure is remembered like a value.
 */
export class LazyValues {
  readonly #timeout: number;
  readonly #called = new WeakSet<LazyValue>();
  /** By function, then by the object that holds it: a method answers for its object. */
  readonly #known = new WeakMap<LazyValue, Map<unknown, unknown>>();

  /** @param timeout how long to wait for one value, in milliseconds */
  constructor(timeout: number) {
    this.#timeout = timeout;
  }

  /** Makes a function stand for nothing but itself. */
  leave(called: LazyValue): void {
    this.#called.add(called);
  }

  /**
   * The value that a function stands for; a promise of it where the function gives one.
   *
   * @param holder the object that has the function as a method; undefined for a variable of the context itself
   * @param name for messages
   * @throws CompressorError `context-failed`, `context-timeout`
   */
  call(lazy: LazyValue, holder: unknown, name: string): unknown {
    if (this.#called.has(lazy)) return lazy;
    const byHolder = this.#known.get(lazy) ?? new Map<unknown, unknown>();
    this.#known.set(lazy, byHolder);
    if (byHolder.has(holder)) return byHolder.get(holder);
    const value = this.#callNow(lazy, holder, name);
    byHolder.set(holder, value);
    return value;
  }

  #callNow(lazy: LazyValue, holder: unknown, name: string): unknown {
    let value: unknown;
    try {
      value = lazy.call(holder);
    } catch (cause) {
      value = Promise.reject(cause);
    }
    if (!isPromise(value)) return value;
    const where = keptIn(lazy);
    const what = `the function that supplies "${name}"${where === undefined ? '' : ` from ${where}`}`;
    const waited = this.#wait(value, what);
    waited.catch(() => {}); // Whoever asked for the value reports it.
    return waited;
  }

  async #wait(value: PromiseLike<unknown>, what: string): Promise<unknown> {
    try {
      return await inTime(value, this.#timeout, what);
    } catch (cause) {
      if (cause instanceof CompressorError) throw cause;
      const { summary, help } = explanationOf(cause);
      throw new CompressorError('context-failed', { message: `${what} failed: ${summary}`, help, cause });
    }
  }
}

/** Query builders are no promises, but can be waited for like one. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
