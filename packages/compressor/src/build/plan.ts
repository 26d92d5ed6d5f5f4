import { basename } from 'node:path';
import { contentHash } from '../hash.ts';
import { type Group, isFile, packSource, type Source } from '../recipe/recipe.ts';
import type { NamedGroup } from '../recipe/signed-recipe.ts';
import { safeName } from './artifact.ts';
import { declaresNothing } from './declares-nothing.ts';
import { collides, type ScriptNames, scriptNames } from './script-names.ts';
import type { Inputs, Unit } from './unit.ts';

/** What becomes one file (or, for modules, one entry with its chunks), and under which key. */
export interface Part extends NamedGroup {
  /** Hash of the group, of all that it reads and of the pipeline: the recipe key. */
  readonly key: string;
  readonly inputs: Inputs;
}

/** What decides whether a source may share a file with those before it. */
export interface Joinable extends Pick<Unit, 'realm' | 'mustBeFirst'> {
  /** For scripts: whether it surely declares no name for others. */
  declaresNothing(): Promise<boolean>;
  /** For scripts: the names that it shares with others. */
  names(): Promise<ScriptNames>;
}

/** A unit to be joined. */
export function joinable(unit: Unit): Joinable {
  return {
    realm: unit.realm,
    mustBeFirst: unit.mustBeFirst,
    declaresNothing: () => declaresNothing(unit),
    names: () => scriptNames(unit),
  };
}

/**
 * Cuts a group where its neighbours may not share a file after all, which only their content can tell: strict beside
 * sloppy scripts, a name declared twice, a style sheet that begins with rules that must come first.
 *
 * @returns the index after the last source of each part
 */
export async function cutGroup(units: readonly Joinable[]): Promise<number[]> {
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

async function mayJoin(before: readonly Joinable[], next: Joinable | undefined): Promise<boolean> {
  if (next === undefined || next.mustBeFirst || next.realm !== before[0]?.realm) return false;
  if (next.realm === 'style') return true;
  // A script collides by what it declares only, and most declare nothing.
  if (await next.declaresNothing()) return true;
  const names = await next.names();
  for (const unit of before) {
    if (collides(names, await unit.names())) return false;
  }
  return true;
}

/**
 * The parts of a group.
 *
 * @param ends the index after the last source of each part
 * @param inputs what was read for each source; for modules, which are bundled together, for all
 * @param name the name that the block gives its artifact
 */
export function partsOf(
  { goal, sources }: Group,
  ends: readonly number[],
  inputs: readonly Inputs[],
  name: string | undefined,
  fingerprint: string,
): Part[] {
  return ends.map((end, index) => {
    const start = ends[index - 1] ?? 0;
    const cut = { goal, sources: sources.slice(start, end) };
    const read = joinInputs(inputs.slice(start, end));
    return {
      ...cut,
      name: partName(name, cut.sources, goal),
      key: recipeKey(cut, read, fingerprint),
      inputs: read,
    };
  });
}

/** All that was read for several units. */
export function joinInputs(inputs: readonly Inputs[]): Inputs {
  return new Map(inputs.flatMap((each) => [...each]));
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
