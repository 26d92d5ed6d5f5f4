import type { RenderFunction } from 'nunjucks/src/environment.js';
import type { Frame } from 'nunjucks/src/runtime.js';
import type { ExploringContext } from './exploring-context.ts';

/** Where variables are: the frames from the innermost on, and the context. */
export interface Scope {
  readonly frame: Frame;
  readonly context: ExploringContext;
}

/** Something that holds variables. */
export type Holder = Frame | ExploringContext;

/** What running templates changes in a scope. */
export interface ScopeState {
  readonly variables: readonly (readonly [holder: Holder, variables: Readonly<Record<string, unknown>>])[];
  readonly blocks: Readonly<Record<string, readonly RenderFunction[]>>;
}

/** A copy of the state, which nothing that runs later changes. */
export function saveState({ frame, context }: Scope): ScopeState {
  const holders: Holder[] = [context];
  for (let one: Frame | undefined = frame; one !== undefined; one = one.parent) holders.push(one);
  return {
    variables: holders.map((holder) => [holder, { ...holder.variables }] as const),
    blocks: { ...context.blocks },
  };
}

/** Puts a scope into a saved state. Frames and context stay the same objects, because macros hold on to them. */
export function restoreState({ context }: Scope, { variables, blocks }: ScopeState): void {
  for (const [holder, saved] of variables) {
    holder.variables = Object.assign(Object.create(null), saved);
  }
  context.blocks = Object.fromEntries(Object.entries(blocks).map(([name, list]) => [name, [...list]]));
}

/** The variables that differ from those of a saved state. */
export function changedVariables({ variables }: ScopeState): { holder: Holder; name: string }[] {
  return variables.flatMap(([holder, before]) =>
    Object.keys(holder.variables)
      .filter((name) => holder.variables[name] !== before[name])
      .map((name) => ({ holder, name })),
  );
}
