import { CompressorError } from '../errors.ts';
import { type OwnGoal, ownGoal } from './recipe.ts';

/** A source of a block, for {@link BlockKind.join}. */
export interface KindSource {
  /** Below the static folders, such as `icons/home.svg`, or in a package: `npm:package/file`. */
  readonly name: string;
  readonly bytes: Buffer;
  /** Its content as text. */
  text(): string;
}

/** A kind of blocks beside `css` and `js`: what its elements are, what becomes of their files, and how that is shown. */
export interface BlockKind {
  /** The word in the tag: lower-case letters, digits and `-`. */
  readonly name: string;
  /** Part of every key: raise it when results of {@link BlockKind.join} change. */
  readonly version: string;
  /** The extension of its artifacts, with the dot. It decides the media type. */
  readonly extension: string;
  /** The name of the elements that name a source, such as `img`. */
  readonly element: string;
  /** The attribute of theirs that holds its URL, such as `src`. */
  readonly attribute: string;
  /** Makes one file of the sources of neighbouring elements. It may depend on nothing but them. */
  join(sources: readonly KindSource[]): string | Uint8Array | Promise<string | Uint8Array>;
  /**
   * The HTML that shows a file.
   *
   * @param url its URL, which needs no escaping
   * @param attributes the attributes that the elements share and those of the tag, escaped, each after a space
   */
  tag(url: string, attributes: string): string;
  /**
   * The HTML that holds the content itself, for the mode `inline`; without it there is no such mode.
   *
   * @param text the content; whatever must be escaped in it is for this function to escape
   */
  inline?(text: string, attributes: string): string;
}

/**
 * The kind that a goal is of.
 *
 * @throws CompressorError `kind-failed` if the site has no such kind: a server with another configuration knows it
 */
export function kindOfGoal(kinds: readonly BlockKind[], goal: OwnGoal): BlockKind {
  const found = kinds.find((kind) => goalOf(kind) === goal);
  if (found !== undefined) return found;
  throw new CompressorError('kind-failed', {
    message: `there is no kind for "${goal}" in build.kinds`,
    help: 'Give all servers the same configuration.',
  });
}

/** What groups of a kind become. */
export function goalOf({ name, extension }: Pick<BlockKind, 'name' | 'extension'>): OwnGoal {
  return ownGoal(name, extension);
}
