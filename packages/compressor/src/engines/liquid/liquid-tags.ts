import {
  type Context,
  type Emitter,
  type Liquid,
  type Parser,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
  TypeGuards,
  Value,
} from 'liquidjs';
import { CompressorError, type Place } from '../../errors.ts';
import type { TemplateBlock } from '../../render/block-renderer.ts';
import { RequestValues } from '../../render/request-values.ts';
import type { TagText } from '../../render/tag-text.ts';
import {
  parseArguments,
  REQUEST_VARIABLE,
  syntaxError,
  type TagArguments,
  type TagHandlers,
} from '../engine.ts';
import { placeOf } from './liquid-places.ts';

/** What one rendering of a page remembers, in whatever partial it is. */
export interface Rendering {
  /** The block being rendered. */
  block: Place | undefined;
  isDevelopmentTagWritten: boolean;
  /** What the page was given for its tags, as it was given and checked. */
  request: { readonly given: unknown; readonly values: RequestValues };
}

/** What LiquidJS takes as a tag. */
export type TagClass = new (
  token: TagToken,
  remaining: TopLevelToken[],
  liquid: Liquid,
  parser: Parser,
) => Tag;

/** What the rendering that a context belongs to remembers. */
export type RenderingOf = (context: Context) => Rendering;

/**
 * Registers `{% compress %}`, `{% static %}` and the filter `static` on a LiquidJS engine.
 *
 * @param roots the template folders, to name templates in messages
 */
export function registerLiquidTags(
  engine: Liquid,
  handlers: TagHandlers,
  roots: readonly string[],
): RenderingOf {
  const renderings = new WeakMap<object, Rendering>();
  // Partials render in contexts of their own, but all of one rendering share its limits.
  const renderingOf: RenderingOf = ({ renderLimit }) => {
    const known = renderings.get(renderLimit);
    if (known !== undefined) return known;
    const rendering = { block: undefined, isDevelopmentTagWritten: false, request: NOTHING_GIVEN };
    renderings.set(renderLimit, rendering);
    return rendering;
  };
  engine.registerTag('compress', compressTag(handlers, roots, renderingOf));
  engine.registerTag('static', staticTag(handlers, roots, renderingOf));
  engine.registerFilter('static', function (value: unknown) {
    const name = textOf(value);
    if (renderingOf(this.context).block !== undefined) return handlers.plainUrl(name);
    const place = placeOf(this.token, roots);
    const url = handlers.staticUrl(name, place);
    if (typeof url !== 'string' && this.context.sync) throw syncError(place);
    return url;
  });
  return renderingOf;
}

