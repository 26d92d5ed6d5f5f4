import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError, formatPlace, type Place } from '../errors.ts';
import { type Block, parseBlock } from '../recipe/parse.ts';
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

/** Parses the markup of each block that was reached; the same markup once. */
export function parseOccurrences(discovery: Discovery, { static: { url } }: ResolvedConfig): Occurrence[] {
  const parsed = new Map<string, Block | CompressorError>();
  return discovery.reached.map((reached) => {
    const { kind, markup, place } = reached.block;
    const key = JSON.stringify([formatPlace(place), kind, markup]);
    const known = parsed.get(key);
    const content = known ?? parse(kind, markup, url, place);
    if (known === undefined) parsed.set(key, content);
    const isWrong = content instanceof CompressorError;
    return { ...reached, content: isWrong ? undefined : content, problems: isWrong ? [content] : [] };
  });
}

function parse(kind: 'css' | 'js', markup: string, staticUrl: string, place: Place): Block | CompressorError {
  try {
    return parseBlock(kind, markup, (url) => nameOfUrl(url, staticUrl, place), place);
  } catch (error) {
    if (error instanceof CompressorError) return error;
    throw error;
  }
}

/** Whether a block could be rendered and built with all it reads. */
export function isSound({ content, problems, reads }: Occurrence): boolean {
  return content !== undefined && problems.length === 0 && reads.every(({ isMissing }) => !isMissing);
}
