import { readFile } from 'node:fs/promises';
import { CompressorError, codeFrame, type ErrorCode } from '../errors.ts';
import type { Finder } from '../sources/finder.ts';

/** A place as a tool reports it. */
export interface ToolPlace {
  /** Absolute. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The text of the file, where it is not what the disk holds. */
  readonly text?: string | undefined;
}

/** What a tool found wrong, as an error of the catalogue with place and code frame. */
export async function toolError(
  finder: Finder,
  code: ErrorCode,
  message: string,
  place: ToolPlace,
  details: { help?: string | undefined; cause?: unknown } = {},
): Promise<CompressorError> {
  const text = place.text ?? (await readFile(place.path, 'utf8').catch(() => undefined));
  return new CompressorError(code, {
    message,
    place: { file: finder.nameOf(place.path) ?? place.path, line: place.line, column: place.column },
    frame: text === undefined ? undefined : codeFrame(text, place.line, place.column),
    ...details,
  });
}
