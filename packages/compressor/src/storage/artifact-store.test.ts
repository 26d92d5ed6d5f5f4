import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createArtifact } from '../build/artifact.ts';
import type { Build } from '../build/builder.ts';
import { contentHash } from '../hash.ts';
import { type Group, groupIdentity } from '../recipe/recipe.ts';
import { storedName } from '../recipe/signed-recipe.ts';
import { ArtifactStore, ENCODED_AT_ONCE } from './artifact-store.ts';
import {
  compressWithDictionary,
  DICTIONARY_BROTLI,
  dictionaryEncodingName,
  dictionaryEncodings,
  dictionaryHash,
  isMadeWith,
} from './dictionary-encodings.ts';
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
    const encoded = await store.encoded('a.css', bytes, encoding);
    assert.ok(encoded !== undefined && encoded.length < bytes.length);
    assert.deepEqual(told, [failure]);
  });

  it('is not given where it saves too little, which is found out once', async () => {
    const storage = watched();
    const store = new ArtifactStore(storage, MEMORY);
    const noise = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * index * 7919) >> 3));
    assert.equal(await store.encoded('n.css', noise, encoding), undefined);
    assert.equal(await store.encoded('n.css', noise, encoding), undefined);
    assert.deepEqual(storage.calls, ['read n.css.br']);
  });
});

describe('encodedWithDictionary', () => {
  const sheet = (color: string) =>
    createArtifact(
      'site.css',
      Array.from({ length: 300 }, (_, index) => `.a${index * 7919}{color:red}`).join('') + color,
    );
  const [old, next] = [sheet('old'), sheet('next')];
  const hash = dictionaryHash(old.bytes);
  /** A hash that another content could have whose short form is the same. */
  const forged = Buffer.concat([hash.subarray(0, 8), Buffer.alloc(24)]);
  const name = dictionaryEncodingName(next.name, hash, DICTIONARY_BROTLI);

  it('is what was published', async () => {
    const storage = memoryStorage(MEMORY);
    const published = await compressWithDictionary(next.bytes, old.bytes, DICTIONARY_BROTLI, 'publishing');
    await storage.write(name, published);
    const store = new ArtifactStore(storage, MEMORY);
    assert.deepEqual(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, hash), published);
    assert.equal(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, forged), undefined);
  });

  it('is not given to those whose dictionary has another hash, and still to others', async () => {
    const storage = memoryStorage(MEMORY);
    await storage.write(old.name, old.bytes);
    const store = new ArtifactStore(storage, MEMORY);
    assert.equal(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, forged), undefined);
    assert.ok(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, hash));
    assert.equal(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, forged), undefined);
  });

  for (const each of dictionaryEncodings) {
    it(`is made once with an older version that is kept, as ${each.name}, and not kept itself`, async () => {
      const storage = watched();
      await storage.write(old.name, old.bytes);
      const store = new ArtifactStore(storage, MEMORY);
      const all = await Promise.all(
        Array.from({ length: 10 }, () => store.encodedWithDictionary(next, each, hash)),
      );
      assert.equal(new Set(all).size, 1);
      assert.ok(all[0] !== undefined && all[0].length < 200);
      assert.ok(isMadeWith(all[0], hash, each));
      assert.equal(await store.encodedWithDictionary(next, each, hash), all[0]);
      assert.equal(storage.calls.filter((call) => call === `read ${old.name}`).length, 1);
      assert.equal(await storage.stat(dictionaryEncodingName(next.name, hash, each)), undefined);
    });
  }

  it('is asked for once where nothing is known of the dictionary', async () => {
    const storage = watched();
    const store = new ArtifactStore(storage, MEMORY);
    for (let time = 0; time < 3; time += 1) {
      assert.equal(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, hash), undefined);
    }
    assert.deepEqual(storage.calls, [`read ${name}`, `read ${old.name}`]);
  });

  it('is not given while the storage fails, which is told and not remembered', async () => {
    const inner = memoryStorage(MEMORY);
    await inner.write(old.name, old.bytes);
    let isAway = true;
    const read = (asked: string) => (isAway ? Promise.reject(new Error('away')) : inner.read(asked));
    const told: unknown[] = [];
    const store = new ArtifactStore({ ...inner, read }, MEMORY, (error) => told.push(error));
    assert.equal(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, hash), undefined);
    assert.equal(told.length, 1);
    isAway = false;
    assert.ok(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, hash));
  });

  it('is tried with so many dictionaries at once, and with others when that is over', async () => {
    const inner = memoryStorage(MEMORY);
    await inner.write(old.name, old.bytes);
    const asked: string[] = [];
    const gate = Promise.withResolvers<void>();
    const read = async (name: string) => {
      asked.push(name);
      await gate.promise;
      return inner.read(name);
    };
    const store = new ArtifactStore({ ...inner, read }, MEMORY);
    const madeUp = Array.from({ length: ENCODED_AT_ONCE }, (_, index) =>
      store.encodedWithDictionary(next, DICTIONARY_BROTLI, Buffer.alloc(32, index)),
    );
    assert.equal(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, hash), undefined);
    assert.equal(asked.length, ENCODED_AT_ONCE);
    gate.resolve();
    assert.ok((await Promise.all(madeUp)).every((bytes) => bytes === undefined));
    assert.ok(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, hash));
  });

  it('is not made where the dictionary saves little', async () => {
    const storage = memoryStorage(MEMORY);
    const other = createArtifact('site.css', 'nothing in common, yet with the same name');
    await storage.write(other.name, other.bytes);
    const store = new ArtifactStore(storage, MEMORY);
    const of = dictionaryHash(other.bytes);
    assert.equal(await store.encodedWithDictionary(next, DICTIONARY_BROTLI, of), undefined);
  });
});
