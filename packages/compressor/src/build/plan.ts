import { basename } from 'node:path';
import { contentHash } from '../hash.ts';
import { type Group, isFile, packSource, type Source } from '../recipe/recipe.ts';
import type { NamedGroup } from '../recipe/signed-recipe.ts';
import { safeName } from './artifact.ts';
import { declaresNothing } from './declares-nothing.ts';
import { collides, scriptNames } from './script-names.ts';
import type { Inputs, Unit } from './unit.ts';

/** What becomes one file (or, for modules, one entry with its chunks), and under which key. */
export interface Part extends NamedGroup {
  /** Hash of the group, of all that it reads and of the pipeline: the recipe key. */
  readonly key: string;
  readonly inputs: Inputs;
}

/**
 * Cuts a group where its neighbours may not share a file after all, which only their content can tell: strict beside
 * sloppy scripts, a name declared twice, a style sheet that begins with rules that must come first.
 *
 * @returns the index after the last source of each part
 */
export async function cutGroup(units: readonly Unit[]): Promise<number[]> {
  const ends: number[] = [];
  let start = 0;
  for (let index = 1; index < units.length; index += 1) {
    if (!(await mayJoin(units.slice(start, index), units[index]))) {
      ends.push(index);
      start = index;
    }
  }
  return [...ends, units.length];
}

async function mayJoin(before: readonly Unit[], next: Unit | undefined): Promise<boolean> {
  if (next === undefined || next.mustBeFirst || next.realm !== before[0]?.realm) return false;
  if (next.realm === 'style') return true;
  // A script collides by what it declares only, and most declare nothing.
  if (await declaresNothing(next)) return true;
  const names = await scriptNames(next);
  for (const unit of before) {
    if (collides(names, await scriptNames(unit))) return false;
  }
  return true;
}

/** The key of what a group builds into. */
export function recipeKey(group: Group, inputs: Inputs, fingerprint: string): string {
  // Paths differ from machine to machine; names with hashes do not.
  const read = [...inputs.values()].map(({ name, hash }) => `${name} ${hash}`).sort();
  return contentHash(JSON.stringify([fingerprint, group.goal, group.sources.map(packSource), read]));
}

/** The name of an artifact without hash and extension: what the block says, else that of its first file. */
export function partName(name: string | undefined, sources: readonly Source[], goal: Group['goal']): string {
  if (name !== undefined) return safeName(name);
  const file = sources.find(isFile)?.file;
  if (file === undefined) return goal === 'style' ? 'style' : 'script';
  return safeName(basename(file).replace(/\.[^.]+$/, ''));
}
