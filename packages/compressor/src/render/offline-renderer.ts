import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError, formatPlace } from '../errors.ts';
import type { LogLevel } from '../log.ts';
import { groupHash, literalHash, type Manifest } from '../manifest/manifest.ts';
import { describeMiss } from '../manifest/nearest-group.ts';
import { parseBlock, type Segment } from '../recipe/parse.ts';
import type { Goal, Group, RecipeGroup } from '../recipe/recipe.ts';
import { nameOfUrl } from '../sources/names.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import { storageFailure } from '../storage/storage-failure.ts';
import { originalsOf, type TemplateBlock } from './block-renderer.ts';
import { inlineText } from './inline.ts';
import { type MadeTags, RememberedTags } from './remembered-tags.ts';
import { RequestValues } from './request-values.ts';
import { inLines, type Piece, TagText } from './tag-text.ts';
import { fileTag, inlineTag, preloadTag, tagFacts } from './tags.ts';

/** What looking up blocks takes. */
export interface OfflineRendererContext {
  readonly config: ResolvedConfig;
  readonly manifest: Manifest;
  readonly store: ArtifactStore;
  readonly warn: (level: LogLevel, key: string, message: string) => void;
  /** Makes the tags of a block that is not in the manifest; only where the site wants that. */
  readonly build: ((block: TemplateBlock) => Promise<MadeTags>) | undefined;
}

type GroupSegment = Extract<Segment, { type: 'group' }>;

/** What a tag takes beside what the manifest knows of its group. */
type Wanted = Pick<GroupSegment, 'nonce'> & Pick<RecipeGroup, 'attributes'>;

/**
 * Writes the tags of blocks from a manifest. A block without variables is a look-up by the text in its template; of any other,
 * what was rendered inside is parsed once and remembered.
 */
export class OfflineRenderer {
  readonly #context: OfflineRendererContext;
  readonly #known = new RememberedTags();
  /** By the name of an artifact: its text as it stands in a page. */
  readonly #texts = new Map<string, readonly Piece[]>();

  private constructor(context: OfflineRendererContext) {
    this.#context = context;
  }

  /**
   * Makes a renderer, with the text of everything that blocks show inline at hand.
   *
   * @throws CompressorError `manifest-invalid` if a text is not in the storage
   */
  static async create(context: OfflineRendererContext): Promise<OfflineRenderer> {
    const renderer = new OfflineRenderer(context);
    const { blocks, recipes } = context.manifest;
    const inline = blocks.filter(({ mode }) => mode === 'inline').flatMap((block) => block.recipes);
    const groups = inline.flatMap((id) => recipes[id]?.groups ?? []);
    await Promise.all(
      [...new Set(groups.map(({ group }) => group))].map((hash) => renderer.#loadTexts(hash)),
    );
    return renderer;
  }

  /** The tags for a block without variables, if the manifest has it. */
  known(block: TemplateBlock): TagText | undefined {
    const { manifest } = this.#context;
    const id =
      block.literal === undefined ? undefined : manifest.literals[literalHash(block.kind, block.literal)];
    const groups = id === undefined ? undefined : manifest.recipes[id]?.groups;
    if (groups === undefined) return undefined;
    const tags = groups.map(({ group, attributes }) =>
      this.#tags(group, block, { attributes, nonce: undefined }),
    );
    return tags.every((own) => own !== undefined) ? this.#text(tags.flat()) : undefined;
  }

  /**
   * @throws CompressorError `block-missing` where the configuration says so; and what is wrong with the markup
   */
  render(block: TemplateBlock, request = RequestValues.none): string | Promise<string> {
    return this.#known.render(block, request, (wanted) => this.#make(wanted));
  }

  #make(block: TemplateBlock): MadeTags | Promise<MadeTags> {
    const { build } = this.#context;
    const { mode } = block;
    const segments = this.#segments(block);
    if (segments === undefined) {
      return { tags: this.#text(mode === 'preload' ? [] : [[block.markup]]), isLasting: false };
    }
    const unloaded = segments.filter(
      (segment) => segment.type === 'group' && mode === 'inline' && !this.#isLoaded(segment),
    );
    if (unloaded.length > 0) {
      return Promise.all(
        unloaded.map((segment) => segment.type === 'group' && this.#loadTexts(groupHash(segment.group))),
      ).then(
        () => this.#make(block),
        (error) => this.#withoutTexts(block, error),
      );
    }
    const tags = segments.map((segment) => {
      // What is kept would run or apply; a preload block only fetches.
      if (segment.type === 'kept') return mode === 'preload' ? [] : [[segment.markup]];
      return this.#tags(groupHash(segment.group), block, {
        attributes: segment.group.attributes,
        nonce: segment.nonce,
      });
    });
    const missing = segments.filter((_segment, index) => tags[index] === undefined);
    if (missing.length > 0) {
      this.#report(block, missing);
      if (build !== undefined) return build(block);
    }
    const lines = segments.flatMap(
      (segment, index) => tags[index] ?? (mode === 'preload' ? [] : originalsOf(segment)),
    );
    return { tags: this.#text(lines), isLasting: true };
  }

  #text(tags: readonly (readonly Piece[])[]): TagText {
    return new TagText(inLines(tags), this.#context.config.output.url);
  }

  /** What a page gets while the storage fails. It may answer again at the next rendering. */
  #withoutTexts({ markup }: TemplateBlock, error: unknown): MadeTags {
    if (!(error instanceof CompressorError) || error.code !== 'storage-failed') throw error;
    this.#context.warn('error', storageFailure(error), error.message);
    return { tags: this.#text([[markup]]), isLasting: false };
  }

  /** Undefined if the markup is wrong, which is then reported. */
  #segments({ kind, markup, place }: TemplateBlock): readonly Segment[] | undefined {
    const { config, warn } = this.#context;
    try {
      const resolve = (url: string) => nameOfUrl(url, config.static.url, place);
      return parseBlock(kind, markup, resolve, place, config.build.kinds).segments;
    } catch (error) {
      if (!(error instanceof CompressorError) || config.offline.onMiss === 'error') throw error;
      warn('error', `miss ${formatPlace(place)}`, error.message);
      return undefined;
    }
  }

