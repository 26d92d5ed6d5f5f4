import { entryNames } from '../build/builder.ts';
import type { Part } from '../build/plan.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError, formatPlace, type Place } from '../errors.ts';
import { parseBlock, type Segment } from '../recipe/parse.ts';
import { type Group, groupIdentity, isWhole, type Kind, type TagMode } from '../recipe/recipe.ts';
import type { TagAttributes } from '../recipe/tag-attributes.ts';
import { nameOfUrl } from '../sources/names.ts';
import { type BuildAndKeepContext, buildAndKeep } from '../storage/build-and-keep.ts';
import { entryFile, recipeFolder } from './asset-url.ts';
import { inlineText } from './inline.ts';
import { type MadeTags, RememberedTags } from './remembered-tags.ts';
import { RequestValues } from './request-values.ts';
import { inLines, type Piece, TagText } from './tag-text.ts';
import { fileTag, inlineTag, originalTag, preloadTag, type TagFacts, tagFacts } from './tags.ts';
import { VariantCounter } from './variant-counter.ts';

/** A block as a template engine hands it over. */
export interface TemplateBlock {
  readonly kind: Kind;
  readonly mode: TagMode;
  readonly name: string | undefined;
  /** What its tag asks of the tags in its place. It is no part of what is built. */
  readonly attributes: TagAttributes;
  /** What is between the tags, rendered. */
  readonly markup: string;
  /** The text between the tags as the template holds it, if nothing in it varies. */
  readonly literal?: string;
  readonly place: Place;
}

/** What rendering blocks takes, and whom it tells. */
export interface BlockRendererContext extends BuildAndKeepContext {
  readonly config: ResolvedConfig;
  readonly secret: string;
  /** Told of each part that a page now shows, and of each group that could not be built. */
  readonly observer: BlockObserver;
}

export interface BlockObserver {
  shown(group: Group, part: Part, folder: string): void;
  /** @param group what was to be built; undefined if the markup itself is wrong */
  failed(id: string, error: CompressorError, group: Group | undefined): void;
}

type GroupSegment = Extract<Segment, { type: 'group' }>;

/**
 * Writes the tags that stand in place of a block. What it wrote once for a markup it writes again without work, until
 * {@link forget} says that sources changed.
 */
export class BlockRenderer {
  readonly #context: BlockRendererContext;
  readonly #known = new RememberedTags();
  readonly #variants: VariantCounter;

  constructor(context: BlockRendererContext) {
    this.#context = context;
    this.#variants = new VariantCounter(context.warn);
  }

  /**
   * Never throws for what is wrong with sources or markup: the elements are then written as they were, and the error is
   * reported once.
   */
  render(block: TemplateBlock, request = RequestValues.none): string | Promise<string> {
    return this.#known.render(block, request, (wanted) => this.make(wanted));
  }

  /** Sources changed: everything is looked at anew. */
  forget(): void {
    this.#known.forget();
  }

  /** Makes the tags anew. */
  async make(block: TemplateBlock): Promise<MadeTags> {
    const { mode } = block;
    const { url } = this.#context.config.output;
    const segments = this.#segments(block);
    if (segments === undefined) {
      return { tags: new TagText(mode === 'preload' ? [] : [block.markup], url), isLasting: false };
    }
    const tags = await Promise.all(
      segments.map((segment) => {
        // What is kept would run or apply; a preload block only fetches.
        if (segment.type === 'kept') return mode === 'preload' ? [] : [[segment.markup]];
        return this.#groupTags(segment, block);
      }),
    );
    const lines = segments.flatMap(
      (segment, index) => tags[index] ?? (mode === 'preload' ? [] : originalsOf(segment)),
    );
    // A failure may pass without a change of sources: a full disk, too many open files.
    return { tags: new TagText(inLines(lines), url), isLasting: !tags.includes(undefined) };
  }

  /** The segments that get tags of their own; undefined if the markup is wrong, which is then reported. */
  #segments(block: TemplateBlock): readonly Segment[] | undefined {
    const { kind, markup, place } = block;
    const { config } = this.#context;
    try {
      const resolve = (url: string) => nameOfUrl(url, config.static.url, place);
      const { segments, recipe } = parseBlock(kind, markup, resolve, place, config.build.kinds);
      this.#variants.count(place, recipe);
      return this.#isDevelopment ? segments.flatMap(oneToOne) : segments;
    } catch (error) {
      if (!(error instanceof CompressorError)) throw error;
      this.#report(block, error, undefined);
      return undefined;
    }
  }

  #report(block: TemplateBlock, error: CompressorError, group: Group | undefined): void {
    const where = `in the block at ${formatPlace(block.place)}: `;
    const id = group === undefined ? where : groupIdentity(group);
    this.#context.warn('error', `${id} ${error.message}`, where + error.message);
    this.#context.observer.failed(id, error, group);
  }

  /** Undefined if the group could not be built, which is then reported. */
  async #groupTags(segment: GroupSegment, block: TemplateBlock): Promise<Piece[][] | undefined> {
    const { group, nonce } = segment;
    try {
      // What a file will hold is not known before it is built, and no page waits for that: no integrity.
      const facts = tagFacts({ ...group, nonce }, block.attributes, this.#context.config);
      const parts = await this.#context.builder.plan(group, this.#isDevelopment ? undefined : block.name);
      const tags = parts.map((part) => this.#partTags(group, part, block.mode, facts));
      return (await Promise.all(tags)).flat();
    } catch (error) {
      if (!(error instanceof CompressorError)) throw error;
      this.#report(block, error, group);
      return undefined;
    }
  }

  async #partTags(group: Group, part: Part, mode: TagMode, facts: TagFacts): Promise<Piece[][]> {
    const folder = await this.#folder(part);
    this.#context.observer.shown(group, part, folder);
    if (mode === 'inline') {
      const build = await buildAndKeep(part, this.#context);
      const texts = build.entries.map(async ({ bytes, references }) => {
        return inlineTag(facts, await inlineText(part.goal, bytes.toString(), references, `${folder}/`));
      });
      return Promise.all(texts);
    }
    const count = this.#isDevelopment && part.goal === 'module' ? part.sources.length : 1;
    const tag = mode === 'file' ? fileTag : preloadTag;
    return entryNames(part, count).map((name) =>
      tag(facts, `${folder}/${entryFile(name, part.key, part.goal)}`),
    );
  }

  async #folder(part: Part): Promise<string> {
    const { config, secret, store } = this.#context;
    const { folder, stored } = recipeFolder(part, secret, config.limits.urlLength);
    if (stored === undefined) return folder;
    if (!config.output.shared) {
      throw new CompressorError('recipe-too-long', {
        message: `a group of ${part.sources.length} sources does not fit into ${config.limits.urlLength} characters of a URL`,
      });
    }
    await store.saveRecipe(stored.name, stored.packed);
    return folder;
  }

  get #isDevelopment(): boolean {
    return this.#context.config.mode === 'development';
  }
}

/** The elements of a segment as they were written. */
export function originalsOf(segment: Segment): Piece[][] {
  if (segment.type === 'kept') return [[segment.markup]];
  return segment.originals.map((markup) => originalTag(markup, segment.nonce));
}

/** In development each source has a tag of its own. What is built as a whole stays one group: what modules share must run once. */
function oneToOne(segment: Segment): Segment[] {
  if (segment.type === 'kept' || isWhole(segment.group.goal)) return [segment];
  const { group, originals } = segment;
  return group.sources.map((source, index) => ({
    ...segment,
    group: { ...group, sources: [source] },
    originals: originals.slice(index, index + 1),
  }));
}
