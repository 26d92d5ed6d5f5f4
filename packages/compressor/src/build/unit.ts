import type { Snapshot } from '../sources/reader.ts';
import type { Artifact } from './artifact.ts';
import type { MappedText } from './source-map.ts';

/** What was read to build something, by name. */
export type Inputs = ReadonlyMap<string, Snapshot>;

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
