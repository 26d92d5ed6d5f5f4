import { Context, Drop, type Liquid, toValue } from 'liquidjs';
import type { PathKey, PathValue } from '../../offline/offline-context.ts';
import { restoreState, saveState, scopesOf } from './context-state.ts';
import { type Deferred, deferredOf, ItemNeeded, type Outcome, standIn } from './deferred.ts';
import type { Frame, Run } from './run.ts';

type Path = readonly PathKey[];

/**
 * A LiquidJS context for exploring. Outside blocks a variable is only named, not read: whoever asks gets a stand-in, so that
 * nothing is called for what no block uses. Inside blocks variables are read from the offline context, and each is noted.
 */
export class ExploringContext extends Context {
  readonly run: Run;
  /** Whether only what was passed to it is visible, as in a partial that `render` shows. */
  readonly #isIsolated: boolean;

  constructor(run: Run, liquid: Liquid, outer?: ExploringContext, scope: object = {}) {
    // Exploring takes many times the work of one rendering; limits against visitors are not meant for it.
    const limits = outer ?? {};
    super(
      scope,
      liquid.options,
      { memoryLimit: Infinity, renderLimit: Infinity, strictVariables: false },
      { ...limits, liquid },
    );
    this.run = run;
    this.#isIsolated = outer !== undefined;
  }

  override spawn(scope: object = {}): Context {
    return new ExploringContext(this.run, this.liquid, this, scope);
  }

  override *_get(paths: (PathKey | Drop)[]): IterableIterator<unknown> {
    const path = paths.map(keyOf);
    const { run } = this;
    // What a block of a child template shows of its parent is run, not read.
    if (run.mode === 'explore' && this.#isParentBlock(path)) return yield* super._get(paths);
    if (run.mode === 'explore' && !run.isEager) return this.standIn(this.#laterReading(path));
    const outcome = yield* this.#lookUp(path);
    return yield* this.#settle(outcome);
  }

  /** Whether a path leads to `block.super`, and not to a variable of the site that is called `block`. */
  #isParentBlock([first]: Path): boolean {
    if (first !== 'block') return false;
    const scope = scopesOf(this).findLast((candidate) => Object.hasOwn(candidate, 'block'));
    const value = scope?.block;
    return deferredOf(value) === undefined && value instanceof Drop && 'superBlockRender' in value;
  }

  /** A stand-in whose items stand in for the items of a loop in the tag being run. */
  standIn(deferred: Deferred): object {
    return standIn(deferred, () => this.itemOf(this.run.frame));
  }

  /** A stand-in for the item of a loop that is only looked into. */
  itemOf(frame: Frame): object {
    return this.standIn(
      new LoopItem(() => {
        frame.isItemNeeded = true;
        throw new ItemNeeded();
      }),
    );
  }

  /** What a name means, without reading it from the offline context yet. */
  *#lookUp(path: Path): Generator<unknown, Outcome, unknown> {
    const [first = '', ...rest] = path;
    for (const scope of scopesOf(this).toReversed()) {
      if (!Object.hasOwn(scope, first)) continue;
      if (first === 'forloop' || first === 'tablerowloop') yield* lookIntoLoop(scope);
      const outcome = yield* this.#meaning(scope, first);
      if (outcome.type !== 'none') return yield* this.#walk(outcome, rest);
    }
    if (first in this.environments) {
      return yield* this.#walk(
        { type: 'value', value: yield this.readProperty(this.environments, keyOf(first)) },
        rest,
      );
    }
    if (!this.#isIsolated) return { type: 'path', path };
    return yield* this.#walk(
      { type: 'value', value: yield this.readProperty(this.globals, keyOf(first)) },
      rest,
    );
  }

  *#meaning(scope: Record<PathKey, unknown>, name: PathKey): Generator<unknown, Outcome, unknown> {
    if (deferredOf(scope[name]) !== undefined) return yield* unwrap(scope[name]);
    return { type: 'value', value: yield this.readProperty(scope, keyOf(name)) };
  }

  *#walk(outcome: Outcome, rest: Path): Generator<unknown, Outcome, unknown> {
    let current = outcome;
    for (const [index, key] of rest.entries()) {
      if (current.type === 'none') return current;
      if (current.type === 'path') return { type: 'path', path: [...current.path, ...rest.slice(index)] };
      current = yield* unwrap(yield this.#property(current.value, key));
    }
    return current;
  }

  /** A property, where functions are lazy values as they are in the offline context. */
  #property(holder: unknown, key: PathKey): unknown {
    if (isOwn(holder, key, this.ownPropertyOnly)) {
      const value: unknown = Reflect.get(holder, key);
      if (typeof value === 'function' && !(holder instanceof Drop)) {
        return this.run.context.settle(value, holder, String(key));
      }
    }
    return this.readProperty(Object(holder) === holder ? Object(holder) : holder, keyOf(key));
  }

  *#settle(outcome: Outcome): Generator<unknown, unknown, unknown> {
    if (outcome.type === 'none') return undefined;
    if (outcome.type === 'value') return outcome.value;
    const { path } = outcome;
    const { context, reads, isAsked, isNonce } = this.run;
    const hasKey = (holder: unknown, key: PathKey) => isOwn(holder, key, this.ownPropertyOnly);
    const { value: found, depth } = asPathValue(yield context.read(path, hasKey));
    const isGlobal = depth === 0 && Object.hasOwn(this.globals, path[0] ?? '');
    let value: unknown = isGlobal ? this.globals : found;
    for (const key of depth === 0 && !isGlobal ? [] : path.slice(depth))
      value = yield this.#property(value, key);
    if (depth === 0 && !isGlobal) value = undefined;
    const isAbsent =
      !isGlobal && value === undefined && (depth === 0 || isLacking(found, depth < path.length));
    if (!isNonce) {
      const { place } = this.run;
      reads.add({ path, depth, value: found, place, isMissing: isAbsent && !(isAsked && depth > 0) });
    }
    return value;
  }

  #laterReading(path: Path): Deferred {
    const state = saveState(this);
    const self = this;
    return {
      *find() {
        const now = saveState(self, state);
        restoreState(self, state);
        try {
          return yield* self.#lookUp(path);
        } finally {
          restoreState(self, now);
        }
      },
    };
  }
}

