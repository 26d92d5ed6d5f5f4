import nodes, { type Node } from 'nunjucks/src/nodes.js';
import runtime from 'nunjucks/src/runtime.js';
import { exploreBranches } from './branches.ts';
import { exploreValue } from './calls.ts';
import { Deferred } from './deferred.ts';
import type { Exploration, Position } from './exploration.ts';
import type { Loop } from './run.ts';
import { restoreState, saveState } from './state.ts';
import { exploreAll } from './statements.ts';

type For = InstanceType<typeof nodes.For>;

/** A loop is entered once to look around. If a block needs the item, or the number of it, it really runs. */
export async function exploreFor(x: Exploration, node: For, position: Position): Promise<void> {
  await exploreValue(x, node.arr, position);
  const before = saveState(position);
  const list = x.peek(node.arr, position, before);
  const loop = { isItemNeeded: x.run.isConcrete };
  if (!loop.isItemNeeded) {
    await x.under([async () => itemsOf(await list(), node).length > 0], () =>
      lookInto(x, node, loop, position),
    );
  }
  if (loop.isItemNeeded) {
    restoreState(position, before);
    await runLoop(x, node, position);
  }
  if (!x.run.isConcrete) x.assignLater(node, position, before);
  if (node.else_ === null) return;
  const isTaken = async () => itemsOf(await list(), node).length === 0;
  await exploreBranches(x, node, [{ isTaken: [isTaken], body: node.else_ }], position);
}

async function lookInto(x: Exploration, node: For, loop: Loop, position: Position): Promise<void> {
  const frame = position.frame.push();
  // A list that the template writes itself may hold macros; one of the site does not.
  const item = new Deferred(() => x.run.needItem(loop), node.arr instanceof nodes.Array);
  for (const name of namesOf(node)) frame.set(name, item);
  frame.set('loop', new Deferred(() => x.run.needItem(loop), false));
  await exploreAll(x, node.body.children, { ...position, frame, isNested: true });
}

async function runLoop(x: Exploration, node: For, position: Position): Promise<void> {
  const items = itemsOf(await x.decide(node.arr, position), node);
  const names = namesOf(node);
  const frame = position.frame.push();
  for (const [index, values] of items.entries()) {
    for (const [number, name] of names.entries()) frame.set(name, values[number]);
    frame.set('loop', countersOf(index, items.length));
    await exploreAll(x, node.body.children, { ...position, frame, isNested: true });
  }
}

function namesOf({ name }: For): string[] {
  const names: readonly Node[] = name instanceof nodes.Array ? name.children : [name];
  return names.flatMap((one) => (one instanceof nodes.Symbol ? [one.value] : []));
}

/** What the names of a loop stand for in each turn. */
function itemsOf(value: unknown, { name }: For): unknown[][] {
  if (!value) return [];
  const list: unknown = runtime.fromIterator(value);
  if (name instanceof nodes.Array && !Array.isArray(list)) return Object.entries(Object(list));
  const { length } = Object(list);
  const items = Array.isArray(list)
    ? list
    : Array.from({ length: Number(length) || 0 }, (_, at) => Object(list)[at]);
  if (!(name instanceof nodes.Array)) return items.map((item) => [item]);
  return items.map((item) => name.children.map((_, at): unknown => Reflect.get(Object(item), at)));
}

function countersOf(index: number, length: number) {
  const [revindex, revindex0] = [length - index, length - index - 1];
  const [first, last] = [index === 0, index === length - 1];
  return { index: index + 1, index0: index, revindex, revindex0, first, last, length };
}
