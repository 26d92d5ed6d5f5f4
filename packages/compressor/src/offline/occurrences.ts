import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError, formatPlace } from '../errors.ts';
import type { Block } from '../recipe/parse.ts';
import { nameOfUrl } from '../sources/names.ts';
import type { Discovery, Origin, Reached } from './discover.ts';
import type { IsTaken } from './exploration.ts';

/** A block as one run found it. */
export interface Occurrence {
  readonly block: Reached['block'];
  readonly reads: Reached['reads'];
  readonly varying: Reached['varying'];
  readonly origin: Origin;
  readonly isTaken: IsTaken;
  readonly isCertain: boolean;
  /** What its markup means; undefined if that is wrong. */
  readonly content: Block | undefined;
  /** What is wrong with it. */
  readonly problems: CompressorError[];
}

/**
 * Parses the markup of each block that was reached; the same markup once.
 *
 * @param known what the markup of each block means, if that is known
 */
export async function parseOccurrences(
  discovery: Discovery,
  config: ResolvedConfig,
  known: readonly Block[] = [],
): Promise<Occurrence[]> {
  const contentOf =
    known.length === 0 ? await createParse(config) : (_: Reached['block'], index: number) => known[index];
  return discovery.reached.map((reached, index) => {
    const content = contentOf(reached.block, index);
    const isWrong = content instanceof CompressorError;
    return { ...reached, content: isWrong ? undefined : content, problems: isWrong ? [content] : [] };
  });
}

/** The parser takes longer to load than most runs, which know all contents, take to parse. */
async function createParse({
  static: { url: staticUrl },
  build: { kinds },
}: ResolvedConfig): Promise<(block: Reached['block']) => Block | CompressorError> {
  const { parseBlock } = await import('../recipe/parse.ts');
  const parse = ({ kind, markup, place }: Reached['block']) => {
    try {
      return parseBlock(kind, markup, (url) => nameOfUrl(url, staticUrl, place), place, kinds);
    } catch (error) {
      if (error instanceof CompressorError) return error;
      throw error;
    }
  };
  const parsed = new Map<string, Block | CompressorError>();
  return (block) => {
    const key = JSON.stringify([formatPlace(block.place), block.kind, block.markup]);
    const content = parsed.get(key) ?? parse(block);
    parsed.set(key, content);
    return content;
  };
}

/** Whether a block could be rendered and built with all it reads. */
export function isSound({ content, problems, reads }: Occurrence): boolean {
  return content !== undefined && problems.length === 0 && reads.every(({ isMissing }) => !isMissing);
}
