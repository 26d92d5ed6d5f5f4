import type { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { type Artifact, mediaType } from '../build/artifact.ts';
import type { Build } from '../build/builder.ts';
import { CompressorError } from '../errors.ts';
import { contentHash, HASH_LENGTH, withHash, withoutHash } from '../hash.ts';
import { type Group, groupIdentity } from '../recipe/recipe.ts';
import { storedName } from '../recipe/signed-recipe.ts';
import { printable } from '../sources/names.ts';
import {
  canBeDictionary,
  compressWithDictionary,
  type DictionaryEncoding,
  dictionaryEncodingName,
  dictionaryHash,
  isDictionaryWorthwhile,
  isMadeWith,
} from './dictionary-encodings.ts';
import { BROTLI, compressBytes, type Encoding, isWorthwhile, STREAMED_FROM } from './encodings.ts';
import { isIntact } from './is-intact.ts';
import type { ByteRange, ServerStorage, StoredFile } from './storage.ts';

/** What is kept of a build beside its artifacts: which they are. */
interface BuildRecord {
  readonly version: 1;
  /** Hash of the group, to tell whose build it is. */
  readonly group: string;
  readonly entries: readonly string[];
}

/** An artifact that is at hand. */
export type KeptArtifact = Pick<Artifact, 'name' | 'bytes' | 'type'>;

/** A file that is too large for memory. */
export interface KeptStream {
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** @throws CompressorError `storage-failed` */
  open(range?: ByteRange): Promise<Readable>;
}

/** Keeps builds in a storage, and what is asked for often ready in memory. */
export class ArtifactStore {
  readonly #storage: ServerStorage;
  readonly #ready: LRUCache<string, Buffer>;
  readonly #onFailure: (error: unknown) => void;
  readonly #reading = new Map<string, Promise<Buffer | undefined>>();
  readonly #asking = new Map<string, Promise<StoredFile | undefined>>();
  readonly #encoding = new Map<string, Promise<Buffer | undefined>>();
  /** Encodings that save too little or cannot be made. */
  readonly #useless = new LRUCache<string, true>({ max: USELESS });
  readonly #saved = new WeakSet<Build>();

  /**
   * @param memoryBytes most memory for artifacts that are kept ready
   * @param onFailure told when an encoding could not be looked up or kept; whoever asked for it gets it all the same
   */
  constructor(storage: ServerStorage, memoryBytes: number, onFailure: (error: unknown) => void = () => {}) {
    this.#storage = storage;
    this.#onFailure = onFailure;
    this.#ready = new LRUCache({ maxSize: memoryBytes, sizeCalculation: ({ length }) => length + 1 });
  }

  /** Keeps a build: its artifacts first, then the record that makes it known. Once for each build. */
  async save(group: Group, build: Build): Promise<void> {
    if (this.#saved.has(build)) return;
    const artifacts = [...build.files, ...build.entries];
    for (const { name, bytes } of artifacts) this.#ready.set(name, bytes);
    await Promise.all(artifacts.map(({ name, bytes }) => this.#storage.write(name, bytes)));
    const record: BuildRecord = {
      version: 1,
      group: contentHash(groupIdentity(group)),
      entries: build.entries.map(({ name }) => name),
    };
    const recordBytes = Buffer.from(JSON.stringify(record));
    this.#ready.set(recordName(build.key), recordBytes);
    await this.#storage.write(recordName(build.key), recordBytes);
    this.#saved.add(build);
  }

  /**
   * The names of the entries of a kept build; undefined if it is not kept, is the build of another group, or its record is
   * damaged. It is then built again.
   */
  async entriesOf(group: Group, key: string): Promise<readonly string[] | undefined> {
    const bytes = await this.#read(recordName(key));
    if (bytes === undefined) return undefined;
    const record = parseRecord(bytes.toString());
    return record?.group === contentHash(groupIdentity(group)) ? record.entries : undefined;
  }

  /** An artifact by its content-addressed name; undefined if it is not kept, or what is kept is not that content. */
  async artifact(name: string): Promise<KeptArtifact | undefined> {
    const bytes = withoutHash(name) && (await this.#read(name));
    return bytes && { name, bytes, type: mediaType(name) };
  }

  /** The same for a static file that was published, which may have any size. */
  async published(name: string): Promise<KeptArtifact | KeptStream | undefined> {
    if (withoutHash(name) === undefined) return undefined;
    if (this.#ready.has(name)) return this.artifact(name);
    const file = await once(this.#asking, name, () => this.#storage.stat(name));
    if (file === undefined || file.size <= STREAMED_FROM) return file && this.artifact(name);
    const open = async (range?: ByteRange) => {
      const content = await this.#storage.open(name, range);
      if (content !== undefined) return content;
      throw new CompressorError('storage-failed', { message: `"${printable(name)}" was there and is gone` });
    };
    return { name, type: mediaType(name), size: file.size, open };
  }

  /** Whether an artifact is in memory, so that asking for it costs nothing. */
  isReady(name: string): boolean {
    return this.#ready.has(name);
  }

  /** The content in an encoding, made once and kept; undefined if that saves too little, which is remembered. */
  encoded(name: string, bytes: Buffer, encoding: Encoding): Promise<Buffer | undefined> {
    const encodedName = `${name}${encoding.suffix}`;
    return this.#unlessUseless(encodedName, () => this.#encode(encodedName, bytes, encoding));
  }

  /**
   * An artifact compressed with a dictionary: as it was published, or made now where the dictionary is an older version that is
   * still kept. Undefined if it is neither, or saves too little, which is remembered; when the storage fails; and while too many
   * encodings are looked for, because anybody can make dictionaries up.
   *
   * @param hash SHA-256 of the dictionary
   */
  encodedWithDictionary(
    artifact: Pick<KeptArtifact, 'name' | 'bytes'>,
    encoding: DictionaryEncoding,
    hash: Buffer,
  ): Promise<Buffer | undefined> {
    // Stored names have the beginning of the hash only. Whoever makes up the rest must not decide what others get.
    const what = `${artifact.name} ${hash.toString('hex')} ${encoding.name}`;
    if (this.#encoding.size >= ENCODED_AT_ONCE && !this.#encoding.has(what))
      return Promise.resolve(undefined);
    return this.#unlessUseless(what, () => this.#encodeWithDictionary(artifact, encoding, hash)).catch(
      (error) => {
        this.#onFailure(error);
        return undefined;
      },
    );
  }

  /** Keeps a packed recipe that is too long for a URL. */
  async saveRecipe(name: string, packed: string): Promise<void> {
    await this.#storage.write(`recipes/${name}`, Buffer.from(packed));
  }

  /** A packed recipe by its name; undefined if it is not kept, or what is kept is not that recipe. */
  async recipe(name: string): Promise<string | undefined> {
    const packed = (await this.#read(`recipes/${name}`))?.toString();
    return packed !== undefined && storedName(packed) === name ? packed : undefined;
  }

  async #encode(name: string, bytes: Buffer, encoding: Encoding): Promise<Buffer | undefined> {
    const kept = await this.#read(name).catch((error) => {
      this.#onFailure(error);
      return undefined;
    });
    if (kept !== undefined) return kept;
    const encoded = await compressBytes(bytes, encoding, 'waiting');
    if (!isWorthwhile(encoded.length, bytes.length)) return undefined;
    this.#ready.set(name, encoded);
    await this.#storage.write(name, encoded).catch(this.#onFailure);
    return encoded;
  }

  async #encodeWithDictionary(
    { name, bytes }: Pick<KeptArtifact, 'name' | 'bytes'>,
    encoding: DictionaryEncoding,
    hash: Buffer,
  ): Promise<Buffer | undefined> {
    const encodedName = dictionaryEncodingName(name, hash, encoding);
    const kept = await this.#read(encodedName);
    if (kept !== undefined && isMadeWith(kept, hash, encoding)) return kept;
    const plainName = withoutHash(name)?.name ?? name;
    const dictionary = await this.#read(withHash(plainName, hash.toString('hex').slice(0, HASH_LENGTH)));
    if (dictionary === undefined || !canBeDictionary(dictionary, bytes.length)) return undefined;
    if (!dictionaryHash(dictionary).equals(hash)) return undefined;
    const made = await compressWithDictionary(bytes, dictionary, encoding, 'waiting');
    const without = (await this.encoded(name, bytes, BROTLI)) ?? bytes;
    if (!isDictionaryWorthwhile(made.length, without.length)) return undefined;
    this.#ready.set(encodedName, made);
    return made;
  }

  /** Does something once for all who ask at the same time, and never again once it came to nothing. */
  async #unlessUseless(what: string, make: () => Promise<Buffer | undefined>): Promise<Buffer | undefined> {
    if (this.#useless.has(what)) return undefined;
    const made = await once(this.#encoding, what, make);
    if (made === undefined) this.#useless.set(what, true);
    return made;
  }

  /** What is kept; who asks for it while it is being read waits for the same answer. */
  async #read(name: string): Promise<Buffer | undefined> {
    return this.#ready.get(name) ?? once(this.#reading, name, () => this.#readKept(name));
  }

  async #readKept(name: string): Promise<Buffer | undefined> {
    const bytes = await this.#storage.read(name);
    if (bytes === undefined || !isIntact(name, bytes)) return undefined;
    this.#ready.set(name, bytes);
    return bytes;
  }
}

/** Encodings of which is remembered that they are of no use. */
const USELESS = 10_000;

/** Encodings that are made or looked for at the same time, beyond which none is tried with a dictionary. */
export const ENCODED_AT_ONCE = 32;

/** Does something for a name, unless it is being done. */
function once<T>(running: Map<string, Promise<T>>, name: string, step: () => Promise<T>): Promise<T> {
  const known = running.get(name);
  if (known !== undefined) return known;
  const done = step().finally(() => running.delete(name));
  running.set(name, done);
  return done;
}

function parseRecord(text: string): Pick<BuildRecord, 'group' | 'entries'> | undefined {
  let record: Readonly<Record<keyof BuildRecord, unknown>> | null;
  try {
    record = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, group, entries } = record ?? {};
  if (version !== 1 || typeof group !== 'string' || !Array.isArray(entries)) return undefined;
  return entries.every((entry) => typeof entry === 'string') ? { group, entries } : undefined;
}

function recordName(key: string): string {
  return `builds/${key}.json`;
}
