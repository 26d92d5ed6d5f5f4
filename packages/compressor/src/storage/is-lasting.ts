import { HASH_LENGTH } from '../hash.ts';

const HASHED = new RegExp(`(?:^|[./])[0-9a-f]{${HASH_LENGTH}}(?:\\.|$)`);

/**
 * Whether a name always stands for the same content, so that a copy of it is never out of date: it is made from the content, or
 * from all that the content is made from. A release can be deleted and come back under its id, and a lock comes and goes.
 */
export function isLasting(name: string): boolean {
  if (name.startsWith('releases/')) return false;
  return name.startsWith('recipes/') || HASHED.test(name);
}