function compressTag(handlers: TagHandlers, roots: readonly string[], renderingOf: RenderingOf): TagClass {
  return class CompressTag extends Tag {
    readonly #arguments: TagArguments;
    readonly #place: Place;
    readonly #templates: Template[] = [];
    /** The block, if it is the same for every rendering. */
    readonly #constant: TemplateBlock | undefined;
    /** The tags in its place, where they are known before anything is rendered. */
    readonly #known: TagText | undefined;

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, remaining, liquid);
      this.#place = placeOf(token, roots);
      this.#arguments = parseArguments(token.args, this.#place, handlers.kinds);
      let end = token.end;
      const stream = parser
        .parseStream(remaining)
        .on('tag:endcompress', ({ begin }: TagToken) => {
          end = begin;
          stream.stop();
        })
        .on('template', (template: Template) => this.#templates.push(atOnce(template)))
        .on('end', () => {
          throw syntaxError('the block is never closed', this.#place, 'Add {% endcompress %}.');
        });
      stream.start();
      const markup = constantMarkup(this.#templates, handlers);
      const literal = token.input.slice(token.end, end);
      this.#constant = markup === undefined ? undefined : this.#block({ markup, literal });
      this.#known = this.#constant && handlers.known?.(this.#constant);
      handlers.declared?.(this.#place);
    }

    override *render(context: Context, emitter: Emitter): Generator<unknown, void, string> {
      const rendering = renderingOf(context);
      if (rendering.block !== undefined) throw nestedError(this.#place, rendering.block);
      const request = requestOf(context, rendering);
      if (this.#known !== undefined) {
        emitter.write(this.#known.fill(request));
        return;
      }
      let block = this.#constant;
      if (block === undefined) {
        rendering.block = this.#place;
        try {
          // Not a plain yield: LiquidJS would wait for a promise of it.
          block = this.#block({
            markup: yield* this.liquid.renderer.renderTemplates(this.#templates, context),
          });
        } finally {
          rendering.block = undefined;
        }
      }
      if (handlers.developmentTag !== undefined && !rendering.isDevelopmentTagWritten) {
        // What stands outside the blocks of a child template may be thrown away by its layout.
        rendering.isDevelopmentTagWritten = context.getRegister('blockMode') !== STORE;
        emitter.write(`${handlers.developmentTag.fill(request)}\n`);
      }
      const tags = handlers.compress(block, request);
      if (typeof tags === 'string') emitter.write(tags);
      else if (context.sync) throw syncError(this.#place);
      else emitter.write(yield tags);
    }

    #block(content: Pick<TemplateBlock, 'markup' | 'literal'>): TemplateBlock {
      return { ...this.#arguments, ...content, place: this.#place };
    }
  };
}

/** What a page is given for its tags: as a global, which partials see however they are shown, or as a variable. */
function requestOf({ globals, environments }: Context, rendering: Rendering): RequestValues {
  const given: unknown =
    Reflect.get(globals, REQUEST_VARIABLE) ?? Reflect.get(environments, REQUEST_VARIABLE);
  if (given !== rendering.request.given) rendering.request = { given, values: RequestValues.check(given) };
  return rendering.request.values;
}

const NOTHING_GIVEN = { given: undefined, values: RequestValues.none };

/** How LiquidJS marks that it collects the blocks of a child template (`BlockMode.STORE`, which it does not export). */
export const STORE = 1;

function staticTag(handlers: TagHandlers, roots: readonly string[], renderingOf: RenderingOf): TagClass {
  return class StaticTag extends Tag {
    readonly #value: Value;
    /** Found out when it is needed first: finding the line takes a look at all that stands before. */
    #foundPlace: Place | undefined;

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      if (token.args.trim() === '') {
        throw syntaxError(
          'static needs the name of a file',
          this.#place,
          "Write {% static 'img/logo.svg' %}.",
        );
      }
      this.#value = new Value(token.args, liquid);
    }

    get #place(): Place {
      this.#foundPlace ??= placeOf(this.token, roots);
      return this.#foundPlace;
    }

    override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
      // Not a plain yield: LiquidJS would wait for a promise of it.
      const name = textOf(yield* this.#value.value(context));
      const isInBlock = renderingOf(context).block !== undefined;
      const url = isInBlock ? handlers.plainUrl(name) : handlers.staticUrl(name, this.#place);
      if (typeof url === 'string') emitter.write(url);
      else if (context.sync) throw syncError(this.#place);
      else emitter.write(textOf(yield url));
    }
  };
}

/** Plain text in a way that LiquidJS does not wait for, as it does for its own. */
function atOnce(template: Template): Template {
  const { token } = template;
  if (!TypeGuards.isHTMLToken(token)) return template;
  const text = token.getContent();
  return { token, render: (_context: Context, emitter: Emitter) => emitter.write(text) };
}

/** The markup of templates that are plain text and `static` tags with a literal name; undefined for any other. */
function constantMarkup(templates: readonly Template[], handlers: TagHandlers): string | undefined {
  let markup = '';
  for (const { token } of templates) {
    if (TypeGuards.isHTMLToken(token)) {
      markup += token.getContent();
      continue;
    }
    const isStatic = TypeGuards.isTagToken(token) && token.name === 'static';
    const name = isStatic ? LITERAL.exec(token.args)?.[2] : undefined;
    if (name === undefined) return undefined;
    markup += handlers.plainUrl(name);
  }
  return markup;
}

/** One quoted name without escapes, and nothing after it. */
const LITERAL = /^\s*(['"])([^'"\\]*)\1\s*$/;

/** What Liquid writes for a value: nothing for nothing. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function nestedError(place: Place, outer: Place): CompressorError {
  const where = `${outer.file}:${outer.line}:${outer.column}`;
  return syntaxError(`a block stands inside the block at ${where}`, place, 'Close the outer block first.');
}

function syncError(place: Place): CompressorError {
  return new CompressorError('tag-async', { message: 'the page is rendered synchronously', place });
}
