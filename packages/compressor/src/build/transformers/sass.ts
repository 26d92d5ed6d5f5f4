import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AsyncCompiler, Exception, StringOptions } from 'sass-embedded';
import { CompressorError, type ErrorCode } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Finder } from '../../sources/finder.ts';
import { installedVersion } from '../fingerprint.ts';
import { toolError } from '../locate.ts';
import { readMap } from '../source-map.ts';
import type { Transformer, TransformInput, TransformOutput } from '../transformer.ts';

/**
 * Sass and SCSS, by Dart Sass in one process that stays. Names resolve against the file, then the static folders; `pkg:`
 * reaches into packages (Sass specification, "Package URLs").
 */
export function sassTransformer(finder: Finder, logger: Logger): Transformer {
  let loaded: Promise<{ sass: typeof import('sass-embedded'); compiler: AsyncCompiler }> | undefined;

  const load = async () => {
    const sass = await import('sass-embedded').catch((cause) => {
      throw new CompressorError('tool-missing', {
        message: 'Sass sources need the package sass-embedded',
        help: 'Run npm install sass-embedded.',
        cause,
      });
    });
    return { sass, compiler: await sass.initAsyncCompiler() };
  };

  const transform = async (input: TransformInput): Promise<TransformOutput> => {
    loaded ??= load();
    loaded.catch(() => {
      loaded = undefined;
    });
    const { sass, compiler } = await loaded;
    const url = pathToFileURL(input.path);
    const say = input.log ?? ((level, message) => logger.log(level, message));
    const options: StringOptions<'async'> = {
      url,
      syntax: input.language === '.sass' ? 'indented' : 'scss',
      loadPaths: [...finder.roots],
      importers: [new sass.NodePackageImporter(finder.base)],
      sourceMap: input.sourceMap,
      sourceMapIncludeSources: input.sourceMap,
      quietDeps: true,
      // Each deprecation once to our own log, instead of a count of those left out.
      verbose: true,
      logger: {
        warn(message, { deprecation, span }) {
          const at = span?.url
            ? `${finder.nameOf(fileURLToPath(span.url)) ?? span.url}:${span.start.line + 1}: `
            : '';
          say(deprecation ? 'debug' : 'warn', `${at}${message}`);
        },
        debug(message) {
          say('debug', message);
        },
      },
    };
    try {
      const result = await compiler.compileStringAsync(input.text, options);
      return {
        text: result.css,
        ...(result.sourceMap && {
          map: readMap({ ...result.sourceMap, mappings: result.sourceMap.mappings }),
        }),
        dependencies: result.loadedUrls
          .filter(({ href }) => href !== url.href)
          .map((loadedUrl) => fileURLToPath(loadedUrl)),
      };
    } catch (cause) {
      throw cause instanceof sass.Exception ? await located(finder, input, cause) : cause;
    }
  };

  return {
    name: 'sass-embedded',
    version: installedVersion('sass-embedded') ?? 'absent',
    extensions: ['.scss', '.sass'],
    output: 'css',
    looksFor: 'code',
    transform,
    async close() {
      const running = await loaded?.catch(() => undefined);
      loaded = undefined;
      await running?.compiler.dispose();
    },
  };
}

/** Sass says what went wrong in words only; these are the words of the cases that have a code of their own. */
function codeOf(message: string): ErrorCode {
  if (/already being loaded/.test(message)) return 'import-loop';
  if (/Can't find stylesheet to import/.test(message)) return 'import-missing';
  return 'style-syntax';
}

function located(finder: Finder, input: TransformInput, error: Exception): Promise<CompressorError> {
  const { url, start } = error.span;
  const path = url === undefined ? input.path : fileURLToPath(url);
  return toolError(
    finder,
    codeOf(error.sassMessage),
    error.sassMessage,
    {
      path,
      line: start.line + 1,
      column: start.column + 1,
      text: path === input.path ? input.text : undefined,
    },
    { cause: error },
  );
}
