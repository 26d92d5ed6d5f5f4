import { messageOf } from '../caught.ts';
import { CompressorError } from '../errors.ts';
import { type BuildContext, type InputLog, type OpenSource, recordReads } from './context.ts';
import type { MappedText } from './source-map.ts';

/**
 * Brings a source into the language of the web: CSS or JavaScript. What is that already passes through.
 *
 * @throws CompressorError `transformer-missing`, `transformer-failed`, or what the transformer throws
 */
export async function transformSource(
  source: OpenSource,
  output: 'css' | 'js',
  context: BuildContext,
  log: InputLog,
): Promise<MappedText> {
  const transformer = context.transformers.find(
    (candidate) =>
      candidate.output === output &&
      // An extension may have several dots, so that a template says what it becomes.
      candidate.extensions.some((extension) => source.path.toLowerCase().endsWith(extension)),
  );
  if (transformer === undefined) {
    if (NATIVE[output].includes(source.language)) return { text: source.text };
    throw new CompressorError('transformer-missing', {
      message: `nothing turns "${source.language}" into ${output === 'css' ? 'CSS' : 'JavaScript'}`,
      place: { file: context.finder.nameOf(source.path) ?? source.path },
    });
  }
  return recordReads(context, log, async () => {
    try {
      // Errors that later steps find are shown in the source, so the map is needed even where it is not linked.
      const result = await transformer.transform({
        ...source,
        sourceMap: true,
        log: (level, message) => context.logger.log(level, message),
      });
      return { result, paths: result.dependencies };
    } catch (cause) {
      if (cause instanceof CompressorError) throw cause;
      throw new CompressorError('transformer-failed', {
        message: `${transformer.name}: ${messageOf(cause)}`,
        place: { file: context.finder.nameOf(source.path) ?? source.path },
        cause,
      });
    }
  });
}

/** What needs no transformer. A file without extension is taken for what its element says. */
const NATIVE: Readonly<Record<'css' | 'js', readonly string[]>> = {
  css: ['.css', ''],
  js: ['.js', '.mjs', '.cjs', ''],
};
