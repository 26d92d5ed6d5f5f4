import { relative } from 'node:path';
import { formatBytes } from '../bytes.ts';
import { compressSite } from '../compress-site.ts';
import type { ResolvedConfig } from '../config/config.ts';
import type { Compressed } from '../offline/compress.ts';
import { doLongWork, messagesFor } from './long-work.ts';
import type { Options } from './options.ts';
import { count, duration, shownDiagnostics } from './print.ts';
import type { Io, Outcome } from './run.ts';

/** `compressor compress` and `compressor collect`. */
export async function compressCommand(options: Options, config: ResolvedConfig, io: Io): Promise<Outcome> {
  const { result, milliseconds } = await doLongWork(options, io, (common) =>
    compressSite(config, {
      ...common,
      dryRun: options.isDryRun,
      encodings: options.withEncodings,
      thorough: options.isThorough,
      statics: options.command === 'collect',
      ...(options.release !== undefined && { release: options.release }),
    }),
  );
  const { diagnostics, isDone } = result;
  return {
    status: isDone ? 0 : 1,
    json: {
      ...factsOf(result),
      durationMs: Math.round(milliseconds),
      diagnostics: shownDiagnostics(diagnostics, options.isVerbose),
    },
    text: options.isQuiet
      ? []
      : isDone
        ? summary(result, options, milliseconds, io.directory)
        : ['nothing was written'],
    messages: messagesFor(diagnostics, options),
  };
}

function factsOf({ analysis, recipes, artifacts, statics, manifest, release }: Compressed) {
  return {
    blocks: analysis.blocks,
    recipes,
    artifacts: artifacts.length,
    ...(statics !== undefined && { statics }),
    contexts: analysis.contexts,
    manifest,
    release,
  };
}

function summary(result: Compressed, options: Options, milliseconds: number, directory: string): string[] {
  const { analysis, artifacts, statics, recipes, brotliBytes, manifest, release } = result;
  const raw = artifacts.reduce((sum, artifact) => sum + artifact.size, 0);
  const brotli = brotliBytes === undefined ? '' : `, ${formatBytes(brotliBytes)} with Brotli`;
  const slowest = [...analysis.groups.values()]
    .flatMap(({ parts }) => parts)
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 3)
    .map(({ part, milliseconds: own }) => `${part.name} ${duration(own)}`);
  const where = options.isDryRun ? 'not written' : `written to ${relative(directory, manifest)}`;
  return [
    `${count(analysis.blocks, 'block')} in ${count(analysis.templates.length, 'template')}, ${count(recipes, 'recipe')}, ${count(analysis.contexts, 'context')}`,
    `${count(artifacts.length, 'artifact')}, ${formatBytes(raw)}${brotli}`,
    ...(statics === undefined ? [] : [count(statics, 'static file')]),
    ...(slowest.length > 0 ? [`slowest: ${slowest.join(', ')}`] : []),
    `release ${release} ${where} in ${duration(milliseconds)}`,
  ];
}
