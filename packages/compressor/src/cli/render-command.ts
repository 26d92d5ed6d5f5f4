import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf, nodeCodeOf } from '../caught.ts';
import { createCompressor } from '../compressor.ts';
import type { ResolvedConfig } from '../config/config.ts';
import type { BlockEvent } from '../config/hooks.ts';
import { CompressorError, formatPlace } from '../errors.ts';
import type { Options } from './options.ts';
import type { Io, Outcome } from './run.ts';

/** `compressor render`: the page goes to standard output; with `--verbose`, what became of each block to standard error. */
export async function renderCommand(options: Options, config: ResolvedConfig, io: Io): Promise<Outcome> {
  const [template = ''] = options.operands;
  const variables =
    options.context === undefined ? {} : await readVariables(resolve(io.directory, options.context));
  const messages: string[] = [];
  const onBlock = (event: BlockEvent) => {
    const { place, kind, mode, markup, tags } = event;
    messages.push(`${formatPlace(place)} ${kind} ${mode}`, ...indent('from', markup), ...indent('to', tags));
    return config.hooks.onBlock?.(event);
  };
  const hooks = options.isVerbose ? { ...config.hooks, onBlock } : config.hooks;
  const compressor = await createCompressor({ ...config, hooks });
  try {
    const page = await compressor.render(template, variables).catch((cause) => {
      if (cause instanceof CompressorError) throw cause;
      const message = messageOf(cause);
      const isMissing = nodeCodeOf(cause) === 'ENOENT';
      const code = isMissing ? 'template-missing' : 'template-failed';
      throw new CompressorError(code, { message, place: { file: template }, cause });
    });
    return { status: 0, json: { page }, text: [page], messages };
  } finally {
    await compressor.close();
  }
}

async function readVariables(path: string): Promise<Record<string, unknown>> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const reason = messageOf(cause);
    throw new CompressorError('usage', { message: `${path} cannot be read as JSON: ${reason}`, cause });
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new CompressorError('usage', { message: `${path} does not hold an object with variables` });
  }
  return { ...data };
}

function indent(word: string, text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line, index) => `  ${(index === 0 ? word : '').padEnd(5)}${line.trim()}`);
}
