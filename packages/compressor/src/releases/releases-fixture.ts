import { contentHash, withHash } from '../hash.ts';
import { formatManifest, type Manifest } from '../manifest/manifest.ts';
import type { Storage, StoredFile } from '../storage/storage.ts';
import type { Publication, Publishable } from './publish.ts';
import { listReleases, readRelease } from './release.ts';

/** A file of a release whose content is its plain name and a number; with a sibling in place of encodings. */
export function fileOf(plain: string, version = 1): Publishable {
  const content = Buffer.from(`${plain} ${version}`);
  const name = withHash(plain, contentHash(content));
  return {
    name,
    size: content.length,
    load: async () => content,
    siblings: async (sizeOf) =>
      sizeOf(`${name}.br`) === undefined ? [{ name: `${name}.br`, bytes: Buffer.from('br') }] : [],
  };
}

/** A release of these files. */
export function releaseOf(id: string, files: readonly Publishable[]): Publication {
  const manifest: Manifest = {
    format: 'widgy-compressor-manifest',
    version: 1,
    groups: {},
    recipes: {},
    literals: {},
    pages: {},
    blocks: [],
    artifacts: Object.fromEntries(
      files.map(({ name, size }) => [name, { size, integrity: '', references: [] }]),
    ),
    inputs: {},
  };
  return { id, text: formatManifest(manifest), files };
}

/** What the releases of a storage name and the storage lacks: nothing, if all is well. */
export async function lackingIn(storage: Storage): Promise<string[]> {
  const lacking: string[] = [];
  for (const { id } of await listReleases(storage)) {
    const { artifacts } = await readRelease(storage, id);
    for (const [name, { size }] of Object.entries(artifacts)) {
      if ((await storage.stat(name))?.size !== size) lacking.push(`${id}: ${name}`);
    }
  }
  return lacking;
}

/** A storage whose lists show what it held when they were last told to catch up. */
export async function lateStorage(
  inner: Storage,
): Promise<{ readonly storage: Storage; catchUp(): Promise<void> }> {
  let shown: StoredFile[] = [];
  const catchUp = async () => {
    shown = [];
    for await (const file of inner.list('')) shown.push(file);
  };
  await catchUp();
  const storage: Storage = {
    ...inner,
    async *list(prefix) {
      yield* shown.filter(({ name }) => name.startsWith(prefix));
    },
  };
  return { storage, catchUp };
}
