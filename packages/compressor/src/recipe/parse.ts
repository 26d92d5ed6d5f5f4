import type { Place } from '../errors.ts';
import { outputAttributes } from './attributes.ts';
import { type BlockKind, goalOf } from './block-kind.ts';
import { scriptLanguage, styleLanguage } from './languages.ts';
import { type Piece, parseMarkup } from './markup.ts';
import type { CodeGoal, Goal, Kind, Recipe, RecipeGroup, Source } from './recipe.ts';

/** A stretch of a block, in the order of the page: what is built, or what stays as it was written. */
export type Segment =
  | {
      readonly type: 'group';
      readonly group: RecipeGroup;
      /** The markup of each source as it was written, to fall back to. */
      readonly originals: readonly string[];
      /** The nonce the elements bear. It changes with every request and is no part of the recipe. */
      readonly nonce: string | undefined;
    }
  | { readonly type: 'kept'; readonly markup: string };

/** A block's markup, understood. */
export interface Block {
  readonly recipe: Recipe;
  readonly segments: readonly Segment[];
}

/** Gives the name of the static file that a URL means, or undefined for a URL that is not the site's. */
export type ResolveUrl = (url: string) => string | undefined;

interface Understood {
  readonly goal: Goal;
  readonly source: Source;
  readonly attributes: Record<string, string>;
  readonly nonce: string | undefined;
}

/**
 * Parses the markup of a block. Neighbours that may share one tag form a group; whatever is not understood (a comment,
 * `noscript`, an import map, JSON, a URL of another site, an unknown attribute) stays in its place and ends the group.
 *
 * @param kinds those of the site
 * @throws CompressorError `markup-unclosed`, and what `resolve` throws
 */
export function parseBlock(
  kind: Kind,
  markup: string,
  resolve: ResolveUrl,
  place?: Place,
  kinds: readonly BlockKind[] = [],
): Block {
  const own = kinds.find(({ name }) => name === kind);
  const segments: Segment[] = [];
  for (const piece of parseMarkup(markup, place)) {
    if (piece.type === 'space') continue;
    const understood = piece.type === 'element' ? understand(own ?? kind, piece, resolve) : undefined;
    if (understood === undefined) {
      segments.push({ type: 'kept', markup: piece.markup.trim() });
      continue;
    }
    const { goal, source, attributes, nonce } = understood;
    const last = segments.at(-1);
    if (last?.type === 'group' && belongsTo(last.group, goal, attributes) && last.nonce === nonce) {
      const group = { ...last.group, sources: [...last.group.sources, source] };
      segments[segments.length - 1] = { ...last, group, originals: [...last.originals, piece.markup] };
    } else {
      segments.push({
        type: 'group',
        group: { goal, sources: [source], attributes },
        originals: [piece.markup],
        nonce,
      });
    }
  }
  const groups = segments.flatMap((segment) => (segment.type === 'group' ? [segment.group] : []));
  return { recipe: { kind, groups }, segments };
}

function belongsTo(group: RecipeGroup, goal: Goal, attributes: Record<string, string>): boolean {
  return group.goal === goal && JSON.stringify(group.attributes) === JSON.stringify(attributes);
}

function understand(
  kind: Kind | BlockKind,
  element: Extract<Piece, { type: 'element' }>,
  resolve: ResolveUrl,
): Understood | undefined {
  if (typeof kind === 'object') return understandOwn(kind, element, resolve);
  const what = kind === 'css' ? understandStyle(element, resolve) : understandScript(element, resolve);
  if (what === undefined) return undefined;
  const inline = 'text' in what.source;
  const attributes = outputAttributes(what.goal, inline, element.attributes);
  if (attributes === undefined) return undefined;
  return { ...what, attributes, nonce: element.attributes.nonce };
}

function understandStyle(
  element: Extract<Piece, { type: 'element' }>,
  resolve: ResolveUrl,
): { goal: CodeGoal; source: Source } | undefined {
  const { rel, href, type = '', lang, charset } = element.attributes;
  const language = styleLanguage(type, lang);
  if (language === undefined) return undefined;
  if (element.name === 'style') return { goal: 'style', source: { text: element.text, language } };
  if (element.name !== 'link' || rel?.trim().toLowerCase() !== 'stylesheet') return undefined;
  const source = fileSource(href, charset, resolve);
  return source && { goal: 'style', source };
}

function understandScript(
  element: Extract<Piece, { type: 'element' }>,
  resolve: ResolveUrl,
): { goal: CodeGoal; source: Source } | undefined {
  if (element.name !== 'script') return undefined;
  const { src, type = '', lang, charset } = element.attributes;
  const script = scriptLanguage(type, lang);
  if (script === undefined) return undefined;
  const { goal, language } = script;
  if (src === undefined) return { goal, source: { text: element.text, language } };
  const source = fileSource(src, charset, resolve);
  return source && { goal, source };
}

/** Names that may be written again as they are. */
const ATTRIBUTE = /^[a-z][\w.:-]*$/;

/** Elements of a kind of the site: what their attributes mean is its own affair. */
function understandOwn(
  kind: BlockKind,
  element: Extract<Piece, { type: 'element' }>,
  resolve: ResolveUrl,
): Understood | undefined {
  if (element.name !== kind.element) return undefined;
  const { [kind.attribute]: url, nonce, ...rest } = element.attributes;
  if (Object.keys(rest).some((name) => !ATTRIBUTE.test(name) || name.startsWith('on'))) return undefined;
  const source = fileSource(url, undefined, resolve);
  const attributes = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return source && { goal: goalOf(kind), source, attributes, nonce };
}

function fileSource(
  url: string | undefined,
  charset: string | undefined,
  resolve: ResolveUrl,
): Source | undefined {
  const file = url === undefined ? undefined : resolve(url.trim());
  if (file === undefined) return undefined;
  return charset === undefined || charset.trim() === ''
    ? { file }
    : { file, charset: charset.trim().toLowerCase() };
}
