import type { FinishedFile } from '../build/finished.ts';
import { CompressorError } from '../errors.ts';
import { mapLimited } from '../limit.ts';
import { formatManifest, releaseId } from '../manifest/manifest.ts';
import { writeManifest } from '../manifest/manifest-file.ts';
import { compressBytes, encodings, isCompressible } from '../storage/encodings.ts';
import type { Storage } from '../storage/storage.ts';
import { type Analysing, type Analysis, analyse } from './analyse.ts';
import { artifactsOf, createManifest } from './create-manifest.ts';
import { type Diagnostic, diagnosticOf, inOrder } from './diagnostic.ts';
import { isSound } from './occurrences.ts';

/** How to compress a site. */
export interface Compressing extends Analysing {
  readonly storage: Storage;
  /** Whether everything is done but writing. */
  readonly isDryRun: boolean;
  /** Whether artifacts are also kept compressed, as servers send them. */
  readonly withEncodings: boolean;
}

/** What compressing a site came to. */
export interface Compressed {
  readonly analysis: Analysis;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether every block was built and, unless it was a dry run, written. */
  readonly isDone: boolean;
  readonly artifacts: readonly FinishedFile[];
  /** Distinct recipes. */
  readonly recipes: number;
  /** Size of all artifacts with Brotli, in bytes; undefined without encodings. */
  readonly brotliBytes: number | undefined;
  readonly manifest: string;
  readonly release: string;
}

/**
 * Builds every block of a site and writes artifacts and manifest. Nothing is written unless everything succeeded; the manifest
 * comes last and in one step, so that until then the previous build is in use.
 */
export async function compress(options: Compressing): Promise<Compressed> {
  const { config, isDryRun } = options;
  const analysis = await analyse(options);
  const artifacts = artifactsOf(analysis.groups);
  const isAllowed = config.offline.allow.includes('variable-missing');
  const shown = analysis.occurrences.filter((occurrence) => isAllowed || isSound(occurrence));
  const facts = createManifest(shown, analysis.groups);
  const text = formatManifest(facts);
  const result = {
    analysis,
    artifacts,
    recipes: Object.keys(facts.recipes).length,
    manifest: config.offline.manifest,
    release: releaseId(text),
  };
  const { diagnostics } = analysis;
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    return { ...result, diagnostics, isDone: false, brotliBytes: undefined };
  }
  let brotliBytes: number | undefined;
  try {
    const brotli = options.withEncodings ? await encodeAll(artifacts, options) : undefined;
    brotliBytes = brotli?.bytes;
    if (isDryRun) return { ...result, diagnostics, isDone: true, brotliBytes };
    await write(artifacts, brotli?.encoded ?? new Map(), options);
    await options.storage.write(`releases/${result.release}.json`, Buffer.from(text));
    await writeManifest(config.offline.manifest, text);
  } catch (error) {
    if (!(error instanceof CompressorError)) throw error;
    return {
      ...result,
      diagnostics: inOrder([...diagnostics, diagnosticOf(error, 'error')]),
      isDone: false,
      brotliBytes,
    };
  }
  return { ...result, diagnostics, isDone: true, brotliBytes };
}

/** The artifacts with Brotli, by name, where that is smaller and not in the storage yet; and the size of all with it. */
async function encodeAll(
  artifacts: readonly FinishedFile[],
  { storage, onProgress, workers }: Compressing,
): Promise<{ encoded: ReadonlyMap<string, Buffer>; bytes: number }> {
  const [brotli] = encodings;
  const encoded = new Map<string, Buffer>();
  let done = 0;
  const sizes = await mapLimited(artifacts, workers, async (artifact) => {
    const { name, type, size } = artifact;
    let encodedSize = size;
    if (brotli !== undefined && isCompressible(type)) {
      const kept = (await storage.stat(name + brotli.suffix))?.size;
      const bytes = kept === undefined ? await compressBytes(await artifact.load(), brotli) : undefined;
      encodedSize = Math.min(size, kept ?? bytes?.length ?? size);
      if (bytes !== undefined && bytes.length < size) encoded.set(name + brotli.suffix, bytes);
    }
    done += 1;
    onProgress({ step: 'encoding', done, total: artifacts.length, what: name });
    return encodedSize;
  });
  return { encoded, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Writes what is not in the storage yet. Names stand for content, so what is there with the right size is right. */
async function write(
  artifacts: readonly FinishedFile[],
  encoded: ReadonlyMap<string, Buffer>,
  { storage, onProgress }: Compressing,
): Promise<void> {
  let done = 0;
  await mapLimited(artifacts, WRITES_AT_ONCE, async (artifact) => {
    const { name, size } = artifact;
    if ((await storage.stat(name))?.size !== size) await storage.write(name, await artifact.load());
    done += 1;
    onProgress({ step: 'writing', done, total: artifacts.length, what: name });
  });
  await mapLimited([...encoded], WRITES_AT_ONCE, ([name, bytes]) => storage.write(name, bytes));
}

/** Files are written to a disk that waits for each; so many wait together. */
const WRITES_AT_ONCE = 16;
