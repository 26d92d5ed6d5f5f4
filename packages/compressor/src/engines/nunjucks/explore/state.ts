import type { RenderFunction } from 'nunjucks/src/environment.js';
import type { Frame } from 'nunjucks/src/runtime.js';
import type { ExploringContext } from './exploring-context.ts';
import type { ExploringFrame } from './frame.ts';

/** Where variables are: the frames from the innermost on, and the context. */
export interface Scope {
  readonly frame: ExploringFrame;
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

/**
 * Puts a scope into a saved state. Frames, context and what holds their variables stay the same objects, because macros and
 * assignments that are going on hold on to them.
 */
export function restoreState({ context }: Scope, { variables, blocks }: ScopeState): void {
  for (const [holder, saved] of variables) {
    for (const name of Object.keys(holder.variables)) {
      if (!Object.hasOwn(saved, name)) delete holder.variables[name];
    }
    Object.assign(holder.variables, saved);
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
