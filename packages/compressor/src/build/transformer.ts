import type { LogLevel } from '../log.ts';
import type { RawSourceMap } from './source-map.ts';

/** A source to be turned into CSS or JavaScript. */
export interface TransformInput {
  readonly text: string;
  /** Absolute path; for inline text, where the file would be: a name in the first static folder. */
  readonly path: string;
  /** The extension of the language with its dot; for inline text it says what the path cannot. */
  readonly language: string;
  /** Whether the result should come with a source map. */
  readonly sourceMap: boolean;
  /** Says something about the source. It is said again when the result comes from the build cache. */
  readonly log?: (level: LogLevel, message: string) => void;
}

/** What became of a source. */
export interface TransformOutput {
  readonly text: string;
  /** From the result back to what was read; its `sources` are absolute paths or file URLs. */
  readonly map?: RawSourceMap;
  /** Absolute paths of all files that were read on the way, the source itself left out. */
  readonly dependencies: readonly string[];
}

/**
 * One step from a language to CSS or JavaScript. Same text and same dependencies must give the same result, on every
 * machine. A syntax error is thrown as a `CompressorError` with a place, or as any error: it is then shown with the name of
 * the source.
 */
export interface Transformer {
  /** For messages, and part of every key. */
  readonly name: string;
  /** Part of every key: raise it when results change. */
  readonly version: string;
  /** The extensions it answers for, with their dots. */
  readonly extensions: readonly string[];
  readonly output: 'css' | 'js';
  /**
   * Which files it looks around for, so that one that comes or goes may change a result although nothing that was read
   * changed: the build cache then compiles again.
   *
   * - `nothing`: it reads only what the source names by its whole path, and fails if that is missing
   * - `code`: style sheets, scripts and JSON
   * - `all`: any file; the default
   */
  readonly looksFor?: 'nothing' | 'code' | 'all';
  transform(input: TransformInput): Promise<TransformOutput>;
  /** Ends what the transformer keeps running. */
  close?(): Promise<void>;
}
