import { withHash } from '../hash.ts';
import { extensionOf } from '../recipe/recipe.ts';
import {
  type NamedGroup,
  packGroup,
  signFolder,
  storedName,
  unpackGroup,
  verifyFolder,
} from '../recipe/signed-recipe.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';

/** The signed folder of a group, and the packed recipe if it is too long to be in the folder's name. */
export interface RecipeFolder {
  readonly folder: string;
  readonly stored?: { readonly name: string; readonly packed: string };
}

/**
 * The folder that carries a group: all its artifacts are served below it, whichever server made them. It stays the same
 * when sources change, so what did not change keeps its URL.
 *
 * @param limit longest folder, in characters
 */
export function recipeFolder(group: NamedGroup, secret: string, limit: number): RecipeFolder {
  const packed = packGroup(group);
  const folder = signFolder({ packed }, secret);
  if (folder.length <= limit) return { folder };
  const name = storedName(packed);
  return { folder: signFolder({ stored: name }, secret), stored: { name, packed } };
}

/** The group a folder carries; undefined for a folder that none of the secrets signed or whose recipe is gone. */
export async function groupOfFolder(
  folder: string,
  secrets: readonly string[],
  store: ArtifactStore,
): Promise<NamedGroup | undefined> {
  const content = verifyFolder(folder, secrets);
  if (content === undefined) return undefined;
  const packed = 'packed' in content ? content.packed : await store.recipe(content.stored);
  return packed === undefined ? undefined : unpackGroup(packed);
}

/** The file name of an entry in a URL: it carries the recipe key, which is known before the content is. */
export function entryFile(name: string, key: string, goal: NamedGroup['goal']): string {
  return withHash(`${name}${extensionOf(goal)}`, key);
}
