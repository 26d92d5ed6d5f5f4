import { contentHash, withoutHash } from '../hash.ts';

/**
 * Whether content is what its name says: a disk may be full or fail when something is written. Only names that carry a hash
 * say anything; those of scripts are not checked, because the name of a chunk is made before the names of other chunks are
 * written into it.
 */
export function isIntact(name: string, content: Uint8Array): boolean {
  const hash = name.endsWith('.js') ? undefined : withoutHash(name)?.hash;
  return hash === undefined || hash === contentHash(content);
}
