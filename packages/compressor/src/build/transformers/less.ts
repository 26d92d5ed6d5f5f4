import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { CompressorError, type ErrorCode } from '../../errors.ts';
import { decode } from '../../sources/decode.ts';
import type { Finder } from '../../sources/finder.ts';
import { isForeign } from '../beside.ts';
import { installedVersion } from '../fingerprint.ts';
import { toolError } from '../locate.ts';
import { readMap } from '../source-map.ts';
import type { Transformer, TransformInput, TransformOutput } from '../transformer.ts';
import { firstFile, refusePrivate, searchFolders } from './look-up.ts';

/**
 * Less. Names resolve against the file, then the static folders, then the installed packages. Nothing is fetched from other
 * sites, and no JavaScript runs: neither `@plugin` nor inline.
 */
export function lessTransformer(finder: Finder): Transformer {
  return {
    name: 'less',
    version: installedVersion('less') ?? 'absent',
    extensions: ['.less'],
    output: 'css',
    async transform(input) {
      const less = await load();
      const files = new LessFiles(finder);
      // Typed as one, so that options the type definitions have forgotten may stand in it.
      const options = {
        filename: input.path,
        plugins: [fileManagerPlugin(less, files)],
        disablePluginRule: true,
        ...(input.sourceMap && { sourceMap: { outputSourceFiles: true, sourceMapBasepath: '' } }),
      };
      try {
        const result = await less.render(input.text, options);
        // What may be missing ("optional", and what data-uri() names) may not be anywhere for that.
        const refused = files.failures.find(({ code }) => code !== 'import-missing');
        if (refused !== undefined) {
          throw new CompressorError(refused.code, {
            message: refused.summary,
            place: { file: nameIn(finder, input.path) },
          });
        }
        return outputOf(result, files, input);
      } catch (cause) {
        throw await located(cause, files, finder, input);
      }
    },
  };
}

async function load(): Promise<LessStatic> {
  try {
    return (await import('less')).default;
  } catch (cause) {
    throw new CompressorError('tool-missing', {
      message: 'Less sources need the package less',
      help: 'Run npm install less.',
      cause,
    });
  }
}

function outputOf(
  { css, map }: Less.RenderOutput,
  { read }: LessFiles,
  { path }: TransformInput,
): TransformOutput {
  return {
    text: css,
    ...(map && { map: readMap(map) }),
    dependencies: [...read].filter((file) => file !== path),
  };
}

/** What Less gets to read, and what went wrong on the way: Less keeps of an error only the message. */
class LessFiles {
  readonly read = new Set<string>();
  readonly failures: CompressorError[] = [];
  readonly #finder: Finder;
  readonly #folders: readonly string[];

  constructor(finder: Finder) {
    this.#finder = finder;
    this.#folders = searchFolders(finder);
  }

  /** @param extension what a name without extension means */
  source(name: string, folder: string, extension: string): Less.FileLoadResult {
    return this.#noting(() => {
      const filename = this.#find(extname(name) === '' ? name + extension : name, folder);
      return {
        filename,
        contents: decode(readFileSync(filename), nameIn(this.#finder, filename), undefined),
      };
    });
  }

  /** A file to be written into the style sheet as it is. */
  bytes(name: string, folder: string): { filename: string; contents: Buffer } {
    return this.#noting(() => {
      const filename = this.#find(name, folder);
      refusePrivate(filename, this.#finder);
      return { filename, contents: readFileSync(filename) };
    });
  }

  #find(name: string, folder: string): string {
    const folders = isForeign(name) ? [] : [folder, ...this.#folders];
    const file = firstFile(
      folders.map((each) => join(each, name)),
      this.#finder,
    );
    if (file !== undefined) {
      this.read.add(file);
      return file;
    }
    const help = isForeign(name) ? 'Less sources of other sites are not fetched.' : undefined;
    throw new CompressorError('import-missing', { message: `there is no file "${name}"`, help });
  }

  #noting<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (error instanceof CompressorError) this.failures.push(error);
      throw error;
    }
  }
}

/** Less asks the file manager that was added last first; this one answers for everything. */
function fileManagerPlugin({ FileManager }: LessStatic, files: LessFiles): Less.Plugin {
  class SiteFiles extends FileManager {
    override supports(): boolean {
      return true;
    }
    override supportsSync(): boolean {
      return true;
    }
    override async loadFile(name: string, folder: string, options: Less.LoadFileOptions) {
      return files.source(name, folder, options.ext ?? '');
    }
    override loadFileSync(name: string, folder: string, options: Less.LoadFileOptions) {
      try {
        const isEmbedded = options.rawBuffer === true;
        return {
          ...(isEmbedded ? files.bytes(name, folder) : files.source(name, folder, '')),
          error: undefined,
        };
      } catch (error) {
        return { error };
      }
    }
  }
  return { install: (_less, manager) => manager.addFileManager(new SiteFiles()) };
}

async function located(
  cause: unknown,
  { failures }: LessFiles,
  finder: Finder,
  { path, text }: TransformInput,
): Promise<unknown> {
  if (!isLessError(cause)) return cause;
  const { message, filename = path, line, column } = cause;
  const failure = failures.find(({ message: own }) => own === message);
  const code: ErrorCode = failure?.code ?? 'style-syntax';
  const place = {
    path: filename,
    line: line ?? 1,
    column: (column ?? 0) + 1,
    text: filename === path ? text : undefined,
  };
  return toolError(finder, code, failure?.summary ?? message, place, { help: failure?.help, cause });
}

interface LessError {
  readonly message: string;
  readonly filename?: string | undefined;
  /** From 1. */
  readonly line?: number | null;
  /** From 0. */
  readonly column?: number | null;
}

function isLessError(value: unknown): value is LessError {
  return value instanceof Error && 'filename' in value && 'line' in value && 'column' in value;
}

function nameIn(finder: Finder, path: string): string {
  return finder.nameOf(path) ?? basename(path);
}
