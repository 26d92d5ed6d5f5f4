import { CompressorError, type Place } from '../../errors.ts';
import { RequestValues } from '../../render/request-values.ts';
import { parseArguments, type TagHandlers } from '../engine.ts';
import { PageTags } from './page-tags.ts';

/** What is inside a block: text, or a function that gives it. */
export type BlockContent = string | (() => unknown);

/**
 * Blocks for template engines that know nothing of them: EJS, Eta, Handlebars, or plain functions. One page is made for each
 * rendering, and its functions are handed to the template. They leave stand-ins, so the engine need not be able to wait;
 * {@link Page.finish} puts in the tags.
 *
 * ```js
 * const page = compressor.page('home.ejs');
 * const html = await page.finish(ejs.render(template, { compress: page.compress, staticUrl: page.staticUrl }));
 * ```
 *
 * The functions need no `this`. Escaping what they return, joining it with other text, or changing its case does no harm.
 */
export interface Page {
  /**
   * A block, with the words of a tag: `compress('css', '<link …>')`, `compress('js inline site', () => …)`. While a function
   * gives the content, {@link Page.staticUrl} gives plain URLs.
   *
   * @throws CompressorError `tag-syntax` if the words are wrong, or if a block stands inside a block; `tag-async` if the
   * content is a promise
   */
  readonly compress: (words: string, content: BlockContent) => string;
  /** The URL of a static file: fingerprinted, but plain inside blocks. */
  readonly staticUrl: (name: string) => string;
  /** The nonce that the page was given, for tags that the template writes itself. */
  readonly nonce: string | undefined;
  /**
   * The page with tags in place of blocks, all made at the same time.
   *
   * @throws CompressorError `template-failed` if the template damaged a stand-in, by cutting or replacing text
   */
  readonly finish: (html: string) => Promise<string>;
}

/**
 * Begins a page.
 *
 * @param template names the template in messages and logs
 * @param request what the tags of this page get
 */
export function createPage(handlers: TagHandlers, template = 'page', request = RequestValues.none): Page {
  const tags = new PageTags(handlers, request);
  const page: Place = { file: template };
  let blocks = 0;
  return {
    compress(words, content) {
      blocks += 1;
      const place = { ...page, block: blocks };
      const given = parseArguments(words, place, handlers.kinds);
      tags.open(place);
      try {
        const markup = typeof content === 'string' ? content : textOf(content(), place);
        return tags.block({ ...given, markup, place });
      } finally {
        tags.close();
      }
    },
    staticUrl: (name) => tags.staticUrl(name, page),
    nonce: request.nonce,
    finish: (html) => tags.finish(html),
  };
}

function textOf(value: unknown, place: Place): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object' && 'then' in value) {
    throw new CompressorError('tag-async', {
      message: 'the content of a block is a promise',
      place,
      help: 'Wait for it first, and give the block the text.',
    });
  }
  return String(value);
}
