import nodes, { type Node } from 'nunjucks/src/nodes.js';
import runtime from 'nunjucks/src/runtime.js';
import { CompressorError } from '../../../errors.ts';
import { CompressorTemplate } from '../template.ts';
import type { Exploration, Parent, Position } from './exploration.ts';
import { ExploringFrame } from './frame.ts';
import type { Spot } from './machine.ts';
import { restoreState, saveState } from './state.ts';
import { exploreAll } from './statements.ts';

type Reference = Pick<InstanceType<typeof nodes.Include>, 'template'> & Node;

/** A template, and the layouts it extends, each in the scope that the one before left. */
export async function exploreTemplate(
  x: Exploration,
  scope: Omit<Spot, 'block' | 'isNested'>,
  isDiscarded: boolean,
): Promise<void> {
  const { template, context } = scope;
  const children = template.parsed.root.children;
  const isChild = children.some((node) => node instanceof nodes.Extends);
  const parents: Parent[] = [];
  const position: Position = {
    ...scope,
    block: undefined,
    isNested: false,
    isDiscarded: isDiscarded || isChild,
    parents,
  };
  await x.nested(template.file, async () => {
    await exploreAll(x, children, position);
    const before = saveState(position);
    for (const parent of parents) {
      restoreState(position, before);
      for (const [name, block] of Object.entries(parent.template.blocks)) {
        if (!context.blocks[name]?.includes(block)) context.addBlock(name, block);
      }
      const explore = () => exploreTemplate(x, { ...scope, template: parent.template }, isDiscarded);
      const isSure = parent.isNamed && parents.length === 1;
      await x.under(parent.conditions, () => x.maybe(explore, isSure));
    }
  });
}

export async function exploreExtends(x: Exploration, node: Reference, position: Position): Promise<void> {
  const template = await findUsed(x, node, false, position);
  if (template === undefined) return;
  position.parents.push({ template, conditions: x.run.conditions, isNamed: isNamed(node, position) });
  for (const [name, block] of Object.entries(template.blocks)) position.context.addBlock(name, block);
}

export async function exploreInclude(
  x: Exploration,
  node: InstanceType<typeof nodes.Include>,
  position: Position,
): Promise<void> {
  const template = await findUsed(x, node, node.ignoreMissing === true, position);
  if (template === undefined) return;
  const frame = position.frame.push(true);
  frame.topLevel = true;
  const context = position.context.child(template.blocks);
  const explore = () => exploreTemplate(x, { template, context, frame }, position.isDiscarded);
  await x.maybe(explore, isNamed(node, position));
}

export async function exploreImport(
  x: Exploration,
  node: InstanceType<typeof nodes.Import>,
  position: Position,
): Promise<void> {
  const exported = await exploreExports(x, node, node.withContext === true, position);
  if (exported !== undefined) bind(node.target.value, exported, position);
}

export async function exploreFromImport(
  x: Exploration,
  node: InstanceType<typeof nodes.FromImport>,
  position: Position,
): Promise<void> {
  const exported = await exploreExports(x, node, node.withContext === true, position);
  if (exported === undefined) return;
  for (const one of node.names.children) {
    const [name, alias] = namesOf(one);
    if (!Object.hasOwn(exported, name)) throw new Error(`cannot import '${name}'`);
    bind(alias, exported[name], position);
  }
}

/** What an imported template exports. What it shows itself is thrown away. */
async function exploreExports(x: Exploration, node: Reference, isInContext: boolean, position: Position) {
  const template = await findUsed(x, node, false, position);
  if (template === undefined) return undefined;
  const frame = isInContext ? position.frame.push() : new ExploringFrame();
  frame.topLevel = true;
  const context = isInContext
    ? position.context.child(template.blocks)
    : x.machine.createAlone(template.blocks);
  await exploreTemplate(x, { template, context, frame }, true);
  return context.getExported();
}

function namesOf(node: Node): [name: string, alias: string] {
  const pair = node instanceof nodes.Pair ? [node.key, node.value] : [node, node];
  const [name = '', alias = ''] = pair.map((one) => (one instanceof nodes.Symbol ? one.value : ''));
  return [name, alias];
}

function bind(name: string, value: unknown, { frame, context, isNested }: Position): void {
  if (isNested) frame.set(name, value);
  else context.setVariable(name, value);
}

/** Whether the name of a template is written where it is used. The parser has put a call of ours around it. */
function isNamed({ template: name }: Reference, { template }: Position): boolean {
  const isOurs = name instanceof nodes.FunCall && name.name instanceof nodes.Symbol;
  const given =
    isOurs && template.parsed.own.get(name.name.value)?.type === 'template' ? name.args.children[0] : name;
  return given instanceof nodes.Literal;
}

const lacking = (name: string): string => `the layout hangs on "${name}"`;

/** The template that a tag names; undefined if there is none and need not be. */
async function findUsed(
  x: Exploration,
  node: Reference,
  ignoreMissing: boolean,
  position: Position,
): Promise<CompressorTemplate | undefined> {
  const isLayout = node instanceof nodes.Extends;
  const name = await x.decide(node.template, position, isLayout ? lacking : undefined);
  const isName =
    typeof name === 'string' || name instanceof runtime.SafeString || name instanceof CompressorTemplate;
  if (!isName && node instanceof nodes.Include) {
    const tag = position.template.parsed.textOf(node);
    throw new CompressorError('include-undecided', {
      message: `no context says which template "${tag}" shows`,
    });
  }
  if (!isName && isLayout) return undefined;
  const template = await x.machine.find(isName ? name : String(name), position.template, ignoreMissing);
  if (template === undefined) return undefined;
  x.run.visitor.uses(position.template.file, template.file);
  return template;
}
