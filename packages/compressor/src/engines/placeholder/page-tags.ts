import { formatPlace, type Place } from '../../errors.ts';
import type { TemplateBlock } from '../../render/block-renderer.ts';
import { RequestValues } from '../../render/request-values.ts';
import type { TagText } from '../../render/tag-text.ts';
import { syntaxError, type TagHandlers } from '../engine.ts';
import { Placeholders } from './placeholders.ts';

/** The blocks and static files of one rendering of a page by an engine that cannot wait. */
export class PageTags {
  readonly #handlers: TagHandlers;
  readonly #placeholders = new Placeholders();
  #isDevelopmentTagWritten = false;
  /** The block whose content is being rendered. */
  #open: Place | undefined;

  readonly #request: RequestValues;
  readonly #onBlock: (block: TemplateBlock) => void;

  /** @param onBlock told of each block when it was rendered */
  constructor(
    handlers: TagHandlers,
    request: RequestValues = RequestValues.none,
    onBlock: (block: TemplateBlock) => void = () => {},
  ) {
    this.#handlers = handlers;
    this.#request = request;
    this.#onBlock = onBlock;
  }

  /** Whether what is rendered is the inside of a block. */
  get isInBlock(): boolean {
    return this.#open !== undefined;
  }

  /** Runs something that stands outside of the block being rendered. */
  outside<T>(step: () => T): T {
    const open = this.#open;
    this.#open = undefined;
    try {
      return step();
    } finally {
      this.#open = open;
    }
  }

  /**
   * Says that what follows is rendered for the inside of a block, until {@link close}.
   *
   * @throws CompressorError `tag-syntax` if it stands inside a block
   */
  open(place: Place): void {
    if (this.#open !== undefined) throw nestedError(place, this.#open);
    this.#open = place;
  }

  close(): void {
    this.#open = undefined;
  }

  /** The stand-in for a block. */
  block(block: TemplateBlock, known?: TagText): string {
    const { place } = block;
    const markup = this.#placeholders.inBlock(block.markup, place);
    this.#onBlock({ ...block, markup });
    return this.#placeholders.leave({
      what: 'the block',
      place,
      resolve: () => known?.fill(this.#request) ?? this.#tags({ ...block, markup }),
      inBlock: (outer) => {
        throw nestedError(place, outer);
      },
    });
  }

  /**
   * The URL of a static file inside a block, the stand-in for it elsewhere.
   *
   * @param write what is done to the text where the page shows it
   */
  staticUrl(name: string, place: Place, write = (text: string): string => text): string {
    const plain = () => this.#handlers.plainUrl(name);
    if (this.#open !== undefined) return plain();
    return this.#placeholders.leave({
      what: `the static file "${name}"`,
      place,
      resolve: () => {
        const url = this.#handlers.staticUrl(name, place);
        return typeof url === 'string' ? write(url) : url.then(write);
      },
      inBlock: () => write(plain()),
    });
  }

  /** The page with everything in its place. */
  finish(page: string): Promise<string> {
    return this.#placeholders.finish(page);
  }

  #tags(block: TemplateBlock): string | Promise<string> {
    const { developmentTag } = this.#handlers;
    const isFirst = !this.#isDevelopmentTagWritten;
    this.#isDevelopmentTagWritten = true;
    const tags = this.#handlers.compress(block, this.#request);
    if (!isFirst || developmentTag === undefined) return tags;
    const after = (text: string) => `${developmentTag.fill(this.#request)}\n${text}`;
    return typeof tags === 'string' ? after(tags) : tags.then(after);
  }
}

function nestedError(place: Place, outer: Place) {
  const help = 'Close the outer block first.';
  return syntaxError(`a block stands inside the block at ${formatPlace(outer)}`, place, help);
}
