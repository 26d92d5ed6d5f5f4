import runtime, { type Frame } from 'nunjucks/src/runtime.js';
import { ABSENT, Deferred, isPresent, settleOrAbsent } from './deferred.ts';

/**
 * What a parameter or a loop variable is that has no value. Nunjucks compiles them to variables of the function they are in:
 * there, nothing further out is meant, while in what that function shows, it is.
 */
export const UNBOUND = Symbol('unbound');

/** A frame in which values may have stand-ins. Templates that run find them out; exploring passes them on. */
export class ExploringFrame extends runtime.Frame {
  override push(isolateWrites?: boolean): ExploringFrame {
    return new ExploringFrame(this, isolateWrites);
  }

  /** A value, or {@link UNBOUND}. */
  override lookup(name: string): unknown {
    let isSameFunction = true;
    for (let one: Frame | undefined = this; one !== undefined; one = one.parent) {
      const held = one.variables[name];
      if (held === UNBOUND && isSameFunction) return UNBOUND;
      const value = held === UNBOUND ? ABSENT : settleOrAbsent(held);
      if (isPresent(value)) return value;
      if (one.isolateWrites) isSameFunction = false;
    }
    return undefined;
  }

  override resolve(name: string, forWrite?: boolean): Frame | undefined {
    const parent = forWrite && this.isolateWrites ? undefined : this.parent;
    return hasValue(this, name) ? this : parent?.resolve(name);
  }

  /** Gives a parameter or a loop variable its value. */
  bind(name: string, value: unknown): void {
    this.variables[name] = value === undefined ? UNBOUND : value;
  }

  /**
   * Assigns as `{% set %}` does, but without finding anything out: where a variable may be there or not, it is only known
   * later which frame gets the value.
   */
  setLater(name: string, value: unknown): void {
    const holders = this.#holdersOf(name);
    const [first] = holders;
    if (first === undefined || !(first.variables[name] instanceof Deferred)) {
      (first ?? this).variables[name] = value;
      return;
    }
    const before = new Map(holders.map((holder) => [holder, holder.variables[name]]));
    let target: Frame | undefined;
    const targetNow = (): Frame => {
      target ??= holders.find((holder) => isPresent(settleOrAbsent(before.get(holder)))) ?? this;
      return target;
    };
    for (const holder of new Set([this, ...holders])) {
      const old = before.has(holder) ? before.get(holder) : ABSENT;
      const mayBeMacro = [old, value].some((one) => one instanceof Deferred && one.mayBeMacro);
      holder.variables[name] = new Deferred(() => (targetNow() === holder ? value : old), mayBeMacro);
    }
  }

  /** The frames that may have a variable, from the innermost on, up to one that certainly has it. */
  #holdersOf(name: string): Frame[] {
    const holders: Frame[] = [];
    for (let one: Frame | undefined = this; one !== undefined; one = one.parent) {
      const held = one.variables[name];
      if (held !== undefined && held !== UNBOUND) holders.push(one);
      const isCertain = held !== undefined && held !== UNBOUND && !(held instanceof Deferred);
      if (isCertain || (one === this && this.isolateWrites)) break;
    }
    return holders;
  }
}

function hasValue({ variables }: Frame, name: string): boolean {
  const held = variables[name];
  return held !== UNBOUND && isPresent(settleOrAbsent(held));
}
