import type { Artifact } from '../build/artifact.ts';
import { CompressorError } from '../errors.ts';
import { formatManifest, releaseId } from '../manifest/manifest.ts';
import { writeManifest } from '../manifest/manifest-file.ts';
import { compressBytes, encodings, isCompressible } from '../storage/encodings.ts';
import type { Storage } from '../storage/storage.ts';
import { type Analysing, type Analysis, analyse } from './analyse.ts';
import { artifactsOf, createManifest } from './create-manifest.ts';
import { type Diagnostic, diagnosticOf, inOrder } from './diagnostic.ts';
import { mapLimited } from './limit.ts';
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
  readonly artifacts: readonly Artifact[];
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
  const brotli = options.withEncodings ? await encodeAll(artifacts, options) : undefined;
  const brotliBytes = brotli?.reduce((sum, { length }) => sum + length, 0);
  if (isDryRun) return { ...result, diagnostics, isDone: true, brotliBytes };
  try {
    await write(artifacts, brotli, options);
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

async function encodeAll(
  artifacts: readonly Artifact[],
  { onProgress, workers }: Compressing,
): Promise<Buffer[]> {
  const [brotli] = encodings;
  let done = 0;
  return mapLimited(artifacts, workers, async ({ bytes, type, name }) => {
    const encoded = brotli !== undefined && isCompressible(type) ? await compressBytes(bytes, brotli) : bytes;
    done += 1;
    onProgress({ step: 'encoding', done, total: artifacts.length, what: name });
    return encoded.length < bytes.length ? encoded : bytes;
  });
}

async function write(
  artifacts: readonly Artifact[],
  brotli: readonly Buffer[] | undefined,
  { storage, onProgress }: Compressing,
): Promise<void> {
  let done = 0;
  await mapLimited(artifacts, WRITES_AT_ONCE, async ({ name, bytes }, index) => {
    await storage.write(name, bytes);
    const encoded = brotli?.[index];
    if (encoded !== undefined && encoded !== bytes) await storage.write(`${name}.br`, encoded);
    done += 1;
    onProgress({ step: 'writing', done, total: artifacts.length, what: name });
  });
}

/** Files are written to a disk that waits for each; so many wait together. */
const WRITES_AT_ONCE = 16;
