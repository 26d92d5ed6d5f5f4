import { dirname, extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompressorError } from '../errors.ts';
import type { Logger, LogLevel } from '../log.ts';
import type { BlockKind } from '../recipe/block-kind.ts';
import { isFile, type Source } from '../recipe/recipe.ts';
import { decode } from '../sources/decode.ts';
import type { Finder } from '../sources/finder.ts';
import { printable } from '../sources/names.ts';
import type { Snapshot, SourceReader } from '../sources/reader.ts';
import type { Pipeline } from './pipeline.ts';
import type { Transformer } from './transformer.ts';
import type { Input } from './unit.ts';

/** All that a build depends on beside the group itself. */
export interface BuildContext {
  readonly finder: Finder;
  readonly reader: SourceReader;
  readonly transformers: readonly Transformer[];
  readonly pipeline: Pipeline;
  readonly staticUrl: string;
  readonly minify: boolean;
  readonly sourceMaps: boolean;
  /** Size up to which pictures and fonts are held by the style sheets that show them, in bytes. */
  readonly dataUris: number;
  /** The kinds of blocks that the site adds. */
  readonly kinds: readonly BlockKind[];
  readonly jsx: { readonly runtime: 'automatic' | 'classic'; readonly importSource: string };
  /** Told of the absolute path of each file that was looked for outside the static folders in vain: it may come yet. */
  readonly onMissing: (path: string) => void;
  /** Says a thing once for each key. */
  readonly warn: (level: LogLevel, key: string, message: string) => void;
  readonly logger: Logger;
}

/** Collects what a build reads. */
export class InputLog {
  readonly inputs = new Map<string, Input>();
  readonly #context: BuildContext;

  constructor(context: BuildContext) {
    this.#context = context;
  }

  /**
   * Reads a file by path and records it.
   *
   * @throws CompressorError `path-outside-root` for a file that is neither a static file, nor in a package, nor below the
   * folder of the configuration; and what {@link SourceReader.read} throws
   */
  async read(path: string): Promise<Snapshot> {
    const name = this.#nameOf(path);
    return this.#record(name, await this.#context.reader.read(path, name));
  }

  /**
   * The same for a file that a tool read a moment ago; see {@link SourceReader.readAgain}.
   *
   * @throws CompressorError what {@link InputLog.read} throws
   */
  async readAgain(path: string): Promise<Snapshot> {
    const name = this.#nameOf(path);
    return this.#record(name, await this.#context.reader.readAgain(path, name));
  }

  #nameOf(path: string): string {
    const name = this.#context.finder.nameOf(path);
    if (name !== undefined) return name;
    throw new CompressorError('path-outside-root', {
      message: `"${printable(path)}" is neither below the static folders nor in a package`,
    });
  }

  #record(name: string, snapshot: Snapshot): Snapshot {
    const { path, hash } = snapshot;
    this.inputs.set(path, { name, path, hash });
    return snapshot;
  }
}

/** A source with its text at hand. */
export interface OpenSource {
  readonly text: string;
  /** Absolute. Inline text stands where a file in the first static folder would, so relative names start there. */
  readonly path: string;
  /** The extension of its language, with the dot, lower-case. */
  readonly language: string;
}

/** Finds, reads and decodes a source. */
export async function openSource(source: Source, context: BuildContext, log: InputLog): Promise<OpenSource> {
  if (!isFile(source)) {
    const folder = context.finder.roots[0] ?? context.finder.base;
    return { text: source.text, path: join(folder, `inline${source.language}`), language: source.language };
  }
  const { path } = await context.finder.find(source.file);
  const { bytes } = await log.read(path);
  return {
    text: decode(bytes, source.file, source.charset),
    path,
    language: extname(path).toLowerCase(),
  };
}

/** The name of a source for people. */
export function sourceName(source: Source): string {
  return isFile(source) ? source.file : `inline${source.language}`;
}

/** The folder that relative names in a file resolve against. */
export function folderOf(path: string): string {
  return dirname(path);
}

/**
 * Runs a step in which a tool reads files by itself, and records what it read. If one of them changed meanwhile, the step
 * runs again: the recorded content is then exactly what the tool saw.
 *
 * @param log where to record, or what gives it after each run
 * @param run returns the result and the absolute paths read
 * @throws CompressorError `source-unstable` when files keep changing
 */
export async function recordReads<T>(
  context: BuildContext,
  log: InputLog | (() => InputLog),
  run: () => Promise<{ result: T; paths: readonly string[] }>,
): Promise<T> {
  let restless = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const since = Date.now();
    const { result, paths } = await run();
    const record = typeof log === 'function' ? log() : log;
    const isUnchanged = await Promise.all(
      paths.map(async (path) => context.reader.isUnchanged(await record.readAgain(path), since)),
    );
    const changed = paths.filter((_path, index) => !isUnchanged[index]);
    const [first] = changed;
    if (first === undefined) return result;
    restless = first;
    for (const path of changed) context.reader.forget(path);
    await sleep(SETTLE_MILLISECONDS);
  }
  throw new CompressorError('source-unstable', {
    message: `"${context.finder.nameOf(restless) ?? restless}" changes while it is built`,
  });
}

const ATTEMPTS = 10;
const SETTLE_MILLISECONDS = 20;
