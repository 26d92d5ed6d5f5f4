import type { Place } from '../../../errors.ts';
import { isLazy, isPromise } from '../../../offline/lazy-values.ts';
import type { PathKey, PathValue } from '../../../offline/offline-context.ts';
import { ABSENT, settle, settleOrAbsent } from './deferred.ts';
import { READING } from './exploring-compiler.ts';
import { UNBOUND } from './frame.ts';
import type { Run } from './run.ts';
import type { Scope } from './state.ts';

/** What macros are known: a macro is no lazy value. */
export interface KnownMacros {
  has(macro: object): boolean;
}

/** Reads what a template asks for by a path of names, and notes what comes from the offline context. */
export class Reader {
  readonly #run: () => Run;
  readonly #macros: KnownMacros;

  constructor(run: () => Run, macros: KnownMacros) {
    this.#run = run;
    this.#macros = macros;
  }

  /**
   * A variable, or a property of one: from the frames, the template's own variables, the offline context, or the globals.
   *
   * @throws Signal
   */
  read({ frame, context }: Scope, path: readonly unknown[], flags: number, place: Place): unknown {
    const [first, ...keys] = path.map(keyOf);
    const name = String(first);
    this.#run().names.add(name);
    const inFrame = frame.lookup(name);
    if (inFrame === UNBOUND) return undefined;
    if (inFrame !== undefined) return this.member(inFrame, keys, flags);
    const own = Object.hasOwn(context.variables, name) ? settleOrAbsent(context.variables[name]) : ABSENT;
    if (own !== ABSENT) return this.member(own, keys, flags);
    const run = this.#run();
    const isOffline = !context.isIsolated && name in run.context.variables;
    if (isOffline) return this.#readOffline([name, ...keys], flags, place);
    const isGlobal = name in context.env.globals;
    if (!context.isIsolated && !(flags & READING.nonce)) {
      const isMissing = !isGlobal && !OWN_NAMES.has(name);
      run.reads.add({ path: [name, ...keys], depth: 0, value: run.context.variables, place, isMissing });
    }
    return isGlobal ? this.member(context.env.globals[name], keys, flags) : undefined;
  }

  /** A variable of the offline context. */
  variable(name: string): unknown {
    return this.#readOffline([name], 0, this.#run().place);
  }

  /**
   * What a path of names leads to from a value.
   *
   * @throws Signal
   */
  member(root: unknown, keys: readonly unknown[], flags: number): unknown {
    let value = settle(root);
    for (const [index, key] of keys.entries()) {
      const isCalled = Boolean(flags & READING.called) && index === keys.length - 1;
      value = this.#property(value, keyOf(key), isCalled);
    }
    return value;
  }

  #readOffline(path: readonly PathKey[], flags: number, place: Place): unknown {
    const run = this.#run();
    const isCalled = Boolean(flags & READING.called);
    const [name = ''] = path;
    const called: unknown = isCalled && path.length === 1 ? run.context.variables[name] : undefined;
    if (isLazy(called)) {
      run.context.leave(called);
      run.reads.add({ path, depth: 1, value: called, place, isMissing: false });
      return called;
    }
    // What is called is a function of what the path leads to before.
    const wanted = isCalled && path.length > 1 ? path.slice(0, -1) : path;
    const found = asPathValue(run.wait(JSON.stringify(wanted), () => run.context.read(wanted)));
    const value = this.member(found.value, path.slice(found.depth), flags);
    const isAbsent = value === undefined && isLacking(found.value, found.depth < path.length);
    const isMissing = isAbsent && !(flags & READING.asked && found.depth > 0);
    const read = { path: isAbsent ? path : wanted, depth: found.depth, value: found.value, place, isMissing };
    if (!(flags & READING.nonce)) run.reads.add(read);
    return value;
  }

  /** A property, where functions are lazy values as they are in the offline context. */
  #property(holder: unknown, key: PathKey, isCalled: boolean): unknown {
    if (holder === undefined || holder === null) return undefined;
    const value: unknown = settle(Reflect.get(Object(holder), key));
    if (typeof value === 'function') {
      if (this.#macros.has(value)) return value;
      if (isCalled || typeof holder !== 'object' || Array.isArray(holder)) {
        return (...given: unknown[]): unknown => Reflect.apply(value, holder, given);
      }
    }
    const run = this.#run();
    const settled = run.context.settle(value, holder, String(key));
    return isPromise(settled) ? run.wait(settled, () => settled) : settled;
  }
}

/** Names that are there or not, as a macro is called. */
const OWN_NAMES: ReadonlySet<string> = new Set(['caller']);

/** Whether an object that a path led to lacks what the path asks for next. Lists and nothing at all lack nothing. */
function isLacking(found: unknown, isUnfinished: boolean): boolean {
  return isUnfinished && typeof found === 'object' && found !== null && !Array.isArray(found);
}

function keyOf(key: unknown): PathKey {
  return typeof key === 'number' ? key : String(key);
}

function asPathValue(value: unknown): PathValue {
  if (typeof value === 'object' && value !== null && 'depth' in value && 'value' in value) {
    return { depth: Number(value.depth), value: value.value };
  }
  throw new TypeError('An offline context answered with another value than a path leads to.');
}
