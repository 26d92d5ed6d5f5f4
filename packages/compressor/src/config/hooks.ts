import { messageOf } from '../caught.ts';
import { CompressorError, type Place } from '../errors.ts';
import type { Kind, TagMode } from '../recipe/recipe.ts';

/** An output file. */
export interface ArtifactFile {
  /** Content-addressed: `site.<hash>.css`. */
  readonly name: string;
  /** The media type that it is served with. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Subresource Integrity metadata. */
  readonly integrity: string;
  /** Its content; loaded, or even built again, when this is called. */
  bytes(): Promise<Buffer>;
}

/** An artifact was built: a bundle, or what one refers to, such as a chunk, a picture, a font or a source map. */
export interface ArtifactEvent extends ArtifactFile {
  /** The recipe key of the build that it comes from. */
  readonly key: string;
  /** The names of all files that were read for that build, in order. */
  readonly sources: readonly string[];
  /** How long that build took; sources that were compiled earlier, to know their imports, are not in it. */
  readonly milliseconds: number;
}

/** A release was published: all its files are in the storage, and the manifest is written. */
export interface ReleaseEvent {
  readonly id: string;
  /** The absolute path of its manifest. */
  readonly manifest: string;
  readonly artifacts: readonly ArtifactFile[];
}

/** A block was rendered into a page. */
export interface BlockEvent {
  readonly kind: Kind;
  readonly mode: TagMode;
  readonly name: string | undefined;
  readonly place: Place;
  /** What is between the tags, rendered. */
  readonly markup: string;
  /** What stands there now. */
  readonly tags: string;
}

/**
 * What a site wants to be told. A hook may be asynchronous. One that throws is the diagnostic `hook-failed` in `compress` and
 * `check`, and an error in the log of a server, which goes on.
 */
export interface Hooks {
  /** Called for each artifact that this process builds, once. What comes out of a cache or a storage was not built. */
  onArtifact?(event: ArtifactEvent): void | Promise<void>;
  /** Called by `compress` when a release is published. */
  onRelease?(event: ReleaseEvent): void | Promise<void>;
  /** Called by servers and `render` for each block that is rendered, in order. */
  onBlock?(event: BlockEvent): void | Promise<void>;
}

/**
 * Calls a hook and waits for it.
 *
 * @param what what it is told of, for the message
 * @returns what went wrong, if anything: `hook-failed`
 */
export async function callHook(
  name: keyof Hooks,
  what: string,
  call: () => void | Promise<void>,
): Promise<CompressorError | undefined> {
  try {
    await call();
    return undefined;
  } catch (cause) {
    const reason = messageOf(cause);
    return new CompressorError('hook-failed', {
      message: `the hook ${name} failed for ${what}: ${reason}`,
      cause,
    });
  }
}
