import type { Unit } from './unit.ts';

/** How a script declares a name that other scripts of the page see. */
export type Declaration = 'var' | 'function' | 'lexical';

/** The names that a classic script shares with the other scripts of its page. */
export interface ScriptNames {
  /** What it declares. */
  readonly declared: ReadonlyMap<string, Declaration>;
  /** What it refers to while it runs, so before a later script runs: outside functions and in those called on the spot. */
  readonly used: ReadonlySet<string>;
}

/** The names of a script that is built, remembered with it. */
export async function scriptNames(unit: Unit): Promise<ScriptNames> {
  const known = remembered.get(unit);
  if (known !== undefined) return known;
  const { parse } = await import('rolldown/utils');
  const { program } = await parse('script.js', unit.text, { sourceType: 'script', lang: 'js' });
  const declared = new Map<string, Declaration>();
  for (const statement of program.body) declaredNames(statement, true, declared);
  const used = new Set<string>();
  usedNames(program, used);
  const names = { declared, used };
  remembered.set(unit, names);
  return names;
}

const remembered = new WeakMap<Unit, ScriptNames>();

/**
 * Whether a later script may not share a file with an earlier one. In one file, what the later declares is there before the
 * earlier runs: a function would replace one of the same name or answer to `typeof`, a `let` would be out of reach, and a
 * name declared twice would be a syntax error for both.
 */
export function collides(later: ScriptNames, earlier: ScriptNames): boolean {
  for (const [name, declaration] of later.declared) {
    const before = earlier.declared.get(name);
    if (before !== undefined && (declaration !== 'var' || before === 'lexical')) return true;
    if (declaration !== 'var' && earlier.used.has(name)) return true;
  }
  return false;
}

/** A node of the syntax tree (ESTree). */
interface Node {
  readonly type: string;
}

/** Notes what a statement declares for the whole script: `var` and functions count inside blocks too. */
function declaredNames(node: Node, isTopLevel: boolean, found: Map<string, Declaration>): void {
  const note = (names: unknown, declaration: Declaration) => {
    // What a function or `let` declares it stays, if a `var` of that name follows.
    for (const name of bindingNames(names))
      if (declaration !== 'var' || !found.has(name)) found.set(name, declaration);
  };
  const kind = read(node, 'kind');
  if (node.type === 'FunctionDeclaration') {
    note(read(node, 'id'), isTopLevel ? 'function' : 'var');
    return;
  }
  if (node.type === 'ClassDeclaration') {
    if (isTopLevel) note(read(node, 'id'), 'lexical');
    return;
  }
  if (node.type === 'VariableDeclaration' && (kind === 'var' || isTopLevel)) {
    for (const each of children(node, 'declarations')) {
      note(read(each, 'id'), kind === 'var' ? 'var' : 'lexical');
    }
    return;
  }
  // Only statements hold statements; functions and expressions keep their names to themselves.
  for (const key of STATEMENT_KEYS) {
    for (const child of children(node, key)) declaredNames(child, false, found);
  }
}

const STATEMENT_KEYS = [
  ...['body', 'consequent', 'alternate', 'init', 'left', 'block', 'handler', 'finalizer', 'cases'],
] as const;

/** Notes the names that are referred to when a node is evaluated. Names bound inside count too: one more cut does no harm. */
function usedNames(node: Node, found: Set<string>): void {
  if (node.type === 'Identifier') {
    const name = read(node, 'name');
    if (typeof name === 'string') found.add(name);
    return;
  }
  const isCall = node.type === 'CallExpression' || node.type === 'NewExpression';
  for (const key of Object.keys(node)) {
    if (key === 'property' && read(node, 'computed') !== true) {
      // In `window.name` the property is a reference too.
      const object = read(node, 'object');
      if (!isNode(object) || !GLOBAL_OBJECTS.has(String(read(object, 'name')))) continue;
    }
    if (key === 'key' && read(node, 'computed') !== true) continue;
    for (const child of children(node, key)) {
      if (!isFunction(child)) usedNames(child, found);
      else if (isCall && key === 'callee') usedNames(functionOf(child), found);
      else if (key === 'object' && /^(?:call|apply)$/.test(propertyName(node)))
        usedNames(functionOf(child), found);
    }
  }
}

const GLOBAL_OBJECTS = new Set(['window', 'globalThis', 'self', 'frames', 'top', 'parent']);

function isFunction(node: Node): boolean {
  return (
    /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) ||
    (node.type === 'ParenthesizedExpression' && isFunction(functionOf(node)))
  );
}

/** A function out of its parentheses. */
function functionOf(node: Node): Node {
  const inner = node.type === 'ParenthesizedExpression' ? read(node, 'expression') : undefined;
  return isNode(inner) ? functionOf(inner) : node;
}

function propertyName(node: Node): string {
  const property = read(node, 'property');
  return isNode(property) ? String(read(property, 'name')) : '';
}

/** The names that a pattern binds. */
function bindingNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  const name = read(pattern, 'name');
  if (pattern.type === 'Identifier' && typeof name === 'string') return [name];
  return ['properties', 'elements', 'value', 'argument', 'left'].flatMap((key) =>
    children(pattern, key).flatMap(bindingNames),
  );
}

function read(node: Node, key: string): unknown {
  return Reflect.get(node, key);
}

function children(node: Node, key: string): Node[] {
  const value = read(node, key);
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
