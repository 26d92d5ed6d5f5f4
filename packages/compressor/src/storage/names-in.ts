import type { Storage } from './storage.ts';

/** What a storage lists under names that begin so, sorted; for tests. */
export async function namesIn(storage: Storage, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of storage.list(prefix)) names.push(name);
  return names.sort();
}
