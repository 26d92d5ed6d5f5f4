import {
  canBeDictionary,
  compressWithDictionary,
  DICTIONARY_ZSTANDARD,
  dictionaryEncodingName,
  dictionaryEncodings,
  dictionaryHash,
  isDictionaryWorthwhile,
} from './dictionary-encodings.ts';
import { compressBytes, isEncoded, ZSTANDARD } from './encodings.ts';
import type { Sibling, SizeOf } from './sibling.ts';

/** Releases before the new one whose visitors get its artifacts compressed with what they have. */
export const DICTIONARY_RELEASES = 3;

/** Whether a content is compressed with dictionaries, and is one. Source maps are not: only developers fetch them. */
export function isVersioned(artifact: {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}): boolean {
  return isEncoded(artifact) && !artifact.name.endsWith('.map');
}

/**
 * What servers may send to visitors who have an earlier version of an artifact: its encodings with that as the dictionary, at the
 * strongest levels, in a fixed order. What saves little compared with Brotli alone, and what is there already, is left out.
 *
 * @param load called only if something is missing; gives undefined for what is too large for memory
 * @param dictionary the content of the earlier version
 */
export async function dictionarySiblings(
  artifact: { readonly name: string; readonly brotliSize: number },
  load: () => Promise<Uint8Array | undefined>,
  dictionary: Buffer,
  sizeOf: SizeOf,
): Promise<readonly Sibling[]> {
  const hash = dictionaryHash(dictionary);
  const missing = dictionaryEncodings
    .map((encoding) => ({ encoding, name: dictionaryEncodingName(artifact.name, hash, encoding) }))
    .filter(({ name }) => sizeOf(name) === undefined);
  const content = missing.length > 0 ? await load() : undefined;
  if (content === undefined || !canBeDictionary(dictionary, content.length)) return [];
  if (!(await mayBeWorthwhile(content, dictionary))) return [];
  const made = await Promise.all(
    missing.map(async ({ encoding, name }) => ({
      name,
      bytes: await compressWithDictionary(content, dictionary, encoding, 'publishing'),
    })),
  );
  return made.filter(({ bytes }) => isDictionaryWorthwhile(bytes.length, artifact.brotliSize));
}

/**
 * Whether a dictionary is of use, told by what it saves at a quick level. Without this every run would repeat what an earlier
 * one found useless, at more than a second for a megabyte.
 */
async function mayBeWorthwhile(content: Uint8Array, dictionary: Buffer): Promise<boolean> {
  const quick = await compressWithDictionary(content, dictionary, DICTIONARY_ZSTANDARD, 'waiting');
  const without = await compressBytes(content, ZSTANDARD, 'waiting');
  return isDictionaryWorthwhile(quick.length, without.length);
}
