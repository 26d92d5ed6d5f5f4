import type { Context } from 'liquidjs';

type Table = Record<string, unknown>;

/** An object with what it held at a moment. Tags hold on to such objects, so they are changed back in place. */
interface Held {
  readonly object: object;
  readonly content: readonly unknown[] | Readonly<Table>;
}

/** What running templates changes in a LiquidJS context. */
export interface ContextState {
  readonly scopes: readonly Held[];
  readonly registers: Readonly<Table>;
  readonly tables: readonly Held[];
  readonly environments: Held;
}

/**
 * A copy of the state, which nothing that runs later changes.
 *
 * @param next the state that the context is put into for a while; what that changes in objects that the context does not hold
 * at the moment is put back, too
 */
export function saveState(context: Context, next?: ContextState): ContextState {
  const { scopes, registers } = partsOf(context);
  const others = next === undefined ? [] : [...next.scopes, ...next.tables].map(({ object }) => object);
  return {
    scopes: scopes.map(hold),
    registers: { ...registers },
    tables: [...new Set([...Object.values(registers).filter(isTable), ...others])].map(hold),
    environments: hold(context.environments),
  };
}

/** Puts a context, and the objects in it, into a saved state. */
export function restoreState(
  context: Context,
  { scopes, registers, tables, environments }: ContextState,
): void {
  for (const held of [...scopes, ...tables, environments]) putBack(held);
  Reflect.set(
    context,
    'scopes',
    scopes.map(({ object }) => object),
  );
  Reflect.set(context, 'registers', { ...registers });
  context.breakCalled = false;
  context.continueCalled = false;
}

/** The scopes, outermost first: assigned variables, then what loops, partials and blocks add. */
export function scopesOf(context: Context): Table[] {
  return partsOf(context).scopes;
}

/** The names in the assigned variables that differ from those of a saved state. */
export function changedNames(context: Context, before: ContextState): string[] {
  const old = { ...before.scopes[0]?.content };
  const now = scopesOf(context)[0] ?? {};
  return Object.keys(now).filter((name) => now[name] !== Reflect.get(old, name));
}

/** What a register held when a state was saved. */
export function savedRegister({ registers, tables }: ContextState, name: string): Readonly<Table> {
  const held = tables.find(({ object }) => object === registers[name]);
  return { ...held?.content };
}

function hold(object: object): Held {
  return { object, content: Array.isArray(object) ? [...object] : { ...object } };
}

function putBack({ object, content }: Held): void {
  if (Array.isArray(object)) {
    object.splice(0, object.length, ...Object.values(content));
    return;
  }
  for (const key of Object.keys(object))
    if (!Object.hasOwn(content, key)) Reflect.deleteProperty(object, key);
  Object.assign(object, content);
}

/** LiquidJS declares both private but has no other way to a copy; that they are there is checked. */
function partsOf(context: Context): { scopes: Table[]; registers: Table } {
  const scopes: unknown = Reflect.get(context, 'scopes');
  const registers: unknown = Reflect.get(context, 'registers');
  if (!isScopes(scopes) || !isRecord(registers)) {
    throw new Error('This version of LiquidJS keeps its scopes in another way; use 10.24 to 10.30.');
  }
  return { scopes, registers };
}

function isScopes(value: unknown): value is Table[] {
  return Array.isArray(value) && value.every(isRecord);
}

function isRecord(value: unknown): value is Table {
  return typeof value === 'object' && value !== null;
}

/** Registers hold lists and tables of their own. */
function isTable(value: unknown): value is object {
  if (Array.isArray(value)) return true;
  return isRecord(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
