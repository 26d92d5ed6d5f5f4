import type { Node } from 'nunjucks/src/nodes.js';

/** A value that is found out only when a block needs it. It stands in frames and contexts like any value. */
export class Deferred {
  readonly #find: () => unknown;
  /** Whether it may turn out to be a macro, so that a call of it is worth finding out. */
  readonly mayBeMacro: boolean;

  constructor(find: () => unknown, mayBeMacro: boolean) {
    this.#find = find;
    this.mayBeMacro = mayBeMacro;
  }

  /** @throws Signal */
  find(): unknown {
    let value = this.#find();
    while (value instanceof Deferred) value = value.find();
    return value;
  }
}

/** What a deferred value is if the tag that might assign it does not. */
export const ABSENT = Symbol('absent');

/** What a value stands for, if it stands for one. */
export function settle(value: unknown): unknown {
  const settled = settleOrAbsent(value);
  return settled === ABSENT ? undefined : settled;
}

/** The same, or {@link ABSENT}, so that a name further out is meant. */
export function settleOrAbsent(value: unknown): unknown {
  return value instanceof Deferred ? value.find() : value;
}

/** Whether a variable with a value is there, as Nunjucks sees it. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== ABSENT;
}

/** A macro, or what is between `{% call %}` and `{% endcall %}`, by the key that the compiler writes. */
export function macroKey(node: Node): string {
  return `${node.typename}:${node.lineno}:${node.colno}`;
}
