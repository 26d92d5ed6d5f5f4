import nodes, { type Node } from 'nunjucks/src/nodes.js';
import type { Frame } from 'nunjucks/src/runtime.js';
import { Deferred, settle } from './deferred.ts';
import type { Scope } from './state.ts';

/** A name, and the names of properties after it, where all are written in the template. */
function pathOf(node: Node): readonly [name: string, ...keys: string[]] | undefined {
  if (node instanceof nodes.Symbol) return [node.value];
  if (!(node instanceof nodes.LookupVal) || !(node.val instanceof nodes.Literal)) return undefined;
  const path = pathOf(node.target);
  return path === undefined ? undefined : [...path, String(node.val.value)];
}

/** What a template itself has given a name. */
function ownVariable(name: string, { frame, context }: Scope): unknown {
  for (let one: Frame | undefined = frame; one !== undefined; one = one.parent) {
    const value = one.variables[name];
    if (value !== undefined) return value;
  }
  return Object.hasOwn(context.variables, name) ? context.variables[name] : undefined;
}

/**
 * Whether a value may be a macro, or hold some: what templates have named, and what chooses from that. Variables of the site
 * are none, and finding out costs nothing that a block might not need.
 */
export function mayBeMacro(node: Node, scope: Scope): boolean {
  if (node instanceof nodes.InlineIf) {
    return mayBeMacro(node.body, scope) || (node.else_ !== null && mayBeMacro(node.else_, scope));
  }
  if (node instanceof nodes.Group || node instanceof nodes.Array) {
    return node.children.some((child) => mayBeMacro(child, scope));
  }
  if (node instanceof nodes.Dict) {
    return node.children.some((child) => child instanceof nodes.Pair && mayBeMacro(child.value, scope));
  }
  const [name] = pathOf(node) ?? [];
  const value = name === undefined ? undefined : ownVariable(name, scope);
  if (value instanceof Deferred) return value.mayBeMacro;
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

/**
 * The function that a path of names leads to, if a template has named it.
 *
 * @throws Signal
 */
export function findFunction(node: Node, scope: Scope): object | undefined {
  const path = mayBeMacro(node, scope) ? pathOf(node) : undefined;
  if (path === undefined) return undefined;
  const [name, ...keys] = path;
  let value = settle(ownVariable(name, scope));
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = settle(Reflect.get(value, key));
  }
  return typeof value === 'function' ? value : undefined;
}
