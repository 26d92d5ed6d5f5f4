import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A site in a folder of its own, removed at the end. */
export interface Site extends AsyncDisposable {
  readonly folder: string;
}

/** Writes the files of a site, named from its folder. */
export async function createSite(files: Readonly<Record<string, string>>): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-bench-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return {
    folder,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
