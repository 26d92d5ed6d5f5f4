import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createArtifact } from '../build/artifact.ts';
import type { Build } from '../build/builder.ts';
import { contentHash } from '../hash.ts';
import { type Group, groupIdentity } from '../recipe/recipe.ts';
import { storedName } from '../recipe/signed-recipe.ts';
import { ArtifactStore } from './artifact-store.ts';
import { encodings } from './encodings.ts';
import { memoryStorage } from './memory.ts';
import type { Storage } from './storage.ts';

const KEY = '0123456789abcdef';
const MEMORY = 1_000_000;
const group: Group = { goal: 'style', sources: [{ file: 'a.css' }] };
const other: Group = { goal: 'style', sources: [{ file: 'b.css' }] };
const [encoding] = encodings;
assert.ok(encoding);

function newBuild(): Build {
  const picture = createArtifact('a.png', Buffer.from([1, 2, 3]));
  const entry = createArtifact('site.css', `a{background:url(${picture.name})}`, [picture.name]);
  return { key: KEY, entries: [entry], files: [picture] };
}

/** A storage that notes what is done with it. */
function watched(inner: Storage = memoryStorage(MEMORY)): Storage & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    ...inner,
    calls,
    read(name) {
      calls.push(`read ${name}`);
      return inner.read(name);
    },
    write(name, content) {
      calls.push(`write ${name}`);
      return inner.write(name, content);
    },
  };
}

describe('ArtifactStore', () => {
  it('gives a kept build to another server with the same storage', async () => {
    const storage = memoryStorage(MEMORY);
    const build = newBuild();
    await new ArtifactStore(storage, MEMORY).save(group, build);
    const store = new ArtifactStore(storage, MEMORY);
    assert.deepEqual(
      await store.entriesOf(group, KEY),
      build.entries.map(({ name }) => name),
    );
    for (const { name, bytes, type } of [...build.entries, ...build.files]) {
      assert.deepEqual(await store.artifact(name), { name, bytes, type });
    }
  });

  it('makes a build known only when all of it is kept', async () => {
    const storage = watched();
    await new ArtifactStore(storage, MEMORY).save(group, newBuild());
    assert.equal(storage.calls.at(-1), `write builds/${KEY}.json`);
  });

  it('does not give the build of another group, nor of another key', async () => {
    const store = new ArtifactStore(memoryStorage(MEMORY), MEMORY);
    await store.save(group, newBuild());
    assert.equal(await store.entriesOf(other, KEY), undefined);
    assert.equal(await store.entriesOf(group, 'fedcba9876543210'), undefined);
  });

  it('reads what it gave before from memory', async () => {
    const storage = watched();
    const build = newBuild();
    const store = new ArtifactStore(storage, MEMORY);
    await store.save(group, build);
    await store.entriesOf(group, KEY);
    await store.artifact(build.entries[0]?.name ?? '');
    assert.deepEqual(
      storage.calls.filter((call) => call.startsWith('read')),
      [],
    );
  });

  it('knows no artifact under a name that nothing has or could have', async () => {
    const store = new ArtifactStore(memoryStorage(MEMORY), MEMORY);
    for (const name of [`a.${KEY}.css`, '../a', '', 'a.css'])
      assert.equal(await store.artifact(name), undefined);
  });

  const hash = contentHash(groupIdentity(group));
  const damaged: readonly [name: string, text: string][] = [
    ['empty', ''],
    ['cut', '{"version":1,"group":"'],
    ['no object', 'null'],
    ['a list', '[]'],
    ['of another version', JSON.stringify({ version: 2, group: hash, entries: ['a.css'] })],
    ['without entries', JSON.stringify({ version: 1, group: hash })],
    ['with entries that are no names', JSON.stringify({ version: 1, group: hash, entries: [1] })],
    ['without group', JSON.stringify({ version: 1, entries: ['a.css'] })],
  ];
  for (const [name, text] of damaged) {
    it(`takes a record that is ${name} for none, and goes on after the next build`, async () => {
      const storage = memoryStorage(MEMORY);
      await storage.write(`builds/${KEY}.json`, Buffer.from(text));
      const store = new ArtifactStore(storage, MEMORY);
      assert.equal(await store.entriesOf(group, KEY), undefined);
      const build = newBuild();
      await store.save(group, build);
      assert.deepEqual(
        await store.entriesOf(group, KEY),
        build.entries.map((entry) => entry.name),
      );
    });
  }

  it('takes an artifact whose content is not what its name says for none', async () => {
    const storage = memoryStorage(MEMORY);
    const [entry] = newBuild().entries;
    assert.ok(entry);
    await storage.write(entry.name, entry.bytes.subarray(0, 5));
    assert.equal(await new ArtifactStore(storage, MEMORY).artifact(entry.name), undefined);
  });

  it('keeps long recipes, and trusts none that was changed', async () => {
    const storage = memoryStorage(MEMORY);
    await new ArtifactStore(storage, MEMORY).saveRecipe(storedName('packed'), 'packed');
    await storage.write(`recipes/${storedName('another')}`, Buffer.from('forged'));
    const store = new ArtifactStore(storage, MEMORY);
    assert.equal(await store.recipe(storedName('packed')), 'packed');
    assert.equal(await store.recipe(storedName('another')), undefined);
    assert.equal(await store.recipe(storedName('absent')), undefined);
  });
});

describe('encoded', () => {
  const bytes = Buffer.from('a{}'.repeat(1000));

  it('is made once for many who ask together, and kept', async () => {
    const storage = watched();
    const store = new ArtifactStore(storage, MEMORY);
    const all = await Promise.all(Array.from({ length: 20 }, () => store.encoded('a.css', bytes, encoding)));
    assert.equal(new Set(all).size, 1);
    assert.equal(await store.encoded('a.css', bytes, encoding), all[0]);
    assert.deepEqual(storage.calls, ['read a.css.br', 'write a.css.br']);
    assert.deepEqual(
      await new ArtifactStore(storage, MEMORY).encoded('a.css', Buffer.alloc(0), encoding),
      all[0],
    );
  });

  it('is given although it cannot be kept, which is told', async () => {
    const failure = new Error('full');
    const storage = { ...watched(), write: () => Promise.reject(failure) };
    const told: unknown[] = [];
    const store = new ArtifactStore(storage, MEMORY, (error) => told.push(error));
    assert.ok((await store.encoded('a.css', bytes, encoding)).length < bytes.length);
    assert.deepEqual(told, [failure]);
  });
});
