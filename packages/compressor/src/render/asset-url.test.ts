import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NamedGroup } from '../recipe/signed-recipe.ts';
import { ArtifactStore } from '../storage/artifact-store.ts';
import { memoryStorage } from '../storage/memory.ts';
import { entryFile, groupOfFolder, recipeFolder } from './asset-url.ts';

const SECRETS = ['a secret of many characters'];
const [secret = ''] = SECRETS;
const group: NamedGroup = { goal: 'style', name: 'site', sources: [{ file: 'css/site.scss' }] };
const long: NamedGroup = { goal: 'classic', name: 'x', sources: [{ language: '.js', text: noise(5000) }] };

const newStore = (): ArtifactStore => new ArtifactStore(memoryStorage(1_000_000), 1_000_000);

describe('recipeFolder', () => {
  it('carries a short group in itself', async () => {
    const { folder, stored } = recipeFolder(group, secret, 4000);
    assert.equal(stored, undefined);
    assert.deepEqual(await groupOfFolder(folder, SECRETS, newStore()), group);
  });

  it('names a long one, which the storage must have', async () => {
    const { folder, stored } = recipeFolder(long, secret, 4000);
    assert.ok(folder.length <= 50 && stored !== undefined);
    const store = newStore();
    assert.equal(await groupOfFolder(folder, SECRETS, store), undefined);
    await store.saveRecipe(stored.name, stored.packed);
    assert.deepEqual(await groupOfFolder(folder, SECRETS, store), long);
  });

  it('keeps to the limit to the character', () => {
    const { length } = recipeFolder(group, secret, 4000).folder;
    assert.equal(recipeFolder(group, secret, length).stored, undefined);
    assert.notEqual(recipeFolder(group, secret, length - 1).stored, undefined);
  });

  it('says nothing to who has another secret', async () => {
    const { folder } = recipeFolder(group, 'another secret of many characters', 4000);
    assert.equal(await groupOfFolder(folder, SECRETS, newStore()), undefined);
  });
});

describe('entryFile', () => {
  const key = '0123456789abcdef';
  const cases: readonly [name: string, goal: NamedGroup['goal'], file: string][] = [
    ['site', 'style', `site.${key}.css`],
    ['site', 'classic', `site.${key}.js`],
    ['jquery.min', 'module', `jquery.min.${key}.js`],
  ];
  for (const [name, goal, file] of cases) it(file, () => assert.equal(entryFile(name, key, goal), file));
});

/** Text that cannot be packed much smaller, the same each time. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}
