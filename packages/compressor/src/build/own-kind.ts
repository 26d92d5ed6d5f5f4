import { messageOf } from '../caught.ts';
import { CompressorError } from '../errors.ts';
import { type KindSource, kindOfGoal } from '../recipe/block-kind.ts';
import { isFile, type OwnGoal, type Source } from '../recipe/recipe.ts';
import { decode } from '../sources/decode.ts';
import { type BuildContext, InputLog, sourceName } from './context.ts';
import type { Inputs } from './unit.ts';

/** What a group of a kind of the site becomes. */
export interface OwnFile {
  readonly inputs: Inputs;
  readonly content: Buffer;
}

/**
 * Reads the sources of a group and joins them as their kind says.
 *
 * @throws CompressorError `kind-failed`, and what reading throws
 */
export async function buildOwnFile(
  goal: OwnGoal,
  sources: readonly Source[],
  context: BuildContext,
): Promise<OwnFile> {
  const log = new InputLog(context);
  const kind = kindOfGoal(context.kinds, goal);
  const files = await Promise.all(sources.filter(isFile).map(({ file }) => openFile(file, context, log)));
  try {
    const content = await kind.join(files);
    return { inputs: log.inputs, content: Buffer.from(content) };
  } catch (cause) {
    if (cause instanceof CompressorError) throw cause;
    const reason = messageOf(cause);
    throw new CompressorError('kind-failed', {
      message: `the kind ${kind.name} cannot join ${sources.map(sourceName).join(', ')}: ${reason}`,
      cause,
    });
  }
}

async function openFile(name: string, context: BuildContext, log: InputLog): Promise<KindSource> {
  const { path } = await context.finder.find(name);
  const { bytes } = await log.read(path);
  return { name, bytes, text: () => decode(bytes, name, undefined) };
}
