import type { Context } from 'liquidjs';

type Scopes = Record<string, unknown>[];
type Registers = Record<string, unknown>;

/** What running templates changes in a LiquidJS context. */
export interface ContextState {
  readonly scopes: Scopes;
  readonly registers: Registers;
  readonly environments: Record<string, unknown>;
}

/** A copy of the state, which nothing that runs later changes. */
export function saveState(context: Context): ContextState {
  const { scopes, registers } = partsOf(context);
  return {
    scopes: scopes.map((scope) => ({ ...scope })),
    registers: Object.fromEntries(Object.entries(registers).map(([key, value]) => [key, copy(value)])),
    environments: { ...context.environments },
  };
}

/**
 * Puts a context into a saved state. The context stays the same object, because what LiquidJS stores of blocks holds on
 * to it.
 */
export function restoreState(context: Context, { scopes, registers, environments }: ContextState): void {
  Reflect.set(
    context,
    'scopes',
    scopes.map((scope) => ({ ...scope })),
  );
  Reflect.set(
    context,
    'registers',
    Object.fromEntries(Object.entries(registers).map(([key, value]) => [key, copy(value)])),
  );
  context.environments = { ...environments };
  context.breakCalled = false;
  context.continueCalled = false;
}

/** The scopes, outermost first: assigned variables, then what loops, partials and blocks add. */
export function scopesOf(context: Context): Scopes {
  return partsOf(context).scopes;
}

/** The names in the assigned variables that differ from those of a saved state. */
export function changedNames(context: Context, before: ContextState): string[] {
  const old = before.scopes[0] ?? {};
  const now = scopesOf(context)[0] ?? {};
  return Object.keys(now).filter((name) => now[name] !== old[name]);
}

/** LiquidJS declares both private but has no other way to a copy; that they are there is checked. */
function partsOf(context: Context): { scopes: Scopes; registers: Registers } {
  const scopes: unknown = Reflect.get(context, 'scopes');
  const registers: unknown = Reflect.get(context, 'registers');
  if (!isScopes(scopes) || !isRecord(registers)) {
    throw new Error('This version of LiquidJS keeps its scopes in another way; use 10.24 to 10.30.');
  }
  return { scopes, registers };
}

function isScopes(value: unknown): value is Scopes {
  return Array.isArray(value) && value.every(isRecord);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Registers hold lists and tables of their own. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  const isPlain = isRecord(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return isPlain ? { ...value } : value;
}
