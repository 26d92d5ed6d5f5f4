import { CompressorError, type Place } from '../errors.ts';
import type { ExploreTemplate } from '../offline/exploration.ts';
import type { Kind, TagMode } from '../recipe/recipe.ts';
import type { TemplateBlock } from '../render/block-renderer.ts';

/** Renders the templates of a site. */
export interface TemplateEngine {
  readonly name: string;
  /** @param template the name of a template, such as `home.liquid` */
  render(template: string, variables: Readonly<Record<string, unknown>>): Promise<string>;
  /** Finds the blocks that a template leads to, with the very engine that renders it. */
  readonly explore: ExploreTemplate;
}

/** What the tags of an engine call. Answers come at once where they are known, so that a page need not wait for them. */
export interface TagHandlers {
  /** The tags that stand in place of a block. */
  compress(block: TemplateBlock): string | Promise<string>;
  /** The fingerprinted URL of a static file; a missing file is reported and keeps its plain URL. */
  staticUrl(name: string, place: Place): string | Promise<string>;
  /** The URL of a static file as it is named, for use inside blocks. */
  plainUrl(name: string): string;
  /** The tags for a block that is the same for every rendering, where they are known when its template is parsed. */
  known?(block: TemplateBlock): string | undefined;
  /** Told of each block when its template is parsed. */
  declared?(place: Place): void;
  /** What the page needs in development, once; empty otherwise. */
  readonly developmentTag: string;
}

/** What the words after `compress` mean. */
export interface TagArguments {
  readonly kind: Kind;
  readonly mode: TagMode;
  readonly name: string | undefined;
}

/**
 * Reads the words of a `compress` tag: `kind [mode] [name]`. All engines share it.
 *
 * @throws CompressorError `tag-syntax`
 */
export function parseArguments(words: string, place: Place): TagArguments {
  const [kind, mode = 'file', name, ...rest] = words.split(/\s+/).filter((word) => word !== '');
  if (kind !== 'css' && kind !== 'js') {
    throw syntaxError(
      kind === undefined ? 'a block needs a kind, css or js' : `"${kind}" is no kind of block`,
      place,
    );
  }
  if (mode !== 'file' && mode !== 'inline' && mode !== 'preload') {
    const help = `Modes are file, inline and preload. A name comes after the mode: {% compress ${kind} file ${mode} %}.`;
    throw syntaxError(`"${mode}" is no mode of a block`, place, help);
  }
  if (name !== undefined && !/^[A-Za-z0-9][\w-]*$/.test(name)) {
    throw syntaxError(
      `"${name}" is not a name for a block`,
      place,
      'Use letters, digits, "-" and "_", without quotes.',
    );
  }
  if (rest.length > 0) throw syntaxError(`"${rest.join(' ')}" follows the name of the block`, place);
  return { kind, mode, name };
}

/** An error in how a tag is written. */
export function syntaxError(message: string, place: Place, help?: string): CompressorError {
  return new CompressorError('tag-syntax', { message, place, help });
}
