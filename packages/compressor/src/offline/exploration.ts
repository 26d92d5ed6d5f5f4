import type { CompressorError, Place } from '../errors.ts';
import type { TemplateBlock } from '../render/block-renderer.ts';
import type { OfflineContext } from './offline-context.ts';
import type { Read } from './read-log.ts';

/** Whether a real rendering with the same context comes here, too; exploring goes everywhere. */
export type IsTaken = () => Promise<boolean>;

/** A block that was reached, rendered with the variables of a context. */
export interface ReachedBlock {
  readonly block: TemplateBlock;
  /** The variables that decided what is in the block. */
  readonly reads: readonly Read[];
  /** What in the block gives something else each time, such as the time of day: its place and what it is. */
  readonly varying: readonly { readonly place: Place; readonly what: string }[];
  readonly isTaken: IsTaken;
  /** Whether every page of the template comes here, whatever its variables are: no condition, loop or name led here. */
  readonly isCertain: boolean;
}

/** Something that went wrong on the way. */
export interface ExplorationFailure {
  readonly error: CompressorError;
  /** The block that could not be rendered; undefined for what is wrong outside blocks. */
  readonly block: Place | undefined;
  readonly isTaken: IsTaken;
}

/** Told what exploring a template finds. */
export interface ExplorationVisitor {
  /** A template declares a block, whether or not anything leads there. */
  declared(place: Place): void;
  reached(block: ReachedBlock): void;
  failed(failure: ExplorationFailure): void;
  /** The run came to a block whose content nothing in this context decides: it hangs on an item of an empty list. */
  undecided(block: Place): void;
  /** One template uses another one. */
  uses(template: string, other: string): void;
}

/**
 * Runs one template with a context in an exploring way: real inheritance, includes and assignments, every branch of every
 * condition, output only inside blocks. It never throws for what is wrong with templates or contexts.
 *
 * @param template the name of a template
 * @returns all variables that decided where it went: with the same values, the run would be the same
 */
export type ExploreTemplate = (
  template: string,
  context: OfflineContext,
  visitor: ExplorationVisitor,
) => Promise<readonly Read[]>;

/** Templates, and what is in them, may be nested so deep while they are explored. */
export const DEEPEST_NESTING = 500;
