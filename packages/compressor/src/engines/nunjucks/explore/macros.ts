import nodes, { type Node } from 'nunjucks/src/nodes.js';
import runtime from 'nunjucks/src/runtime.js';
import { Deferred, macroKey } from './deferred.ts';
import type { Exploration, Position } from './exploration.ts';
import { findFunction } from './find-macro.ts';
import { ExploringFrame } from './frame.ts';
import type { KnownMacro } from './machine.ts';
import { saveState } from './state.ts';
import { exploreAll, exploreBlockAt } from './statements.ts';

type Call = InstanceType<typeof nodes.FunCall>;

/** A call of a macro is followed; what else is called does not run. */
export async function exploreCall(x: Exploration, node: Call, position: Position): Promise<void> {
  const { template, block } = position;
  const own = node.name instanceof nodes.Symbol ? template.parsed.own.get(node.name.value) : undefined;
  if (own?.type === 'super' && block !== undefined) {
    return exploreBlockAt(x, block.name, block.index + 1, position);
  }
  if (own !== undefined) return;
  const callee = await x.evaluate(position, () => findFunction(node.name, position));
  const macro = callee === undefined ? undefined : x.machine.macros.get(callee);
  const given = macro === undefined ? undefined : await argumentsOf(x, node, position);
  if (macro !== undefined && given !== undefined) return exploreMacro(x, macro, given, position);
  const caller = keywordsOf(node).find(([name]) => name === 'caller')?.[1];
  if (!(caller instanceof nodes.Caller)) return;
  // Nobody knows what a function of the site calls it with.
  const unknown = new Deferred(() => x.run.needItem({ isItemNeeded: false }), false);
  const names = caller.args.children.map(() => unknown);
  await x.maybe(() => exploreMacro(x, { ...position, node: caller }, names, position));
}

async function exploreMacro(
  x: Exploration,
  macro: KnownMacro,
  given: readonly unknown[],
  { isDiscarded }: Position,
): Promise<void> {
  const { node, template, context } = macro;
  const frame = node instanceof nodes.Caller ? macro.frame.push(true) : new ExploringFrame();
  const shared = { template, context, frame, block: undefined, isNested: true, isDiscarded, parents: [] };
  bind(x, node, given, shared);
  await x.nested(`${template.file} ${macroKey(node)}`, () => exploreAll(x, node.body.children, shared));
}

/** Gives the parameters of a macro their values, as Nunjucks does. */
function bind(x: Exploration, node: KnownMacro['node'], given: readonly unknown[], position: Position): void {
  const { frame } = position;
  const names = node.args.children.flatMap((one) => (one instanceof nodes.Symbol ? [one.value] : []));
  const defaults = pairsOf(node.args.children.at(-1));
  const sort = runtime.makeMacro(
    names,
    defaults.map(([name]) => name),
    (...sorted) => sorted,
  );
  const sorted: unknown = sort(...given);
  const values: readonly unknown[] = Array.isArray(sorted) ? sorted : [];
  const keywords = Object(values[names.length] ?? {});
  if (Object.hasOwn(keywords, 'caller')) frame.set('caller', keywords.caller);
  for (const [index, name] of names.entries()) frame.bind(name, values[index]);
  for (const [name, value] of defaults) {
    frame.set(name, Object.hasOwn(keywords, name) ? keywords[name] : x.later(value, position));
  }
}

/** What a call gives, with stand-ins for values; what is between `{% call %}` and `{% endcall %}` as a macro. */
async function argumentsOf(x: Exploration, node: Call, position: Position): Promise<unknown[]> {
  const state = saveState(position);
  const places = node.args.children.filter((one) => !(one instanceof nodes.KeywordArgs));
  const keywords: [string, unknown][] = [];
  for (const [name, value] of keywordsOf(node)) {
    const isCaller = value instanceof nodes.Caller;
    const given = isCaller
      ? await x.evaluate(position, () => x.machine.value(x.run, value, position))
      : x.later(value, position, state);
    keywords.push([name, given]);
  }
  const values = places.map((value) => x.later(value, position, state));
  return keywords.length === 0 ? values : [...values, runtime.makeKeywordArgs(Object.fromEntries(keywords))];
}

function keywordsOf(node: Call): [name: string, value: Node][] {
  return pairsOf(node.args.children.at(-1));
}

/** The names and values in keyword arguments; none in any other node. */
function pairsOf(node: Node | undefined): [name: string, value: Node][] {
  if (!(node instanceof nodes.Dict)) return [];
  return node.children.flatMap((pair): [string, Node][] =>
    pair instanceof nodes.Pair ? [[pair.key.value, pair.value]] : [],
  );
}