/** Stands for the item of a loop that is only looked into. */
class LoopItem implements Deferred {
  readonly #need: () => never;

  constructor(need: () => never) {
    this.#need = need;
  }

  *find(): Generator<unknown, Outcome, unknown> {
    this.#need();
    yield;
    return { type: 'none' };
  }
}

/** What a value stands in for, or the value itself. */
function* unwrap(value: unknown): Generator<unknown, Outcome, unknown> {
  let outcome: Outcome = { type: 'value', value };
  let deferred = deferredOf(value);
  while (deferred !== undefined) {
    outcome = yield* deferred.find();
    deferred = outcome.type === 'value' ? deferredOf(outcome.value) : undefined;
  }
  return outcome;
}

/** The counters of a loop are as undecided as its item. */
function* lookIntoLoop(scope: Record<PathKey, unknown>): Generator<unknown, void, unknown> {
  for (const value of Object.values(scope)) {
    const deferred = deferredOf(value);
    if (deferred instanceof LoopItem) yield* deferred.find();
  }
}

/** Whether an object that a path led to lacks what the path asks for next. Lists and nothing at all lack nothing. */
function isLacking(found: unknown, isUnfinished: boolean): boolean {
  if (!isUnfinished || found === null || found === undefined) return false;
  return typeof found === 'object' && !Array.isArray(found) && !(found instanceof Drop);
}

function isOwn(holder: unknown, key: PathKey, ownOnly: boolean): holder is object {
  if (typeof holder !== 'object' || holder === null) return false;
  return ownOnly && !(holder instanceof Drop) ? Object.hasOwn(holder, key) : key in holder;
}

function keyOf(key: PathKey | Drop): string | number {
  const value: unknown = toValue(key);
  return typeof value === 'number' ? value : String(value);
}

function asPathValue(value: unknown): PathValue {
  if (typeof value === 'object' && value !== null && 'depth' in value && 'value' in value) {
    return { depth: Number(value.depth), value: value.value };
  }
  throw new TypeError('LiquidJS resumed with another value than it was given.');
}
