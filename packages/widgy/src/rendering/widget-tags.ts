import { CaptureTag, type Context, type FilterImplOptions, Liquid, type Tag, toValue } from 'liquidjs';
import { escapeHtml, Html } from '../widgets/fields/html.ts';
import { Markup, markupOf, printValue } from './markup.ts';
import { WidgetContext } from './widget-context.ts';

type Tags = Liquid['tags'];
type Filters = Liquid['filters'];
type TagClass = Tags[string];

/** Tags of Widgy itself, which depend on nothing but the tree and for whom it is shown. */
export const OWN_TAGS: ReadonlySet<string> = new Set([
  ...['render_root', 'render_children', 'render', 'editable'],
]);

/** Tags and filters of the compressor: what they write changes when sources do, unless everything was built ahead of time. */
export const ASSET_NAMES: ReadonlySet<string> = new Set(['compress', 'static']);

/**
 * The tags of a site as the templates of widgets have them. `capture` collects markup. Using one that is not LiquidJS's own is noted:
 * nobody knows what it depends on.
 */
export function widgetTags(site: Tags): Tags {
  const made = new Map<TagClass, TagClass>();
  return new Proxy(site, {
    get(target, name) {
      const original: TagClass | undefined = typeof name === 'string' ? target[name] : undefined;
      if (typeof name !== 'string' || original === undefined) return undefined;
      if (original === CaptureTag) return CaptureMarkupTag;
      if (original === plain.tags[name] || OWN_TAGS.has(name)) return original;
      const noted = made.get(original) ?? notedTag(name, original);
      made.set(original, noted);
      return noted;
    },
  });
}

/**
 * The filters of a site as the templates of widgets have them. `raw` makes no markup of what is none; a filter of the site's own that
 * is registered as raw does, which is its developer's word that it is safe.
 */
export function widgetFilters(site: Filters): Filters {
  const made = new Map<FilterImplOptions, FilterImplOptions>();
  return new Proxy(site, {
    get(target, name) {
      const original = typeof name === 'string' ? target[name] : undefined;
      if (typeof name !== 'string' || original === undefined) return undefined;
      const isPlain = original === plain.filters[name];
      if (isPlain && Object.hasOwn(OWN_FILTERS, name)) return OWN_FILTERS[name];
      if (isPlain && !VARYING.has(name)) return original;
      const noted = made.get(original) ?? notedFilter(name, original, isPlain);
      made.set(original, noted);
      return noted;
    },
  });
}

/** What LiquidJS has by itself. */
const plain = new Liquid();

class CaptureMarkupTag extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    yield super.render(context);
    const scope: Record<string, unknown> = context.bottom();
    const captured = scope[this.variable];
    if (typeof captured === 'string') scope[this.variable] = markupOf(captured);
  }
}

function notedTag(name: string, original: TagClass): TagClass {
  return new Proxy(original, {
    construct(target, given, newTarget) {
      const tag: Tag = Reflect.construct(target, given, newTarget);
      const render = tag.render.bind(tag);
      tag.render = (context, emitter) => {
        note(context, name);
        return render(context, emitter);
      };
      return tag;
    },
  });
}

function notedFilter(name: string, original: FilterImplOptions, isPlain: boolean): FilterImplOptions {
  const isRaw = typeof original !== 'function' && original.raw;
  const handler = typeof original === 'function' ? original : original.handler;
  return {
    raw: isRaw,
    handler(value, ...args) {
      if (!isPlain || name === 'sample' || isTimeOfDay(value)) note(this.context, name);
      const filtered: unknown = handler.call(this, value, ...args);
      return isRaw && typeof filtered === 'string' ? Html.trusted(filtered) : filtered;
    },
  };
}

/** What LiquidJS takes for the time of day, whether it is a text, markup or an address. */
function isTimeOfDay(value: unknown): boolean {
  const plain: unknown = toValue(value);
  return plain === 'now' || plain === 'today';
}

function note(context: Context, name: string): void {
  if (context instanceof WidgetContext) context.frame.page.recording.uses(name);
}

/** Filters whose result is not the same each time: they may ask for the time of day, or for chance. */
const VARYING: ReadonlySet<string> = new Set([
  ...['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string', 'sample'],
]);

/** In the place of filters of LiquidJS that mean markup. */
const OWN_FILTERS: Filters = {
  /** What is markup is printed as markup without it; what is not becomes none. */
  raw: (value: unknown) => value,
  escape: (value: unknown) => new Markup(Html.trusted(escapeHtml(plainText(value)))),
  newline_to_br: (value: unknown) =>
    new Markup(Html.trusted(String(printValue(value)).replace(/\r?\n/g, '<br>\n'))),
};

function plainText(value: unknown): string {
  return value instanceof Markup ? value.valueOf() : String(value ?? '');
}
