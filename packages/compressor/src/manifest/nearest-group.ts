import { type Goal, type Group, isOwnGoal, type PackedSource, packSource } from '../recipe/recipe.ts';
import { printable } from '../sources/names.ts';
import type { Manifest } from './manifest.ts';

type KnownGroup = Manifest['groups'][string];

/** Says how a group that a manifest lacks differs from the nearest one that it has. */
export function describeMiss(group: Group, { groups }: Manifest): string {
  const wanted = group.sources.map(packSource).map(identityOf);
  const candidates = Object.values(groups).filter(({ goal }) => goal === group.goal);
  if (candidates.length === 0) return `it holds no ${nameOfGoal(group.goal)}`;
  const nearest = candidates.reduce((best, other) =>
    likeness(other, wanted) > likeness(best, wanted) ? other : best,
  );
  const known = nearest.sources.map(identityOf);
  const index = wanted.findIndex((source, at) => source !== known[at]);
  const [mine, theirs] = [
    group.sources.map(packSource)[index],
    nearest.sources[index === -1 ? wanted.length : index],
  ];
  if (mine === undefined)
    return `the nearest has "${nameOf(theirs)}" after the last source here, "${nameOf(group.sources.map(packSource).at(-1))}"`;
  if (theirs === undefined) return `the nearest ends before source ${index + 1}, "${nameOf(mine)}"`;
  return `source ${index + 1} is "${nameOf(mine)}" here, and "${nameOf(theirs)}" in the nearest`;
}

const GOALS = { style: 'styles', classic: 'classic scripts', module: 'modules' } as const;

function nameOfGoal(goal: Goal): string {
  return isOwnGoal(goal) ? 'groups of this kind' : GOALS[goal];
}

/** Sources in common, those at the same place counted twice; then the shorter. */
function likeness({ sources }: KnownGroup, wanted: readonly string[]): number {
  const known = sources.map(identityOf);
  const common = wanted.filter((source) => known.includes(source)).length;
  const inPlace = wanted.filter((source, at) => source === known[at]).length;
  return common + inPlace - known.length / 1000;
}

function identityOf(source: PackedSource): string {
  return JSON.stringify(source);
}

function nameOf(source: PackedSource | undefined): string {
  if (source === undefined) return '';
  if (typeof source === 'string') return printable(source);
  return printable(source.length === 3 ? source[1].trim().slice(0, 60) : source[0]);
}
