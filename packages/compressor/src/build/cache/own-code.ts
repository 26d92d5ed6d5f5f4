import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentHash } from '../../hash.ts';

/**
 * A hash over parts of this package as they are: its version alone does not tell while it is being worked on. In the published package,
 * whose code is together in few files, it is over all that modules share.
 *
 * @param folders below the folder of the sources
 */
export function ownCode(folders: readonly string[]): string {
  const source = dirname(dirname(import.meta.dirname));
  const places = existsSync(join(source, SHARED)) ? [SHARED] : folders;
  const texts = places.flatMap((folder) =>
    readdirSync(join(source, folder))
      .filter((name) => /(?<!\.d|\.test)\.[jt]s$/.test(name))
      .sort()
      .map((name) => [name, readFileSync(join(source, folder, name), 'latin1')]),
  );
  return contentHash(JSON.stringify(texts));
}

/** Where the published package has what its entries share. */
const SHARED = 'shared';
