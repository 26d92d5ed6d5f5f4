import type { Publishable } from '../releases/publish.ts';
import { dictionarySiblings, isVersioned } from '../storage/dictionary-siblings.ts';
import { encodedSiblings } from '../storage/encoded-siblings.ts';
import { BROTLI, type Encoding, encodings } from '../storage/encodings.ts';
import type { Sibling, SizeOf } from '../storage/sibling.ts';
import type { StoredContent } from '../storage/storage.ts';

/** A file that may be kept with encodings beside it. */
export interface Encodable {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  load(): Promise<StoredContent>;
}

/** Artifacts on their way to a storage, and how large they are for visitors. */
export interface EncodedArtifacts {
  readonly files: readonly Publishable[];
  /** The size of all of which the siblings were asked for, with Brotli where that is smaller, in bytes. */
  brotliBytes(): number;
}

/** What is kept beside artifacts. */
export interface EncodeOptions {
  /** Default: all. */
  readonly encodings?: readonly Encoding[];
  /** The contents of an artifact that visitors may have from earlier releases. Default: none. */
  readonly earlier?: (artifact: string) => Promise<readonly Buffer[]>;
}

/** Artifacts as they are published: with a sibling for each encoding that makes them smaller. */
export function encodeArtifacts(
  artifacts: readonly Encodable[],
  { encodings: wanted = encodings, earlier = async () => [] }: EncodeOptions = {},
): EncodedArtifacts {
  const brotli = new Map<string, number>();
  const files = artifacts.map((artifact): Publishable => {
    const { name, size } = artifact;
    return {
      name,
      size,
      load: () => artifact.load(),
      async siblings(sizeOf) {
        const load = loadOnce(artifact);
        const encoded = await encodedSiblings(artifact, wanted, load, sizeOf);
        const brotliName = name + BROTLI.suffix;
        const made = encoded.find((sibling) => sibling.name === brotliName)?.bytes.length;
        const brotliSize = sizeOf(brotliName) ?? made ?? size;
        brotli.set(name, brotliSize);
        if (!isVersioned(artifact)) return encoded;
        const dictionaries = await earlier(name);
        return [...encoded, ...(await withDictionaries({ name, brotliSize }, dictionaries, load, sizeOf))];
      },
    };
  });
  return { files, brotliBytes: () => brotli.values().reduce((sum, size) => sum + size, 0) };
}

async function withDictionaries(
  artifact: { readonly name: string; readonly brotliSize: number },
  dictionaries: readonly Buffer[],
  load: () => Promise<Uint8Array | undefined>,
  sizeOf: SizeOf,
): Promise<readonly Sibling[]> {
  const siblings: Sibling[] = [];
  for (const dictionary of dictionaries) {
    siblings.push(...(await dictionarySiblings(artifact, load, dictionary, sizeOf)));
  }
  return siblings;
}

/** Loads at most once, as each time may be a build. What is too large for memory is too large to be compressed in it. */
function loadOnce(artifact: Encodable): () => Promise<Uint8Array | undefined> {
  let loading: Promise<StoredContent> | undefined;
  return async () => {
    loading ??= artifact.load();
    const content = await loading;
    return content instanceof Uint8Array ? content : undefined;
  };
}
