/**
 * Work in steps, as LiquidJS does it: what is yielded, a promise or further steps, is waited for, and what it gave is given back. Steps
 * become part of others by `yield*`.
 */
export type Steps<T> = Generator<unknown, T, unknown>;

/**
 * Does work in steps, as `toPromise` of LiquidJS does. That one makes a promise for each step, which takes longer than most steps do.
 *
 * @returns what the work gives: at once where nothing in it had to be waited for, or else a promise of it
 */
export function runSteps<T>(steps: Steps<T>): T | Promise<T> {
  return goOn(steps, { value: undefined, isError: false });
}

/** What a step gave to those around it. */
interface Given {
  readonly value: unknown;
  readonly isError: boolean;
}

function goOn<T>(steps: Steps<T>, first: Given): T | Promise<T> {
  let { value, isError } = first;
  for (;;) {
    const state = isError ? steps.throw(value) : steps.next(value);
    if (state.done === true) return isSteps<T>(state.value) ? runSteps<T>(state.value) : state.value;
    ({ value } = state);
    isError = false;
    if (isSteps<unknown>(value)) {
      try {
        value = runSteps(value);
      } catch (error) {
        value = error;
        isError = true;
        continue;
      }
    }
    if (isPromise(value)) {
      return Promise.resolve(value).then(
        (given) => goOn(steps, { value: given, isError: false }),
        (error: unknown) => goOn(steps, { value: error, isError: true }),
      );
    }
  }
}

/** Waits within steps for what may be there already. */
export function* waitFor<T>(value: T | Promise<T>): Steps<T> {
  if (!isPromise(value)) return value;
  let found: { readonly value: T } | undefined;
  yield value.then((given) => {
    found = { value: given };
  });
  if (found === undefined) throw new Error('The work went on before what it waited for was there.');
  return found.value;
}

/** Keeps a value, and the promise of it until then, so that who finds it later waits for nothing. What fails is not kept. */
export function keepSettled<T>(kept: Map<string, T | Promise<T>>, key: string, value: T | Promise<T>): void {
  kept.set(key, value);
  if (!isPromise(value)) return;
  value.then(
    (settled) => kept.set(key, settled),
    () => kept.delete(key),
  );
}

function isSteps<T>(value: T | Steps<T>): value is Steps<T> {
  if (typeof value !== 'object' || value === null || !('next' in value)) return false;
  return isFunction(value.next) && 'throw' in value && isFunction(value.throw) && 'return' in value;
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value && isFunction(value.then);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
