import type { Purpose } from './frame.ts';
import type { ResolvedReferences } from './references.ts';
import type { RenderTimes } from './render-times.ts';

/** What a page decides about a tree that it shows. */
export interface RenderOptions {
  /** Default: `public`. */
  readonly purpose?: Purpose;
  /** What the page has for templates: `settings`, `owner` and whatever else. Functions in it are called when they are read. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What references in the tree lead to. Those that are not in it lead nowhere. */
  readonly references?: ResolvedReferences;
  /**
   * The variables that HTML may be kept by: it is used again where they have the same values. They must be plain data. A tree whose
   * templates read other variables of the page is rendered each time.
   */
  readonly cacheBy?: readonly string[];
  /** Is given the milliseconds that each widget takes, by its id. Then the tree is rendered anew, and its HTML is not kept. */
  readonly times?: RenderTimes;
  /** What the request decides about the tags of the compressor. */
  readonly request?: { readonly nonce?: string | undefined; readonly url?: string | undefined };
}

/** The variable in which a page's template finds what `render_root` is to know: {@link PageOptions}. */
export const OPTIONS_VARIABLE = 'widgy';

/** What a page says to `render_root` in the variable `widgy`. The rest it knows from the page. */
export type PageOptions = Pick<RenderOptions, 'purpose' | 'references' | 'cacheBy'>;

/** Reads the variable `widgy` of a page. What is not well formed says nothing: then the tree is shown as to any visitor. */
export function readPageOptions(given: unknown): PageOptions {
  if (typeof given !== 'object' || given === null) return {};
  const { purpose, references, cacheBy }: Partial<Record<string, unknown>> = { ...given };
  return {
    ...(purpose === 'preview' ? { purpose } : {}),
    ...(references instanceof Map ? { references } : {}),
    ...(Array.isArray(cacheBy) ? { cacheBy: cacheBy.filter((name) => typeof name === 'string') } : {}),
  };
}

/** Reads what the compressor's variable has for a page: `{ nonce, url }`. */
export function readRequest(given: unknown): NonNullable<RenderOptions['request']> {
  if (typeof given !== 'object' || given === null) return {};
  const { nonce, url }: Partial<Record<string, unknown>> = { ...given };
  return {
    nonce: typeof nonce === 'string' ? nonce : undefined,
    url: typeof url === 'string' ? url : undefined,
  };
}

/** The variable in which the tags of the compressor find what the request decides. */
export const REQUEST_VARIABLE = 'compressor';
