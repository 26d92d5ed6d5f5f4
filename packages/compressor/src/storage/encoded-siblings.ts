import { compressBytes, type Encoding, isEncoded, isWorthwhile } from './encodings.ts';
import type { Sibling, SizeOf } from './sibling.ts';

/**
 * What servers may send in place of a content: its encodings at the strongest levels, in a fixed order. What does not shrink, and
 * what is there already, is left out.
 *
 * @param load called only if something is missing; gives undefined for what is too large for memory
 */
export async function encodedSiblings(
  artifact: { readonly name: string; readonly type: string; readonly size: number },
  encodings: readonly Encoding[],
  load: () => Promise<Uint8Array | undefined>,
  sizeOf: SizeOf,
): Promise<readonly Sibling[]> {
  const { name, size } = artifact;
  const missing = encodings.filter(({ suffix }) => sizeOf(name + suffix) === undefined);
  const content = isEncoded(artifact) && missing.length > 0 ? await load() : undefined;
  if (content === undefined) return [];
  const made = await Promise.all(
    missing.map(async (encoding) => ({
      name: name + encoding.suffix,
      bytes: await compressBytes(content, encoding, 'publishing'),
    })),
  );
  return made.filter(({ bytes }) => isWorthwhile(bytes.length, size));
}
