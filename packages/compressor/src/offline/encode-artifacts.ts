import type { Publishable, Sibling } from '../releases/publish.ts';
import { compressBytes, type Encoding, encodings, isCompressible } from '../storage/encodings.ts';
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

/** Artifacts as they are published: with an encoded sibling for each encoding that makes them smaller. */
export function encodeArtifacts(artifacts: readonly Encodable[]): EncodedArtifacts {
  const brotli = new Map<string, number>();
  const files = artifacts.map((artifact): Publishable => {
    const { name, type, size } = artifact;
    return {
      name,
      size,
      load: () => artifact.load(),
      async siblings(sizeOf) {
        const isEncoded = isCompressible(type);
        const sizes = encodings.map((encoding) => sizeOf(name + encoding.suffix));
        const made = isEncoded && sizes.includes(undefined) ? await encode(artifact, sizeOf) : [];
        const [known] = sizes;
        const own = made.find((sibling) => sibling.name.endsWith('.br'))?.bytes.length;
        brotli.set(name, Math.min(size, known ?? own ?? size));
        return made;
      },
    };
  });
  return { files, brotliBytes: () => brotli.values().reduce((sum, size) => sum + size, 0) };
}

async function encode(
  artifact: Encodable,
  sizeOf: (name: string) => number | undefined,
): Promise<readonly Sibling[]> {
  const { name, size } = artifact;
  const content = await artifact.load();
  // What is too large for memory is too large to be compressed in it.
  if (!(content instanceof Uint8Array)) return [];
  const wanted = encodings.filter(({ suffix }) => sizeOf(name + suffix) === undefined);
  const made = await Promise.all(
    wanted.map(async (encoding: Encoding) => ({
      name: name + encoding.suffix,
      bytes: await compressBytes(content, encoding),
    })),
  );
  return made.filter((sibling) => sibling.bytes.length < size);
}
