import { LRUCache } from 'lru-cache';
import { type Artifact, mediaType } from '../build/artifact.ts';
import type { Build } from '../build/builder.ts';
import { contentHash } from '../hash.ts';
import { type Group, groupIdentity } from '../recipe/recipe.ts';
import { compressBytes, type Encoding } from './encodings.ts';
import type { Storage } from './storage.ts';

/** What is kept of a build beside its artifacts: which they are. */
interface BuildRecord {
  readonly version: 1;
  /** Hash of the group, to tell whose build it is. */
  readonly group: string;
  readonly entries: readonly string[];
}

/** Keeps builds in a storage, and what is asked for often ready in memory. */
export class ArtifactStore {
  readonly #storage: Storage;
  readonly #ready: LRUCache<string, Buffer>;
  readonly #running = new Map<string, Promise<Buffer>>();

  /** @param memoryBytes most memory for artifacts that are kept ready */
  constructor(storage: Storage, memoryBytes: number) {
    this.#storage = storage;
    this.#ready = new LRUCache({ maxSize: memoryBytes, sizeCalculation: ({ length }) => length + 1 });
  }

  /** Keeps a build: its artifacts first, then the record that makes it known. */
  async save(group: Group, build: Build): Promise<void> {
    const artifacts = [...build.files, ...build.entries];
    for (const { name, bytes } of artifacts) this.#ready.set(name, bytes);
    await Promise.all(artifacts.map(({ name, bytes }) => this.#storage.write(name, bytes)));
    const record: BuildRecord = {
      version: 1,
      group: contentHash(groupIdentity(group)),
      entries: build.entries.map(({ name }) => name),
    };
    await this.#storage.write(recordName(build.key), Buffer.from(JSON.stringify(record)));
  }

  /** The names of the entries of a kept build; undefined if it is not kept, or is the build of another group. */
  async entriesOf(group: Group, key: string): Promise<readonly string[] | undefined> {
    const bytes = await this.#read(recordName(key));
    if (bytes === undefined) return undefined;
    const record: Partial<BuildRecord> = JSON.parse(bytes.toString());
    const isOurs = record.version === 1 && record.group === contentHash(groupIdentity(group));
    return isOurs ? record.entries : undefined;
  }

  /** An artifact by its content-addressed name. */
  async artifact(name: string): Promise<Pick<Artifact, 'name' | 'bytes' | 'type'> | undefined> {
    const bytes = await this.#read(name);
    return bytes && { name, bytes, type: mediaType(name) };
  }

  /** The content in an encoding, made once and kept. */
  encoded(name: string, bytes: Buffer, encoding: Encoding): Promise<Buffer> {
    const encodedName = `${name}${encoding.suffix}`;
    const running = this.#running.get(encodedName);
    if (running !== undefined) return running;
    const made = this.#encode(encodedName, bytes, encoding).finally(() => this.#running.delete(encodedName));
    this.#running.set(encodedName, made);
    return made;
  }

  /** Keeps a packed recipe that is too long for a URL. */
  async saveRecipe(name: string, packed: string): Promise<void> {
    await this.#storage.write(`recipes/${name}`, Buffer.from(packed));
  }

  async recipe(name: string): Promise<string | undefined> {
    return (await this.#read(`recipes/${name}`))?.toString();
  }

  async #encode(name: string, bytes: Buffer, encoding: Encoding): Promise<Buffer> {
    const kept = await this.#read(name);
    if (kept !== undefined) return kept;
    const encoded = await compressBytes(bytes, encoding);
    this.#ready.set(name, encoded);
    await this.#storage.write(name, encoded);
    return encoded;
  }

  async #read(name: string): Promise<Buffer | undefined> {
    const ready = this.#ready.get(name);
    if (ready !== undefined) return ready;
    const bytes = await this.#storage.read(name);
    if (bytes !== undefined) this.#ready.set(name, bytes);
    return bytes;
  }
}

function recordName(key: string): string {
  return `builds/${key}.json`;
}