  /** @throws CompressorError `block-missing` where the configuration says so */
  #report(block: TemplateBlock, missing: readonly Segment[]): void {
    const { config, manifest, warn } = this.#context;
    const [group] = missing.flatMap((segment): Group[] => (segment.type === 'group' ? [segment.group] : []));
    if (group === undefined) return;
    const message = `a block is not in the manifest: ${describeMiss(group, manifest)}`;
    const error = new CompressorError('block-missing', { message, place: block.place });
    if (config.offline.onMiss === 'error') throw error;
    warn('error', `miss ${formatPlace(block.place)}`, error.message);
  }

  /** Undefined for a group that the manifest does not have. */
  #tags(hash: string, block: TemplateBlock, wanted: Wanted): Piece[][] | undefined {
    const { config, manifest } = this.#context;
    const { mode } = block;
    const group = manifest.groups[hash];
    if (group === undefined) return undefined;
    const { goal } = group;
    const factsOf = (entry: string) => {
      const integrity = config.output.integrity ? manifest.artifacts[entry]?.integrity : undefined;
      return tagFacts({ ...wanted, goal }, block.attributes, config, integrity);
    };
    const entries = group.parts.map(({ entry }) => entry);
    if (mode === 'inline') {
      const texts = entries.map((entry) => this.#texts.get(entry));
      return texts.every((text) => text !== undefined)
        ? texts.map((text, index) => inlineTag(factsOf(entries[index] ?? ''), text))
        : undefined;
    }
    const tag = mode === 'file' ? fileTag : preloadTag;
    return entries.map((entry) => tag(factsOf(entry), entry));
  }

  #isLoaded({ group }: GroupSegment): boolean {
    const parts = this.#context.manifest.groups[groupHash(group)]?.parts ?? [];
    return parts.every(({ entry }) => this.#texts.has(entry));
  }

  async #loadTexts(hash: string): Promise<void> {
    const group = this.#context.manifest.groups[hash];
    if (group !== undefined)
      await Promise.all(group.parts.map(({ entry }) => this.#loadText(entry, group.goal)));
  }

  async #loadText(entry: string, goal: Goal): Promise<void> {
    const { manifest, store } = this.#context;
    const artifact = await store.artifact(entry);
    if (artifact === undefined) {
      throw new CompressorError('manifest-invalid', {
        message: `"${entry}", which blocks show inline, is not in the output folder or is damaged`,
        help: 'Deploy the output folder with the manifest, or run compressor compress again.',
      });
    }
    const references = manifest.artifacts[entry]?.references ?? [];
    this.#texts.set(entry, await inlineText(goal, artifact.bytes.toString(), references, ''));
  }
}
