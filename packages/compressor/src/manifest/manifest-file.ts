import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { nodeCodeOf } from '../caught.ts';
import { CompressorError } from '../errors.ts';
import { type Manifest, parseManifest } from './manifest.ts';

/**
 * Puts a manifest into place in one step: whoever reads the file sees the old one or the new one, even if the machine stops.
 *
 * @throws CompressorError `storage-failed`
 */
export async function writeManifest(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await using file = await open(temporary, 'wx');
    await file.writeFile(text);
    await file.sync();
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {}); // What could not be made is not there.
    throw new CompressorError('storage-failed', {
      message: `the manifest ${shown(path)} cannot be written: ${String(cause)}`,
      help: 'Check that its folder is writable and has space left. The previous manifest is still in place.',
      cause,
    });
  }
}

/**
 * Reads and checks the manifest a server starts with.
 *
 * @throws CompressorError `manifest-missing`, `manifest-invalid`
 */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readManifestText(path);
  if (text !== undefined) return parseManifest(text, shown(path));
  throw new CompressorError('manifest-missing', { message: `there is no manifest ${shown(path)}` });
}

/**
 * What a manifest says, unchecked; undefined if there is none.
 *
 * @throws CompressorError `manifest-missing` if it is there and cannot be read
 */
export async function readManifestText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (nodeCodeOf(cause) === 'ENOENT') return undefined;
    throw new CompressorError('manifest-missing', {
      message: `the manifest ${shown(path)} cannot be read: ${String(cause)}`,
      help: 'Let the user that runs the compressor read the file.',
      cause,
    });
  }
}

/** As it is seen from where the program runs. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
