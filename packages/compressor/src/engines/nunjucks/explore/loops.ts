import nodes, { type Node } from 'nunjucks/src/nodes.js';
import runtime from 'nunjucks/src/runtime.js';
import { exploreValue } from './calls.ts';
import { Deferred } from './deferred.ts';
import type { Exploration, Position } from './exploration.ts';
import type { Loop } from './run.ts';
import { changedVariables, restoreState, saveState } from './state.ts';
import { exploreAll } from './statements.ts';

type For = InstanceType<typeof nodes.For>;

/** A loop is entered once to look around. If a block needs the item, or what a turn before it assigned, the loop really runs. */
export async function exploreFor(x: Exploration, node: For, position: Position): Promise<void> {
  await exploreValue(x, node.arr, position);
  const before = saveState(position);
  const list = x.peek(node.arr, position, before);
  const isEmpty = async () => itemsOf(await list(), node).length === 0;
  if (x.run.isConcrete) {
    await runLoop(x, node, position);
    if (await isEmpty()) await exploreElse(x, node, position);
    return;
  }
  const loop = { isItemNeeded: false };
  await x.under([async () => !(await isEmpty())], () => lookInto(x, node, loop, position));
  if (loop.isItemNeeded) {
    restoreState(position, before);
    await x.maybe(() => runLoop(x, node, position));
  }
  const changed = changedVariables(before).map((one) => ({ ...one, value: one.holder.variables[one.name] }));
  restoreState(position, before);
  await x.under([isEmpty], () => exploreElse(x, node, position));
  for (const { holder, name, value } of changed) holder.variables[name] = value;
  x.assignLater(node, position, before);
}

/** What is shown instead stands in the frame of the loop, too. */
async function exploreElse(x: Exploration, node: For, position: Position): Promise<void> {
  if (node.else_ === null) return;
  const frame = position.frame.push();
  for (const name of namesOf(node)) frame.bind(name, undefined);
  await exploreAll(x, [node.else_], { ...position, frame, isNested: true });
}

async function lookInto(x: Exploration, node: For, loop: Loop, position: Position): Promise<void> {
  const { run } = x;
  const before = saveState(position);
  const { blocks } = run;
  const names = new Set<string>();
  const frame = position.frame.push();
  // A list that the template writes itself may hold macros; one of the site does not.
  const item = new Deferred(() => run.needItem(loop), node.arr instanceof nodes.Array);
  const counters = new Deferred(() => run.needItem(loop), false);
  for (const name of namesOf(node)) frame.set(name, item);
  frame.set('loop', counters);
  await run.with({ names }, () => exploreAll(x, node.body.children, { ...position, frame, isNested: true }));
  for (const name of names) run.names.add(name);
  // What a turn assigns, the next one finds.
  const own = Object.keys(frame.variables).filter(
    (name) => ![item, counters].includes(Object(frame.variables[name])),
  );
  const assigned = [...changedVariables(before).map(({ name }) => name), ...own];
  if (run.blocks > blocks && assigned.some((name) => names.has(name))) loop.isItemNeeded = true;
}

async function runLoop(x: Exploration, node: For, position: Position): Promise<void> {
  const items = itemsOf(await x.decide(node.arr, position, lacking), node);
  const names = namesOf(node);
  const frame = position.frame.push();
  for (const [index, values] of items.entries()) {
    for (const [number, name] of names.entries()) frame.bind(name, values[number]);
    frame.set('loop', countersOf(index, items.length));
    await exploreAll(x, node.body.children, { ...position, frame, isNested: true });
  }
}

const lacking = (name: string): string => `a block needs the items of "${name}"`;

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
