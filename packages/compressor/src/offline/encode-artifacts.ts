import type { FinishedFile } from '../build/finished.ts';
import type { Publishable, Sibling } from '../releases/publish.ts';
import {
  compressBytes,
  ENCODED_FROM,
  type Encoding,
  encodings,
  isCompressible,
} from '../storage/encodings.ts';

/** Artifacts on their way to a storage, and how large they are for visitors. */
export interface EncodedArtifacts {
  readonly files: readonly Publishable[];
  /** The size of all of which the siblings were asked for, with Brotli where that is smaller, in bytes. */
  brotliBytes(): number;
}

/**
 * Artifacts as they are published: with an encoded sibling for each encoding that makes them smaller.
 *
 * @param onEncoded told of each artifact whose siblings are made
 */
export function encodeArtifacts(
  artifacts: readonly FinishedFile[],
  onEncoded: (done: number, name: string) => void,
): EncodedArtifacts {
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
        onEncoded(brotli.size, name);
        return made;
      },
    };
  });
  return { files, brotliBytes: () => brotli.values().reduce((sum, size) => sum + size, 0) };
}

async function encode(
  artifact: FinishedFile,
  sizeOf: (name: string) => number | undefined,
): Promise<readonly Sibling[]> {
  const { name, size } = artifact;
  const bytes = await artifact.load();
  const wanted = encodings.filter(({ suffix }) => sizeOf(name + suffix) === undefined);
  const made = await Promise.all(
    wanted.map(async (encoding: Encoding) => ({
      name: name + encoding.suffix,
      bytes: await compressBytes(bytes, encoding),
    })),
  );
  return made.filter((sibling) => sibling.bytes.length < size);
}
