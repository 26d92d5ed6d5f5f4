import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { UsedTable } from '../build/cache/cache-store.ts';
import type { FinishedFile } from '../build/finished.ts';
import { contentHash } from '../hash.ts';
import { ENCODED_FROM, isCompressible } from '../storage/encodings.ts';
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
    const { size, integrity, type } = file;
    const isSentPlain = !isCompressible(type) || size < ENCODED_FROM;
    const brotli = isSentPlain
      ? size
      : await remembered(facts, ['brotli', integrity], async () => brotliSize(await file.load()));
    return { raw: size, brotli: Math.min(size, brotli), returning: null };
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

const brotli = promisify(brotliCompress);

async function brotliSize(bytes: Buffer): Promise<number> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return (await brotli(bytes, { params })).length;
}
