import { contentHash, withoutHash } from '../hash.ts';
import { siblingOf } from './sibling.ts';

/**
 * Whether content is what its name says: a disk may be full or fail when something is written. Only names that carry the hash
 * of the content say anything. Those of encodings carry that of the artifact; those of scripts are not checked, because the
 * name of a chunk is made before the names of other chunks are written into it.
 */
export function isIntact(name: string, content: Uint8Array): boolean {
  if (name.endsWith('.js') || siblingOf(name) !== undefined) return true;
  const hash = withoutHash(name)?.hash;
  return hash === undefined || hash === contentHash(content);
}
