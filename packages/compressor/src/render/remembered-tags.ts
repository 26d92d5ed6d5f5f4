import { LRUCache } from 'lru-cache';
import type { TemplateBlock } from './block-renderer.ts';
import { Nonces } from './nonces.ts';
import type { RequestValues } from './request-values.ts';
import type { TagText } from './tag-text.ts';

/** Tags, and what else of a block than its markup they were made for. */
interface Variant {
  readonly block: Pick<TemplateBlock, 'kind' | 'mode' | 'name' | 'attributes'>;
  readonly tags: TagText;
}

/**
 * The tags that blocks have become, by the blocks' markup and by what their own tags say. What only a request decides is no part
 * of either.
 */
export class RememberedTags {
  /** By the markup alone, so that nothing has to be put together to look it up. */
  readonly #known = new LRUCache<string, readonly Variant[]>({ max: REMEMBERED_BLOCKS });
  readonly #nonces = new Nonces();
  /** Raised by each change, so that what was begun before is not remembered after. */
  #generation = 0;

  /**
   * The tags for a block, filled in for a request. They come at once when they are known.
   *
   * @param make makes them otherwise; it is handed the block with a stand-in for a nonce of its own
   */
  render(
    block: TemplateBlock,
    request: RequestValues,
    make: (block: TemplateBlock) => MadeTags | Promise<MadeTags>,
  ): string | Promise<string> {
    const nonced = this.#nonces.takeOut(block.markup);
    const wanted = nonced === undefined ? block : { ...block, markup: nonced.markup };
    const fill = (tags: TagText): string => {
      const html = tags.fill(request);
      return nonced === undefined ? html : nonced.fill(html);
    };
    const known = this.#find(wanted);
    if (known !== undefined) return fill(known);
    const generation = this.#generation;
    const keep = ({ tags, isLasting }: MadeTags): string => {
      if (isLasting && generation === this.#generation) this.#remember(wanted, tags);
      return fill(tags);
    };
    const made = make(wanted);
    return made instanceof Promise ? made.then(keep) : keep(made);
  }

  /** Sources changed: everything is made anew. */
  forget(): void {
    this.#generation += 1;
    this.#known.clear();
  }

  #find(wanted: TemplateBlock): TagText | undefined {
    return this.#known.get(wanted.markup)?.find(({ block }) => isSameTag(block, wanted))?.tags;
  }

  #remember({ kind, mode, name, attributes, markup }: TemplateBlock, tags: TagText): void {
    const block = { kind, mode, name, attributes };
    const others = this.#known.get(markup)?.filter((other) => !isSameTag(other.block, block)) ?? [];
    this.#known.set(markup, [{ block, tags }, ...others].slice(0, REMEMBERED_VARIANTS));
  }
}

/** Tags that were made just now. */
export interface MadeTags {
  readonly tags: TagText;
  /** Whether they are right until sources change. */
  readonly isLasting: boolean;
}

function isSameTag(one: Variant['block'], other: Variant['block']): boolean {
  return (
    one.kind === other.kind &&
    one.mode === other.mode &&
    one.name === other.name &&
    (one.attributes === other.attributes || isEqual(one.attributes, other.attributes))
  );
}

function isEqual(one: Variant['block']['attributes'], other: Variant['block']['attributes']): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => one[name] === other[name] && Object.hasOwn(other, name))
  );
}

/** Different markups of blocks kept in memory at most. */
const REMEMBERED_BLOCKS = 1_000;
/** Different tags around one and the same markup kept in memory at most. */
const REMEMBERED_VARIANTS = 20;
