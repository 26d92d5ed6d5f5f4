import nodes, { type Node } from 'nunjucks/src/nodes.js';

/** What a node holds: nodes, lists of nodes, and plain values, by the name of the field. */
function fieldsOf(node: Node): [name: string, value: unknown][] {
  // The text that `{% set %}` … `{% endset %}` assigns is in none of the fields that Nunjucks lists.
  const names = node instanceof nodes.Set ? [...node.fields, 'body'] : node.fields;
  return names.map((name) => [name, Reflect.get(node, name)]);
}

/** The nodes directly in a node, in the order of the template. */
export function childrenOf(node: Node): Node[] {
  return fieldsOf(node)
    .flatMap(([, value]): unknown[] => (Array.isArray(value) ? value : [value]))
    .filter((value) => value instanceof nodes.Node);
}

/** Replaces nodes of a tree in place, innermost first. What `change` answers takes the place of a node. */
export function rewrite(node: Node, change: (node: Node) => Node): Node {
  const one = (value: unknown): unknown => (value instanceof nodes.Node ? rewrite(value, change) : value);
  for (const [name, value] of fieldsOf(node)) {
    if (Array.isArray(value)) Reflect.set(node, name, value.map(one));
    else if (value instanceof nodes.Node) Reflect.set(node, name, one(value));
  }
  return change(node);
}

/** A copy of a tree: preparing a tree for compiling changes it. */
export function copyTree<T extends Node>(node: T): T {
  const one = (value: unknown): unknown => (value instanceof nodes.Node ? copyTree(value) : value);
  const copy: T = Object.assign(Object.create(Object.getPrototypeOf(node)), node);
  for (const [name, value] of fieldsOf(node)) {
    if (Array.isArray(value)) Reflect.set(copy, name, value.map(one));
    else if (value instanceof nodes.Node) Reflect.set(copy, name, one(value));
  }
  return copy;
}

/** A node and all nodes in it. */
export function nodesIn(node: Node): Node[] {
  return [node, ...childrenOf(node).flatMap(nodesIn)];
}

/** All blocks of a template, which layouts and children share by name. */
export function blocksIn(root: Node) {
  return nodesIn(root).filter((node) => node instanceof nodes.Block);
}

/** Whether a node or one in it passes a test. */
export function contains(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => contains(child, test));
}

/** A call of a function by its name. */
export function call(at: Pick<Node, 'lineno' | 'colno'>, name: string, ...given: Node[]) {
  const [line, column] = [at.lineno ?? 0, at.colno ?? 0];
  const args = new nodes.NodeList(line, column, given);
  return new nodes.FunCall(line, column, new nodes.Symbol(line, column, name), args);
}

/** Whether a node is `super()`. */
export function isSuper(node: Node): boolean {
  return node instanceof nodes.FunCall && node.name instanceof nodes.Symbol && node.name.value === 'super';
}
