import nodes, { type Node } from 'nunjucks/src/nodes.js';
import type { Place } from '../../../errors.ts';
import { ReadLog } from '../../../offline/read-log.ts';
import type { DeclaredBlock } from '../parse.ts';
import { childrenOf } from '../tree.ts';
import type { Exploration, Position } from './exploration.ts';
import { exploreCall } from './macros.ts';
import { Signal } from './signals.ts';
import { restoreState, saveState } from './state.ts';
import { exploreAll } from './statements.ts';

/** Explores what is in a value, which is not found out itself: blocks, what is captured, and macros that it calls. */
export async function exploreValue(x: Exploration, node: Node, position: Position): Promise<void> {
  const block = position.template.parsed.blocks.get(node);
  if (block !== undefined) return exploreBlock(x, node, block, position);
  if (node instanceof nodes.Capture) return exploreAll(x, node.body.children, position);
  if (node instanceof nodes.InlineIf) return exploreInlineIf(x, node, position);
  if (node instanceof nodes.Caller) return;
  // What becomes of a value that is handed on, nobody knows.
  for (const child of childrenOf(node)) await x.maybe(() => exploreValue(x, child, position));
  if (node instanceof nodes.FunCall && !(node instanceof nodes.Filter)) await exploreCall(x, node, position);
}

async function exploreBlock(
  x: Exploration,
  node: Node,
  { place }: DeclaredBlock,
  position: Position,
): Promise<void> {
  const { run } = x;
  if (position.isDiscarded) return;
  const before = saveState(position);
  const reads = new ReadLog();
  const varying: { place: Place; what: string }[] = [];
  run.blocks += 1;
  run.rendered = undefined;
  run.place = place;
  try {
    await run.with({ reads, varying }, () =>
      x.evaluate(position, () => {
        varying.length = 0;
        run.page.close();
        return x.machine.value(run, node, position);
      }),
    );
    const { rendered } = run;
    if (rendered !== undefined) {
      run.visitor.reached({
        block: rendered,
        reads: [...reads],
        varying,
        isTaken: run.isTaken,
        isCertain: run.isCertain,
      });
    }
  } catch (error) {
    restoreState(position, before);
    if (!(error instanceof Signal)) x.fail(error, place);
    else run.visitor.undecided(place);
  } finally {
    run.page.close();
    run.allReads.addAll(reads);
  }
}

async function exploreInlineIf(
  x: Exploration,
  { cond, body, else_ }: InstanceType<typeof nodes.InlineIf>,
  position: Position,
): Promise<void> {
  await exploreValue(x, cond, position);
  const value = x.peek(cond, position);
  await x.under([async () => Boolean(await value())], () => exploreValue(x, body, position));
  if (else_ !== null) await x.under([async () => !(await value())], () => exploreValue(x, else_, position));
}
