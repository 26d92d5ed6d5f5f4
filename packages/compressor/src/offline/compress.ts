import type { BuildContext } from '../build/context.ts';
import type { FinishedFile } from '../build/finished.ts';
import { callHook, type Hooks } from '../config/hooks.ts';
import { CompressorError } from '../errors.ts';
import { mapLimited } from '../limit.ts';
import { formatManifest, releaseId } from '../manifest/manifest.ts';
import { writeManifest } from '../manifest/manifest-file.ts';
import { earlierVersions, NO_VERSIONS } from '../releases/earlier-versions.ts';
import { type Publishable, publish } from '../releases/publish.ts';
import { DICTIONARY_RELEASES } from '../storage/dictionary-siblings.ts';
import { BROTLI, encodings } from '../storage/encodings.ts';
import type { Storage } from '../storage/storage.ts';
import { type Analysing, type Analysis, analyse } from './analyse.ts';
import { collectStatics } from './collect-statics.ts';
import { artifactsOf, createManifest } from './create-manifest.ts';
import { type Diagnostic, diagnosticOf, inOrder } from './diagnostic.ts';
import { encodeArtifacts } from './encode-artifacts.ts';

/** How to compress a site. */
export interface Compressing extends Analysing {
  readonly storage: Storage;
  /** The id that the release gets; undefined for the hash of its manifest. */
  readonly release: string | undefined;
  /** Whether static files are published, too. */
  readonly withStatics: boolean;
  /** What builds are made with. */
  readonly context: BuildContext;
  /** Whether everything is done but writing. */
  readonly isDryRun: boolean;
  /** Whether artifacts are also kept compressed, as servers send them. */
  readonly withEncodings: boolean;
  /** Whether the storage is asked for each file after publishing. */
  readonly isThorough: boolean;
}

/** What compressing a site came to. */
export interface Compressed {
  readonly analysis: Analysis;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether every block was built and, unless it was a dry run, written. */
  readonly isDone: boolean;
  readonly artifacts: readonly FinishedFile[];
  /** How many static files there are; undefined if they were not to be published. */
  readonly statics: number | undefined;
  /** Distinct recipes. */
  readonly recipes: number;
  /** Size of all artifacts with Brotli, in bytes; undefined without encodings. */
  readonly brotliBytes: number | undefined;
  readonly manifest: string;
  readonly release: string;
}

/**
 * Builds every block of a site, publishes the artifacts as a release and writes the manifest. Nothing is written unless
 * everything succeeded; the manifest comes last and in one step, so that until then the previous build is in use.
 */
export async function compress(options: Compressing): Promise<Compressed> {
  const { config, isDryRun, withEncodings } = options;
  const analysis = await analyse(options);
  const artifacts = artifactsOf(analysis.groups);
  const statics = options.withStatics ? await collectStatics(options.context, ownPaths(config)) : undefined;
  const facts = createManifest(analysis, statics?.names);
  const text = formatManifest(facts);
  const result = {
    analysis,
    artifacts,
    statics: statics?.files.length,
    recipes: Object.keys(facts.recipes).length,
    manifest: config.offline.manifest,
    release: options.release ?? releaseId(text),
  };
  const diagnostics = inOrder([...analysis.diagnostics, ...(statics?.diagnostics ?? [])]);
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    return { ...result, diagnostics, isDone: false, brotliBytes: undefined };
  }
  const { storage, isThorough, onProgress } = options;
  try {
    const isVersioned = withEncodings && !isDryRun;
    const release = { id: result.release, current: facts };
    const earlier = isVersioned ? await earlierVersions(storage, release, DICTIONARY_RELEASES) : NO_VERSIONS;
    // A dry run only wants to know how much visitors would get.
    const wanted = isDryRun ? [BROTLI] : encodings;
    const encoded = encodeArtifacts(artifacts, { encodings: wanted, earlier: earlier.of });
    const encodedStatics = encodeArtifacts(statics?.files ?? [], { encodings: wanted });
    const all = [...encoded.files, ...encodedStatics.files];
    const files = withEncodings ? all : all.map(alone);
    const total = files.length;
    if (isDryRun) {
      await mapLimited(files, options.workers, (file) => file.siblings(() => undefined));
    } else {
      await publish(
        { id: result.release, text, files },
        {
          storage,
          isThorough,
          concurrency: config.limits.storageRequests,
          onProgress: (done, what) => onProgress({ step: 'writing', done, total, what }),
          onWait: () =>
            config.logger.log(
              'info',
              'waiting until nobody deletes files in the storage, at most ten minutes',
            ),
        },
      );
      await writeManifest(config.offline.manifest, text);
      await tellOfRelease(result, config.hooks);
    }
    const warnings = earlier.unreadable.map((error) => diagnosticOf(error, 'warning'));
    return {
      ...result,
      diagnostics: inOrder([...diagnostics, ...warnings]),
      isDone: true,
      brotliBytes: withEncodings ? encoded.brotliBytes() : undefined,
    };
  } catch (error) {
    if (!(error instanceof CompressorError)) throw error;
    const found = inOrder([...diagnostics, diagnosticOf(error, 'error')]);
    return { ...result, diagnostics: found, isDone: false, brotliBytes: undefined };
  }
}

/** @throws CompressorError `hook-failed` */
async function tellOfRelease(
  { release: id, manifest, artifacts }: Pick<Compressed, 'release' | 'manifest' | 'artifacts'>,
  hooks: Hooks,
): Promise<void> {
  const files = artifacts.map(({ name, type, size, integrity, load }) => {
    return { name, type, size, integrity, bytes: load };
  });
  const what = `the release ${id}, which is published`;
  const failure = await callHook('onRelease', what, () =>
    hooks.onRelease?.({ id, manifest, artifacts: files }),
  );
  if (failure !== undefined) throw failure;
}

/** What the compressor writes itself. */
function ownPaths({ output, offline, cache }: Analysing['config']): string[] {
  return [output.directory, offline.manifest, ...(cache === false ? [] : [cache.directory])];
}

/** A file without anything beside it. */
function alone(file: Publishable): Publishable {
  return { ...file, siblings: async () => [] };
}
