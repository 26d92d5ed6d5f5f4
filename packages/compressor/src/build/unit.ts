import type { Artifact } from './artifact.ts';
import type { MappedText } from './source-map.ts';

/** A file that was read to build something. */
export interface Input {
  /** The same on every machine; two files can have one name, where a static folder hides a file of another. */
  readonly name: string;
  readonly path: string;
  readonly hash: string;
}

/** What was read to build something, by path. */
export type Inputs = ReadonlyMap<string, Input>;

/** One source on its own, ready to be joined with its neighbours. */
export interface Unit extends MappedText {
  readonly inputs: Inputs;
  /** Files that the text refers to by name, to be served beside it. */
  readonly files: readonly Artifact[];
  /**
   * Names that start a new bundle when they change from one source to the next: what must not share a file does not
   * share the realm. Equal for all style sheets.
   */
  readonly realm: 'style' | 'sloppy' | 'strict';
  /** Whether the text must be the first of its file: it begins with rules that browsers accept only there. */
  readonly mustBeFirst: boolean;
}
