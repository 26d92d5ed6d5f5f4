import type { OfflineBuilder } from '../build/cache/offline-builder.ts';
import type { Finished } from '../build/finished.ts';
import type { Part } from '../build/plan.ts';
import { CompressorError } from '../errors.ts';
import { mapLimited } from '../limit.ts';
import { groupHash } from '../manifest/manifest.ts';
import type { Group } from '../recipe/recipe.ts';
import { compare } from './diagnostic.ts';
import type { Occurrence } from './occurrences.ts';

/** A group with what it was built into. */
export interface BuiltGroup {
  readonly group: Group;
  readonly parts: readonly BuiltPart[];
}

/** A part, what it was built into, and how long its sources and itself took. */
export interface BuiltPart {
  readonly part: Part;
  readonly build: Finished;
  readonly milliseconds: number;
}

/** Told how far building is. */
export type OnBuilt = (done: number, total: number, name: string) => void;

/**
 * Builds every group of every block, each once, so many at a time. What cannot be built becomes a problem of each occurrence
 * that has it; the others are built all the same.
 *
 * @returns by group hash, in the order of hashes
 */
export async function buildGroups(
  occurrences: readonly Occurrence[],
  builder: OfflineBuilder,
  width: number,
  onBuilt: OnBuilt = () => {},
): Promise<Map<string, BuiltGroup>> {
  const wanted = groupsOf(occurrences);
  const planned = await mapLimited([...wanted.values()], width, async ({ group, names, users }) => {
    const started = performance.now();
    const parts = await attempt(users, () => builder.plan(group, names[0]));
    // Planning compiles the sources to know their imports.
    const milliseconds = performance.now() - started;
    return { group, users, parts: parts ?? [], isPlanned: parts !== undefined, milliseconds };
  });
  // Two blocks may want one file under different names; which it gets must not depend on who comes first.
  const byKey = new Map<string, Part>();
  for (const part of planned.flatMap(({ parts }) => parts)) {
    const known = byKey.get(part.key);
    if (known === undefined || compare(part.name, known.name) < 0) byKey.set(part.key, part);
  }
  const usersOf = Map.groupBy(
    planned.flatMap(({ parts, users, milliseconds }) =>
      parts.map((part) => ({ key: part.key, users, milliseconds })),
    ),
    ({ key }) => key,
  );
  const builds = new Map<string, BuiltPart>();
  const parts = [...byKey.values()].sort((a, b) => compare(a.key, b.key));
  let done = 0;
  await mapLimited(parts, width, async (part) => {
    const wantedBy = usersOf.get(part.key) ?? [];
    const users = wantedBy.flatMap((entry) => entry.users);
    const planning = Math.max(...wantedBy.map(({ milliseconds }) => milliseconds));
    const started = performance.now();
    const build = await attempt(users, () => builder.build(part));
    const milliseconds = planning + performance.now() - started;
    if (build !== undefined) builds.set(part.key, { part, build, milliseconds });
    done += 1;
    onBuilt(done, parts.length, part.name);
  });
  const built = new Map<string, BuiltGroup>();
  for (const { group, parts: own, isPlanned } of planned) {
    const finished = own.flatMap(({ key }) => builds.get(key) ?? []);
    if (isPlanned && finished.length === own.length) built.set(groupHash(group), { group, parts: finished });
  }
  return new Map([...built].sort(([a], [b]) => compare(a, b)));
}

interface WantedGroup {
  readonly group: Group;
  /** The names that blocks want, in order. */
  readonly names: readonly string[];
  readonly users: readonly Occurrence[];
}

function groupsOf(occurrences: readonly Occurrence[]): Map<string, WantedGroup> {
  const wanted = new Map<string, { group: Group; names: Set<string>; users: Occurrence[] }>();
  // Occurrences of one block with the same markup share what it means.
  for (const [content, users] of Map.groupBy(occurrences, (occurrence) => occurrence.content)) {
    for (const { goal, sources } of content?.recipe.groups ?? []) {
      const group = { goal, sources };
      const key = groupHash(group);
      const known = wanted.get(key) ?? { group, names: new Set(), users: [] };
      wanted.set(key, known);
      for (const user of users) {
        known.users.push(user);
        if (user.block.name !== undefined) known.names.add(user.block.name);
      }
    }
  }
  return new Map(
    [...wanted]
      .map(([key, { names, ...rest }]) => [key, { ...rest, names: [...names].sort(compare) }] as const)
      .sort(([a], [b]) => compare(a, b)),
  );
}

async function attempt<T>(users: readonly Occurrence[], step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof CompressorError)) throw error;
    for (const { problems } of users) if (!problems.includes(error)) problems.push(error);
    return undefined;
  }
}
