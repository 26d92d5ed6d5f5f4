import type { CompressOptions } from '../compress-site.ts';
import type { Diagnostic } from '../offline/diagnostic.ts';
import type { Options } from './options.ts';
import { formatDiagnostics } from './print.ts';
import { createProgress } from './progress.ts';
import type { Io } from './run.ts';

/** What a command line says of how a site is to be analysed. */
export type CommonOptions = Pick<CompressOptions, 'workers' | 'cache' | 'onProgress'>;

/** Does what takes long as the command line says, with its progress shown, and measures it. */
export async function doLongWork<T>(
  options: Options,
  io: Io,
  work: (common: CommonOptions) => Promise<T>,
): Promise<{ result: T; milliseconds: number }> {
  const started = performance.now();
  const isSilent = options.isQuiet || (options.isJson && !options.isVerbose);
  const progress = isSilent ? undefined : createProgress(io.stderr, options.isVerbose);
  const result = await work({
    ...(options.workers !== undefined && { workers: options.workers }),
    cache: options.withCache,
    onProgress: (step) => progress?.show(step),
  });
  progress?.end();
  return { result, milliseconds: performance.now() - started };
}

/** The findings to print, as many as the command line asks for. */
export function messagesFor(
  diagnostics: readonly Diagnostic[],
  { isQuiet, isVerbose }: Pick<Options, 'isQuiet' | 'isVerbose'>,
): string[] {
  const wanted = isQuiet ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  return formatDiagnostics(wanted, isVerbose);
}
