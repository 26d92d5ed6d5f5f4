import type { Environment } from 'nunjucks/src/environment.js';
import type { ExploreTemplate } from '../../offline/exploration.ts';
import type { TagHandlers } from '../engine.ts';
import { Exploration } from './explore/exploration.ts';
import { ExploringFrame } from './explore/frame.ts';
import { Machine } from './explore/machine.ts';
import { Run } from './explore/run.ts';
import { exploreTemplate } from './explore/templates.ts';

/**
 * Explores templates of a Nunjucks environment. Templates are parsed by Nunjucks; what stands outside of blocks is followed
 * tag by tag, in real frames and contexts, but without finding values out:
 *
 * - `if`, `switch`: each branch is explored with the variables as they were before.
 * - `for`: entered once with a stand-in for the item. If a block needs the item, the loop really runs.
 * - `set`, and whatever else assigns: a stand-in is assigned; once a block needs it, the tag or value runs with the variables
 *   that were there.
 * - `extends`, `block`, `super()`, `include`, `import` and calls of macros: followed as they are.
 * - `compress`: rendered by the engine itself, with the variables of the context.
 *
 * Whatever is found out, the compiler and the runtime of Nunjucks do. They cannot wait; so when something has to be waited
 * for, they are stopped, and run again with the value.
 */
export function createNunjucksExplorer(
  site: Environment,
  { kinds, plainUrl }: Pick<TagHandlers, 'kinds' | 'plainUrl'>,
  roots: readonly string[],
): ExploreTemplate {
  const machine = new Machine(site, { kinds, plainUrl }, roots);
  return async (name, context, visitor) => {
    const run = new Run(name, context, visitor, plainUrl);
    const x = new Exploration(machine, run);
    try {
      const template = await machine.find(name);
      if (template === undefined) return [];
      const frame = new ExploringFrame();
      frame.topLevel = true;
      const root = machine.createContext(run, template.blocks);
      await exploreTemplate(x, { template, context: root, frame }, false);
    } catch (error) {
      x.fail(error);
    } finally {
      for (const place of machine.declared.values()) visitor.declared(place);
    }
    return [...run.allReads];
  };
}
