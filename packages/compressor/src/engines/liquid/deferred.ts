import type { PathKey } from '../../offline/offline-context.ts';

/**
 * What a name turned out to mean: a value of the template's own, a path in the offline context, or nothing here, so that a
 * name further out is meant.
 */
export type Outcome =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'path'; readonly path: readonly PathKey[] }
  | { readonly type: 'none' };

/** A value that is found out only when a block needs it. */
export interface Deferred {
  find(): Generator<unknown, Outcome, unknown>;
}

/** Thrown when something outside a block needs a value that was deferred: it must be run again with the value. */
export class ValueNeeded extends Error {}

/** Thrown when something needs the item of a loop that was entered once to look around: the loop must really run. */
export class ItemNeeded extends Error {}

/** What an error wraps, if it is one of the two; LiquidJS wraps whatever passes through it. */
export function needOf(error: unknown): ValueNeeded | ItemNeeded | undefined {
  let inner: unknown = error;
  while (inner instanceof Error) {
    if (inner instanceof ValueNeeded || inner instanceof ItemNeeded) return inner;
    inner = 'originalError' in inner ? inner.originalError : undefined;
  }
  return undefined;
}

const deferreds = new WeakMap<object, Deferred>();

/**
 * A stand-in for a deferred value. It can be passed on, assigned and given as a parameter; whoever looks at it gets
 * {@link ValueNeeded}. A loop over it runs once.
 *
 * @param item gives the stand-in for the item of that loop
 */
export function standIn(deferred: Deferred, item: () => object): object {
  const proxy = new Proxy(Object.create(null), {
    get(_target, key) {
      if (UNREVEALING.has(key)) return undefined;
      if (key === Symbol.iterator) return () => [item()].values();
      throw new ValueNeeded();
    },
    has(_target, key) {
      if (key === Symbol.iterator) return true;
      throw new ValueNeeded();
    },
    ownKeys() {
      throw new ValueNeeded();
    },
    getOwnPropertyDescriptor() {
      throw new ValueNeeded();
    },
    getPrototypeOf() {
      return null;
    },
  });
  deferreds.set(proxy, deferred);
  return proxy;
}

/** LiquidJS looks at these to see whether a value must be waited for, and whether it is a list. */
const UNREVEALING: ReadonlySet<PropertyKey> = new Set([
  'then',
  'next',
  'throw',
  'return',
  Symbol.toStringTag,
]);

/** What a value stands in for; undefined for a value that is what it is. */
export function deferredOf(value: unknown): Deferred | undefined {
  return typeof value === 'object' && value !== null ? deferreds.get(value) : undefined;
}
