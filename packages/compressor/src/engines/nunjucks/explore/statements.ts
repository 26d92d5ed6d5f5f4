import nodes, { type Node } from 'nunjucks/src/nodes.js';
import { placeAt } from '../positions.ts';
import { contains, isSuper } from '../tree.ts';
import { exploreIf, exploreSwitch } from './branches.ts';
import { exploreValue } from './calls.ts';
import type { Exploration, Position } from './exploration.ts';
import { exploreFor } from './loops.ts';
import { Signal } from './signals.ts';
import { restoreState, saveState } from './state.ts';
import { exploreExtends, exploreFromImport, exploreImport, exploreInclude } from './templates.ts';

/** Explores nodes one after the other. What fails is reported, and leaves no trace. */
export async function exploreAll(x: Exploration, list: readonly Node[], position: Position): Promise<void> {
  for (const node of list) {
    const before = saveState(position);
    try {
      if (node.lineno !== undefined) x.run.place = placeAt(position.template.file, node);
      await exploreOne(x, node, position);
    } catch (error) {
      restoreState(position, before);
      if (!(error instanceof Signal)) x.fail(error);
    }
  }
}

async function exploreOne(x: Exploration, node: Node, position: Position): Promise<void> {
  if (node instanceof nodes.Output) {
    for (const value of node.children) await exploreValue(x, value, position);
  } else if (node instanceof nodes.If) await exploreIf(x, node, position);
  else if (node instanceof nodes.For) await exploreFor(x, node, position);
  else if (node instanceof nodes.Set) await exploreSet(x, node, position);
  else if (node instanceof nodes.Switch) await exploreSwitch(x, node, position);
  else if (node instanceof nodes.Block) await exploreBlock(x, node, position);
  else if (node instanceof nodes.Include) await exploreInclude(x, node, position);
  else if (node instanceof nodes.Extends) await exploreExtends(x, node, position);
  else if (node instanceof nodes.Import) await exploreImport(x, node, position);
  else if (node instanceof nodes.FromImport) await exploreFromImport(x, node, position);
  else if (node instanceof nodes.CallExtension) await exploreTag(x, node, position);
  else if (node instanceof nodes.NodeList) await exploreAll(x, node.children, position);
  else if (node instanceof nodes.Macro) {
    // Defining a macro runs nothing of it.
    await x.evaluate(position, () => x.machine.tag(x.run, node, position));
  }
}

async function exploreSet(x: Exploration, node: InstanceType<typeof nodes.Set>, position: Position) {
  const { frame, context } = position;
  const before = saveState(position);
  const value = node.value ?? node.body;
  if (value === undefined) return;
  // What is assigned outside of blocks may be shown inside of one.
  await x.maybe(() => exploreValue(x, value, { ...position, isDiscarded: false }));
  const later = x.later(value, position, before);
  for (const { value: name } of node.targets) {
    frame.setLater(name, later);
    if (!frame.topLevel) continue;
    context.setVariable(name, later);
    if (!name.startsWith('_')) context.addExport(name);
  }
}

/** A tag of the site: what is in it is shown, as far as anybody knows, once and with the same variables. */
async function exploreTag(
  x: Exploration,
  node: InstanceType<typeof nodes.CallExtension>,
  position: Position,
) {
  const before = saveState(position);
  await x.maybe(async () => {
    for (const given of node.args.children) await exploreValue(x, given, position);
    for (const content of node.contentArgs) if (content !== null) await exploreAll(x, [content], position);
  });
  x.assignLater(node, position, before);
}

/** A block is shown by the last template that has it; a child template itself does not show it. */
async function exploreBlock(x: Exploration, node: InstanceType<typeof nodes.Block>, position: Position) {
  if (position.isDiscarded && position.block === undefined) return;
  await exploreBlockAt(x, node.name.value, 0, position);
}

/** @param index how many templates further up than the last one that has the block */
export async function exploreBlockAt(x: Exploration, name: string, index: number, position: Position) {
  const blocks = x.machine.blocksOf(name, position);
  if (index >= blocks.length) {
    throw new Error(index === 0 ? `unknown block "${name}"` : `no super block available for "${name}"`);
  }
  const block = blocks[index];
  if (block === undefined) return;
  const { node, template } = block;
  const inner: Position = {
    ...position,
    template,
    frame: position.frame.push(true),
    block: { name, index },
    isNested: false,
  };
  await x.nested(`${template.file} block ${name} ${index}`, async () => {
    // Nunjucks shows super() first, wherever it stands in the block.
    if (contains(node.body, isSuper)) {
      await x.maybe(() => exploreBlockAt(x, name, index + 1, inner), node.body.children.some(showsSuper));
    }
    await exploreAll(x, node.body.children, inner);
  });
}

/** Whether a block shows its parent under all circumstances. */
function showsSuper(node: Node): boolean {
  return node instanceof nodes.Output && node.children.some(isSuper);
}
