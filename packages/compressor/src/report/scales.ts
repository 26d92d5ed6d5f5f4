import type { UsedTable } from '../build/cache/cache-store.ts';
import type { FinishedFile } from '../build/finished.ts';
import { contentHash } from '../hash.ts';
import { BROTLI, compressBytes, isEncoded, isWorthwhile } from '../storage/encodings.ts';
import type { Storage } from '../storage/storage.ts';
import { differenceOf, type PreviousRelease } from './previous-release.ts';
import type { Size } from './size.ts';

/** Says how much a file weighs. */
export type Weigh = (file: FinishedFile) => Promise<Size>;

/**
 * Weighs files as they are published: with Brotli at its best. What was weighed is remembered by content, so that a build in
 * which nothing changed need not compress, nor even join, anything again.
 */
export function createScales(facts: UsedTable<unknown>): Weigh {
  return async (file) => {
    const { size, integrity } = file;
    const encoded = isEncoded(file)
      ? await remembered(facts, ['brotli', integrity], async () => {
          return (await compressBytes(await file.load(), BROTLI, 'publishing')).length;
        })
      : size;
    return { raw: size, brotli: isWorthwhile(encoded, size) ? encoded : size, returning: null };
  };
}

/** The same with what a visitor of the previous release downloads. */
export function createReturningScales(
  facts: UsedTable<unknown>,
  previous: PreviousRelease,
  storage: Storage,
): Weigh {
  const weigh = createScales(facts);
  return async (file) => {
    const size = await weigh(file);
    const returning = await remembered(facts, ['difference', previous.id, file.name, file.integrity], () =>
      differenceOf(file, size.brotli, previous, storage),
    );
    return { ...size, returning };
  };
}

/** For who asks for plain bytes only. */
export const plainScales: Weigh = async ({ size }) => ({ raw: size, brotli: size, returning: null });

async function remembered(
  facts: UsedTable<unknown>,
  what: readonly string[],
  find: () => Promise<number>,
): Promise<number> {
  const key = contentHash(JSON.stringify([...what, process.versions.brotli]));
  const known = facts.get(key);
  if (typeof known === 'number') return known;
  const found = await find();
  facts.set(key, found);
  return found;
}
