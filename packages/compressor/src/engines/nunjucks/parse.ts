import type { Environment } from 'nunjucks/src/environment.js';
import nodes, { type FunCall, type Node, type NodeList, type Root } from 'nunjucks/src/nodes.js';
import parser from 'nunjucks/src/parser.js';
import type { Place } from '../../errors.ts';
import type { TemplateBlock } from '../../render/block-renderer.ts';
import type { TagText } from '../../render/tag-text.ts';
import type { TagHandlers } from '../engine.ts';
import { asyncError } from './asynchronous.ts';
import { locatedError, parseError } from './nunjucks-errors.ts';
import { type FindTag, placeAt, tagFinder } from './positions.ts';
import { tagExtension } from './tags.ts';
import { blocksIn, call, childrenOf, contains, isSuper, nodesIn, rewrite } from './tree.ts';

/** A block as a template declares it. */
export type DeclaredBlock = Omit<TemplateBlock, 'markup'> & {
  /** The markup, if it is the same for every rendering. */
  readonly constant: string | undefined;
  /** The tags in its place, where they are known before anything is rendered. */
  readonly known: TagText | undefined;
  readonly body: NodeList;
};

/**
 * What a name that only the compressor writes into a tree stands for. No template can write such a name, because it has a
 * space in it.
 */
export type OwnName =
  | { readonly type: 'open' | 'compress'; readonly block: DeclaredBlock }
  | { readonly type: 'static'; readonly place: Place; readonly isTag: boolean }
  | { readonly type: 'template' }
  | { readonly type: 'super'; readonly name: string };

/** A template, parsed. */
export interface ParsedTemplate {
  readonly file: string;
  readonly root: Root;
  readonly own: ReadonlyMap<string, OwnName>;
  /** The blocks, by the calls that stand for them in the tree. */
  readonly blocks: ReadonlyMap<Node, DeclaredBlock>;
  /** The tag that a node begins with, as the template holds it. */
  textOf(node: Node): string;
}

/** What tags write down while a template is parsed. */
export interface Declarations {
  readonly file: string;
  /** A call of a function of the compressor. */
  call(at: Pick<Node, 'lineno' | 'colno'>, what: OwnName, ...given: Node[]): FunCall;
  declare(call: FunCall, block: DeclaredBlock): void;
  readonly findTag: FindTag;
}

/**
 * Parses a template with the tags of the compressor.
 *
 * @throws CompressorError `template-syntax`, `tag-syntax`
 */
export function parseTemplate(
  source: string,
  file: string,
  { extensionsList, opts, asyncFilters }: Pick<Environment, 'extensionsList' | 'opts' | 'asyncFilters'>,
  handlers: Pick<TagHandlers, 'kinds' | 'plainUrl' | 'known' | 'declared'>,
): ParsedTemplate {
  const text = extensionsList.reduce((before, { preprocess }) => preprocess?.(before) ?? before, source);
  const own = new Map<string, OwnName>();
  const blocks = new Map<Node, DeclaredBlock>();
  const declarations: Declarations = {
    file,
    call(at, what, ...given) {
      const name = `${what.type} ${own.size}`;
      own.set(name, what);
      return call(at, name, ...given);
    },
    declare: (node, block) => blocks.set(node, block),
    findTag: tagFinder(text, tagStart(opts)),
  };
  try {
    const root = parser.parse(text, [tagExtension(declarations, handlers), ...extensionsList], opts);
    for (const block of blocks.values()) refuseWaitingIn(block, file, asyncFilters);
    placeTags(root, declarations);
    nameTemplates(root, declarations);
    nameStaticUrls(root, declarations);
    for (const block of blocksIn(root)) keepSuper(block.body, block.name.value, blocks, declarations);
    const textOf = ({ lineno = 0, colno = 0 }: Node): string => {
      const { offset } = declarations.findTag(lineno, colno);
      return /^.*?%}|^.*/s.exec(text.slice(offset, offset + LONGEST_TAG))?.[0] ?? '';
    };
    return { file, root, own, blocks, textOf };
  } catch (error) {
    throw parseError(error, file);
  }
}

/** Nunjucks takes what takes time out of a block, and then does not find its result. */
function refuseWaitingIn({ body }: DeclaredBlock, file: string, asyncFilters: readonly string[]): void {
  for (const node of nodesIn(body)) {
    const isFilter = node instanceof nodes.Filter && asyncFilters.includes(node.name.value);
    if (isFilter) throw locatedError(asyncError(`the filter "${node.name.value}"`), placeAt(file, node));
    if (node instanceof nodes.CallExtensionAsync) {
      throw locatedError(asyncError(`the tag of "${node.extName}"`), placeAt(file, body));
    }
  }
}

/** People look for a tag where it begins. */
function placeTags(root: Root, { findTag }: Declarations): void {
  rewrite(root, (node) => {
    const { lineno, colno } = node;
    if (lineno === undefined || colno === undefined || !TAGS.some((type) => node instanceof type))
      return node;
    const start = findTag(lineno, colno);
    return Object.assign(node, { lineno: start.lineno, colno: start.colno });
  });
}

const TAGS = [
  nodes.If,
  nodes.For,
  nodes.Set,
  nodes.Switch,
  nodes.Macro,
  nodes.Block,
  nodes.Include,
  nodes.Extends,
  nodes.Import,
  nodes.FromImport,
];

/** Nunjucks notes where it is only when it calls a function; so names of templates are passed through one. */
function nameTemplates(root: Root, { call }: Declarations): void {
  rewrite(root, (node) => {
    const isReference =
      node instanceof nodes.Include ||
      node instanceof nodes.Extends ||
      node instanceof nodes.Import ||
      node instanceof nodes.FromImport;
    if (isReference) Reflect.set(node, 'template', call(node, { type: 'template' }, node.template));
    return node;
  });
}

/** `static('x')` and `'x' | static` must know where they stand. */
function nameStaticUrls(root: Root, { file, call }: Declarations): void {
  rewrite(root, (node) => {
    const isStatic =
      node instanceof nodes.FunCall && node.name instanceof nodes.Symbol && node.name.value === 'static';
    if (!isStatic) return node;
    // The position of a call is that of its parenthesis.
    const place = placeAt(file, node.name);
    return call(node, { type: 'static', place, isTag: false }, ...node.args.children);
  });
}

/**
 * Nunjucks renders `super()` at the beginning of the block it is in. Inside a compress block that would be outside of it,
 * and what `{% set %}` captures and cases it does not look into at all; there it is rendered where it stands.
 */
function keepSuper(
  node: Node,
  name: string,
  blocks: ReadonlyMap<Node, DeclaredBlock>,
  declarations: Declarations,
): void {
  for (const child of childrenOf(node)) {
    if (child instanceof nodes.Block) continue;
    const isHidden = child instanceof nodes.Set || child instanceof nodes.Switch;
    if (blocks.has(child) || isHidden) replaceSuper(child, name, declarations);
    else if (contains(child, isSuper)) keepSuper(child, name, blocks, declarations);
  }
}

function replaceSuper(node: Node, name: string, { call }: Declarations): void {
  rewrite(node, (inner) => (isSuper(inner) ? call(inner, { type: 'super', name }) : inner));
}

/** More of a tag is not shown in a message. */
const LONGEST_TAG = 200;

/** What tags begin with, which a site may change. */
function tagStart(options: object): string {
  const tags: unknown = Reflect.get(options, 'tags');
  const given: unknown =
    typeof tags === 'object' && tags !== null ? Reflect.get(tags, 'blockStart') : undefined;
  return typeof given === 'string' ? given : '{%';
}
