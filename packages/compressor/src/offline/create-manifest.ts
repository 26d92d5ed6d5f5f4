import type { FinishedFile } from '../build/finished.ts';
import { formatPlace } from '../errors.ts';
import { contentHash } from '../hash.ts';
import { groupHash, literalHash, type Manifest } from '../manifest/manifest.ts';
import { packSource, type Recipe } from '../recipe/recipe.ts';
import type { Analysis } from './analyse.ts';
import type { BuiltGroup } from './build-groups.ts';
import { compare } from './diagnostic.ts';
import { sureBlocks } from './sure-blocks.ts';

/** Gathers the facts of a build. Every list in it has an order that hangs on the facts alone. */
export function createManifest(
  { shown, groups, discovery }: Pick<Analysis, 'shown' | 'groups' | 'discovery'>,
  statics?: ReadonlyMap<string, string>,
): Manifest {
  const recipes: Manifest['recipes'] = {};
  const literals: Manifest['literals'] = {};
  const blocks = new Map<string, Manifest['blocks'][number]>();
  // Occurrences of one block with the same markup share what it means.
  for (const [content, [occurrence]] of Map.groupBy(shown, (one) => one.content)) {
    if (occurrence === undefined) continue;
    const { block } = occurrence;
    // What could not be built was excused: no page really shows it.
    if (content?.recipe.groups.every((group) => groups.has(groupHash(group))) !== true) continue;
    const id = recipeId(content.recipe);
    recipes[id] = {
      kind: block.kind,
      groups: content.recipe.groups.map((group) => ({
        group: groupHash(group),
        attributes: { ...group.attributes },
      })),
    };
    // What is kept in a block, and a nonce, are in its markup only.
    const isAllGroups = content.segments.every(
      (segment) => segment.type === 'group' && segment.nonce === undefined,
    );
    if (block.literal !== undefined && isAllGroups) literals[literalHash(block.kind, block.literal)] = id;
    const { file, line, column, block: number } = block.place;
    const key = formatPlace(block.place);
    const known = blocks.get(key)?.recipes ?? [];
    blocks.set(key, {
      template: file,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      ...(number !== undefined && { block: number }),
      kind: block.kind,
      mode: block.mode,
      ...(block.name !== undefined && { name: block.name }),
      ...(Object.keys(block.attributes).length > 0 && { attributes: { ...block.attributes } }),
      recipes: known.includes(id) ? known : [...known, id].sort(compare),
    });
  }
  const inOrder = [...blocks].sort(([, a], [, b]) => comparePlaces(a, b));
  const numbers = new Map(inOrder.map(([key], index) => [key, index]));
  const pages: Manifest['pages'] = {};
  for (const { template, occurrence } of sureBlocks(
    shown,
    discovery.runs.map(({ origin }) => origin),
    ({ recipe }) => recipeId(recipe),
  )) {
    const block = numbers.get(formatPlace(occurrence.block.place));
    const recipe = occurrence.content && recipeId(occurrence.content.recipe);
    if (block === undefined || recipe === undefined) continue;
    pages[template] = [...(pages[template] ?? []), { block, recipe }];
  }
  const built = [...groups.values()].flatMap(({ parts }) => parts);
  return {
    format: 'widgy-compressor-manifest',
    version: 1,
    groups: Object.fromEntries(
      [...groups].map(([hash, { group, parts }]) => [
        hash,
        {
          goal: group.goal,
          sources: group.sources.map(packSource),
          parts: parts.map(({ part, build }) => ({ key: part.key, entry: build.entries[0]?.name ?? '' })),
        },
      ]),
    ),
    recipes,
    literals,
    blocks: inOrder.map(([, block]) => block),
    pages,
    artifacts: Object.fromEntries(
      artifactsOf(groups).map(({ name, size, integrity, references }) => [
        name,
        { size, integrity, references: [...references] },
      ]),
    ),
    ...(statics && { statics: Object.fromEntries(statics) }),
    inputs: Object.fromEntries(
      built.flatMap(({ part }) => [...part.inputs.values()].map(({ name, hash }) => [name, hash])),
    ),
  };
}

type KnownBlock = Manifest['blocks'][number];

function comparePlaces(a: KnownBlock, b: KnownBlock): number {
  return (
    compare(a.template, b.template) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    (a.block ?? 0) - (b.block ?? 0)
  );
}

/** All output files of a build, each once. */
export function artifactsOf(groups: ReadonlyMap<string, BuiltGroup>): FinishedFile[] {
  const artifacts = new Map<string, FinishedFile>();
  for (const { build } of [...groups.values()].flatMap(({ parts }) => parts)) {
    for (const artifact of [...build.entries, ...build.files]) artifacts.set(artifact.name, artifact);
  }
  return [...artifacts.values()].sort((a, b) => compare(a.name, b.name));
}

/** What a recipe is known by. */
export function recipeId(recipe: Recipe): string {
  const groups = recipe.groups.map(({ attributes, ...group }) => [
    groupHash(group),
    Object.entries(attributes),
  ]);
  return contentHash(JSON.stringify([recipe.kind, groups]));
}
