import { CompressorError, type Place } from '../errors.ts';
import type { ExploreTemplate } from '../offline/exploration.ts';
import type { BlockKind } from '../recipe/block-kind.ts';
import type { Kind, TagMode } from '../recipe/recipe.ts';
import { attributeProblem, isAttributeName, type TagAttributes } from '../recipe/tag-attributes.ts';
import type { TemplateBlock } from '../render/block-renderer.ts';
import type { RequestValues } from '../render/request-values.ts';
import type { TagText } from '../render/tag-text.ts';

/** Renders the templates of a site. */
export interface TemplateEngine {
  readonly name: string;
  /**
   * @param template the name of a template, such as `home.liquid`
   * @param request what the tags of this page get; templates see it as the variable `compressor`
   */
  render(
    template: string,
    variables: Readonly<Record<string, unknown>>,
    request?: RequestValues,
  ): Promise<string>;
  /** Finds the blocks that a template leads to, with the very engine that renders it. */
  readonly explore: ExploreTemplate;
}

/** The variable in which a page finds what it was given for its tags: `{ nonce, url }`. */
export const REQUEST_VARIABLE = 'compressor';

/** What the tags of an engine call. Answers come at once where they are known, so that a page need not wait for them. */
export interface TagHandlers {
  /** The tags that stand in place of a block, for one request. */
  compress(block: TemplateBlock, request: RequestValues): string | Promise<string>;
  /** The fingerprinted URL of a static file; a missing file is reported and keeps its plain URL. */
  staticUrl(name: string, place: Place): string | Promise<string>;
  /** The URL of a static file as it is named, for use inside blocks. */
  plainUrl(name: string): string;
  /** The tags for a block that is the same for every rendering, where they are known when its template is parsed. */
  known?(block: TemplateBlock): TagText | undefined;
  /** Told of each block when its template is parsed. */
  declared?(place: Place): void;
  /** The kinds of blocks that the site adds. */
  readonly kinds: readonly BlockKind[];
  /** What the page needs in development, once; undefined otherwise. */
  readonly developmentTag: TagText | undefined;
}

/** What the words after `compress` mean. */
export interface TagArguments {
  readonly kind: Kind;
  readonly mode: TagMode;
  readonly name: string | undefined;
  readonly attributes: TagAttributes;
}

/**
 * Reads the words of a `compress` tag: `kind [mode] [name] [attributes]`. All engines share it.
 *
 * @param kinds those of the site
 * @throws CompressorError `tag-syntax`
 */
export function parseArguments(text: string, place: Place, kinds: readonly BlockKind[] = []): TagArguments {
  const words = [...wordsIn(text, place)];
  const first = words.findIndex(
    ({ word, value }) => value !== undefined || isAttributeName(word.toLowerCase()),
  );
  const [plain, given] = first === -1 ? [words, []] : [words.slice(0, first), words.slice(first)];
  const [kind, mode = 'file', name, ...rest] = plain.map(({ word }) => word);
  const own = kinds.find((each) => each.name === kind);
  if (kind === undefined || (kind !== 'css' && kind !== 'js' && own === undefined)) {
    const known = ['css', 'js', ...kinds.map((each) => each.name)];
    throw syntaxError(
      kind === undefined ? 'a block needs a kind, css or js' : `"${kind}" is no kind of block`,
      place,
      kinds.length === 0 ? undefined : `Kinds are ${known.join(', ')}.`,
    );
  }
  if (mode !== 'file' && mode !== 'inline' && mode !== 'preload') {
    const help = `Modes are file, inline and preload. A name comes after the mode: {% compress ${kind} file ${mode} %}.`;
    throw syntaxError(`"${mode}" is no mode of a block`, place, help);
  }
  if (own !== undefined && (mode === 'preload' || (mode === 'inline' && own.inline === undefined))) {
    throw syntaxError(
      `blocks of the kind ${kind} have no mode "${mode}"`,
      place,
      'Write no mode, or "file".',
    );
  }
  if (name !== undefined && !/^[A-Za-z0-9][\w-]*$/.test(name)) {
    throw syntaxError(
      `"${name}" is not a name for a block`,
      place,
      'Use letters, digits, "-" and "_", without quotes.',
    );
  }
  if (rest.length > 0) throw syntaxError(`"${rest.join(' ')}" follows the name of the block`, place);
  return { kind, mode, name, attributes: attributesOf(kind, given, place) };
}

/** A word of a tag, and what follows it after an equals sign. */
interface Word {
  readonly word: string;
  readonly value: string | undefined;
}

function* wordsIn(text: string, place: Place): Generator<Word> {
  const rest = text.trim();
  const pattern = /([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'))?(?:\s+|$)/y;
  while (pattern.lastIndex < rest.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(rest);
    if (match === null) {
      const [shown = ''] = rest.slice(start).split(/\s/);
      const help =
        'The value of an attribute stands in quotes, right after the equals sign: defer data-x="1".';
      throw syntaxError(`"${shown}" cannot be read`, place, help);
    }
    const [, word = '', double, single] = match;
    yield { word, value: double ?? single };
  }
}

function attributesOf(kind: Kind, words: readonly Word[], place: Place): TagAttributes {
  const attributes = new Map<string, string>();
  for (const { word, value = '' } of words) {
    const name = word.toLowerCase();
    const problem = attributes.has(name)
      ? `"${name}" is given twice`
      : (attributeProblem(kind, name, value) ?? variableIn(name, value));
    if (problem !== undefined) throw syntaxError(problem, place, ATTRIBUTES_HELP);
    attributes.set(name, value);
  }
  return Object.fromEntries(attributes);
}

function variableIn(name: string, value: string): string | undefined {
  return value.includes('{{') ? `the value of "${name}" cannot hold variables` : undefined;
}

const ATTRIBUTES_HELP =
  'Attributes come last and are for the tags in place of the block: {% compress js file site defer data-x="1" %}.';

/** An error in how a tag is written. */
export function syntaxError(message: string, place: Place, help?: string): CompressorError {
  return new CompressorError('tag-syntax', { message, place, help });
}
