import { isLazy, isPromise, type LazyValue, type LazyValues } from './lazy-values.ts';

/** The variables of a context as a configuration gives them; any value may be a function, called only when it is used. */
export type OfflineVariables = Readonly<Record<string, unknown>>;

/** A name or an index in a path to a value. */
export type PathKey = string | number;

/** How far a path of names leads, and to what. */
export interface PathValue {
  readonly value: unknown;
  /** How many names of the path exist; `value` is what the last of them holds. */
  readonly depth: number;
}

/** One set of variables that templates are explored with. */
export class OfflineContext {
  /** For messages: `context 2 of 3`. */
  readonly label: string;
  readonly variables: OfflineVariables;
  readonly #lazies: LazyValues;

  constructor(label: string, variables: OfflineVariables, lazies: LazyValues) {
    this.label = label;
    this.variables = variables;
    this.#lazies = lazies;
  }

  /**
   * Follows a path of names as far as it leads. It answers at once where no function has to be waited for.
   *
   * @param has what the engine takes for a property of an object
   */
  read(path: readonly PathKey[], has: HasKey = hasKey): PathValue | PromiseLike<PathValue> {
    return this.#follow(this.variables, path, 0, has);
  }

  /** A value, or what it stands for if it is a function. */
  settle(value: unknown, holder: unknown, name: string): unknown {
    if (!isLazy(value)) return value;
    return this.#lazies.call(value, holder === this.variables ? undefined : holder, name);
  }

  /**
   * What the first function on a path that says something of its value says: where it is kept, or what to do about what it lacks. What
   * such a function gives is not asked for.
   */
  async saidOf(
    path: readonly PathKey[],
    saidBy: (lazy: LazyValue) => string | undefined,
  ): Promise<string | undefined> {
    let holder: unknown = this.variables;
    for (const [index, key] of path.entries()) {
      if (!hasKey(holder, key)) return undefined;
      const value: unknown = Reflect.get(holder, key);
      const said = isLazy(value) ? saidBy(value) : undefined;
      if (said !== undefined) return said;
      // The last one is not needed, and may be a function that a template calls.
      if (index < path.length - 1)
        holder = await this.settle(value, holder, path.slice(0, index + 1).join('.'));
    }
    return undefined;
  }

  /** Leaves a function as it is from now on, because a template calls it: it is no lazy value. */
  leave(called: LazyValue): void {
    this.#lazies.leave(called);
  }

  #follow(
    holder: unknown,
    path: readonly PathKey[],
    depth: number,
    has: HasKey,
  ): PathValue | PromiseLike<PathValue> {
    const key = path[depth];
    if (key === undefined || !has(holder, key)) return { value: holder, depth };
    const value = this.settle(Reflect.get(holder, key), holder, path.slice(0, depth + 1).join('.'));
    // What is undefined is not supplied: a function may have forgotten to return something. Nothing is null.
    const goOn = (settled: unknown) =>
      settled === undefined ? { value: holder, depth } : this.#follow(settled, path, depth + 1, has);
    return isPromise(value) ? value.then(goOn) : goOn(value);
  }
}

/** Whether an object has a property that a template can reach. */
export type HasKey = (holder: unknown, key: PathKey) => holder is object;

function hasKey(holder: unknown, key: PathKey): holder is object {
  return typeof holder === 'object' && holder !== null && key in holder;
}
