import type { ResolvedConfig } from '../config/config.ts';
import { type BlockKind, kindOfGoal } from '../recipe/block-kind.ts';
import { type CodeGoal, isOwnGoal, type RecipeGroup } from '../recipe/recipe.ts';
import type { TagAttributes } from '../recipe/tag-attributes.ts';
import { writeAttributes } from './html.ts';
import { CROSSORIGIN_GAP, NONCE_GAP, type Piece, URL_GAP } from './tag-text.ts';

/** What a tag for a bundle is made from, beside the mode. */
export type TagFacts = CodeFacts | OwnFacts;

/** For a file of a kind of the site. */
interface OwnFacts {
  readonly own: BlockKind;
  readonly attributes: RecipeGroup['attributes'];
}

/** For styles and scripts. */
interface CodeFacts {
  readonly goal: CodeGoal;
  readonly attributes: RecipeGroup['attributes'];
  /** The nonce that the elements bear themselves; that of the page takes its place where they have none. */
  readonly nonce: string | undefined;
  /** Subresource Integrity metadata, where the content is known. */
  readonly integrity: string | undefined;
}

/** What the tags of a group are made from. */
export function tagFacts(
  { goal, attributes: own, nonce }: Pick<RecipeGroup, 'goal' | 'attributes'> & Pick<CodeFacts, 'nonce'>,
  ofBlock: TagAttributes,
  { build, output }: Pick<ResolvedConfig, 'build' | 'output'>,
  integrity?: string | undefined,
): TagFacts {
  if (isOwnGoal(goal)) {
    return { own: kindOfGoal(build.kinds, goal), attributes: inOrder({ ...ofBlock, ...own }) };
  }
  const configured = output.attributes[goal === 'style' ? 'css' : 'js'];
  const attributes = mergeAttributes(goal, own, ofBlock, configured);
  return { goal, attributes, nonce, integrity };
}

/**
 * The attributes of a tag: those of the elements, then those of the block's tag, then those of the configuration. `defer` on a
 * module would say what modules do anyway.
 */
export function mergeAttributes(
  goal: CodeGoal,
  own: TagAttributes,
  ofBlock: TagAttributes,
  configured: TagAttributes,
): TagAttributes {
  const merged = { ...configured, ...ofBlock, ...own };
  const { defer: _defer, ...withoutDefer } = merged;
  return inOrder(goal === 'module' ? withoutDefer : merged);
}

function inOrder(attributes: TagAttributes): TagAttributes {
  return Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The tag that loads a bundle.
 *
 * @param file its name, after the prefix that all URLs of bundles share
 */
export function fileTag(facts: TagFacts, file: string): Piece[] {
  if ('own' in facts) return ownTag(facts, file);
  const { goal, attributes } = facts;
  const rest = [...checks(facts), writeAttributes(attributes), nonceOf(facts), '>'];
  if (goal === 'style') return ['<link rel="stylesheet" href="', URL_GAP, `${file}"`, ...rest];
  const start = goal === 'module' ? '<script type="module" src="' : '<script src="';
  return [start, URL_GAP, `${file}"`, ...rest, '</script>'];
}

/**
 * The tag that only fetches a bundle, to be used later; nothing for a kind of the site. It never runs or applies it. Whatever decides how the tag of the mode
 * `file` fetches it stands on this one, too: else the browser would fetch it twice.
 */
export function preloadTag(facts: TagFacts, file: string): Piece[] {
  if ('own' in facts) return [];
  const fetching = fetchAttributes(facts.attributes);
  const rest = [...checks(facts), writeAttributes(fetching), nonceOf(facts), '>'];
  return [`<link ${preloadKind(facts.goal)} href="`, URL_GAP, `${file}"`, ...rest];
}

/** The attributes that decide how, and whether, a file is fetched. */
export function fetchAttributes({ media, crossorigin, referrerpolicy, fetchpriority }: TagAttributes) {
  return { media, crossorigin, referrerpolicy, fetchpriority };
}

/** Stands where the prefix of URLs will stand; nothing in it needs escaping. */
const PREFIX = 'widgy-url-prefix/';

/** What shows a file of a kind of the site. */
function ownTag({ own, attributes }: OwnFacts, file: string): Piece[] {
  const html = own.tag(PREFIX + file, writeAttributes(attributes));
  return html.split(PREFIX).flatMap((text, index) => (index === 0 ? [text] : [URL_GAP, text]));
}

/**
 * The element that holds a bundle's text. It cannot be closed from within.
 *
 * @param text made by {@link import('./inline.ts').inlineText}
 */
export function inlineTag(facts: TagFacts, text: readonly Piece[]): Piece[] {
  if ('own' in facts) {
    const content = text.filter((piece) => typeof piece === 'string').join('');
    return [facts.own.inline?.(content, writeAttributes(facts.attributes)) ?? ''];
  }
  const { goal, attributes } = facts;
  // These ask for something to be fetched; nothing is.
  const {
    crossorigin: _c,
    referrerpolicy: _r,
    fetchpriority: _f,
    defer: _d,
    blocking: _b,
    ...kept
  } = attributes;
  const { async: _a, ...classic } = kept;
  const [start, own, end] = {
    style: ['<style', kept, '</style>'] as const,
    module: ['<script type="module"', kept, '</script>'] as const,
    classic: ['<script', classic, '</script>'] as const,
  }[goal];
  return [start, writeAttributes(own), nonceOf(facts), '>', ...text, end];
}

/** An element as it was written, with the nonce of the page if it has none of its own. */
export function originalTag(markup: string, nonce: string | undefined): Piece[] {
  const [start = ''] = /^<[a-z]+/i.exec(markup) ?? [];
  return nonce === undefined && start !== '' ? [start, NONCE_GAP, markup.slice(start.length)] : [markup];
}

function preloadKind(goal: CodeGoal): string {
  if (goal === 'module') return 'rel="modulepreload"';
  return goal === 'style' ? 'rel="preload" as="style"' : 'rel="preload" as="script"';
}

/**
 * What lets the browser check the content. It may look into a file of another server only if it asks in a certain way
 * (Subresource Integrity, 3.5), as it always does for modules.
 */
function checks({ goal, attributes, integrity }: CodeFacts): Piece[] {
  if (integrity === undefined) return [];
  const asksAnyway = goal === 'module' || attributes.crossorigin !== undefined;
  return [writeAttributes({ integrity }), ...(asksAnyway ? [] : [CROSSORIGIN_GAP])];
}

function nonceOf({ nonce }: CodeFacts): Piece {
  return nonce === undefined || nonce === '' ? NONCE_GAP : writeAttributes({ nonce });
}
