import nodes, { type Node, type NodeList } from 'nunjucks/src/nodes.js';
import type { IsTaken } from '../../../offline/exploration.ts';
import { exploreValue } from './calls.ts';
import type { Exploration, Position } from './exploration.ts';
import { restoreState, saveState } from './state.ts';
import { exploreAll } from './statements.ts';

/** One way that a tag may go. */
interface Branch {
  readonly isTaken: readonly IsTaken[];
  readonly body: Node;
}

/** Every branch of a condition. */
export async function exploreIf(x: Exploration, node: InstanceType<typeof nodes.If>, position: Position) {
  const state = saveState(position);
  const branches: Branch[] = [];
  const before: IsTaken[] = [];
  let rest: Node | null = node;
  while (rest instanceof nodes.If) {
    await exploreValue(x, rest.cond, position);
    const value = x.peek(rest.cond, position, state);
    branches.push({ isTaken: [...before, async () => Boolean(await value())], body: rest.body });
    before.push(async () => !(await value()));
    rest = rest.else_;
  }
  if (rest !== null) branches.push({ isTaken: before, body: rest });
  await exploreBranches(x, node, branches, position);
}

/** Every case of a `switch`. A case with nothing in it goes on to the next one. */
export async function exploreSwitch(
  x: Exploration,
  node: InstanceType<typeof nodes.Switch>,
  position: Position,
) {
  const value = x.peek(node.expr, position);
  const cases = node.cases.map(({ cond, body }) => ({ value: x.peek(cond, position), body }));
  /** The number of the case that is taken. */
  const taken = async (): Promise<number> => {
    const wanted = await value();
    for (const [index, one] of cases.entries()) {
      if ((await one.value()) === wanted) return goOn(index);
    }
    return cases.length;
  };
  const goOn = (index: number): number =>
    cases[index] !== undefined && cases[index].body.children.length === 0 ? goOn(index + 1) : index;
  const bodies: (NodeList | null)[] = [...cases.map(({ body }) => body), node.default];
  await exploreBranches(
    x,
    node,
    bodies.flatMap((body, index) =>
      body === null ? [] : [{ body, isTaken: [async () => (await taken()) === index] }],
    ),
    position,
  );
}

/**
 * Each branch is explored with the variables as they are before. What any of them changes has a stand-in after the tag, which
 * runs the whole tag once a block needs it.
 */
export async function exploreBranches(
  x: Exploration,
  node: Node,
  branches: readonly Branch[],
  position: Position,
): Promise<void> {
  if (x.run.isConcrete) return exploreTaken(x, branches, position);
  const before = saveState(position);
  const changes = new Map<object, Record<string, unknown>>();
  for (const { isTaken, body } of branches) {
    restoreState(position, before);
    await x.under(isTaken, () => exploreAll(x, [body], position));
    for (const [holder, old] of before.variables) {
      const changed = Object.entries(holder.variables).filter(([name, value]) => value !== old[name]);
      changes.set(holder, { ...changes.get(holder), ...Object.fromEntries(changed) });
    }
  }
  restoreState(position, before);
  // What a branch assigned is marked as changed.
  for (const [holder] of before.variables) Object.assign(holder.variables, changes.get(holder));
  x.assignLater(node, position, before);
}

async function exploreTaken(x: Exploration, branches: readonly Branch[], position: Position): Promise<void> {
  for (const { isTaken, body } of branches) {
    const answers = await Promise.all(isTaken.map((one) => one()));
    if (answers.every(Boolean)) return exploreAll(x, [body], position);
  }
}
