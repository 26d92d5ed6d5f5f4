/**
 * What is inside Nunjucks 3.2.4 and has no types of its own: the parts that tags are made with, and those that exploring
 * runs templates with.
 */

declare module 'nunjucks/src/lexer.js' {
  export interface Token {
    readonly type: string;
    readonly value: unknown;
    readonly lineno: number;
    readonly colno: number;
  }
  export interface Tokenizer {
    readonly str: string;
    /** Where the next token begins. */
    readonly index: number;
    readonly tags: { readonly BLOCK_START: string; readonly BLOCK_END: string };
  }
  const lexer: { readonly TOKEN_BLOCK_END: string; readonly TOKEN_SYMBOL: string };
  export default lexer;
}

declare module 'nunjucks/src/parser.js' {
  import type { Token, Tokenizer } from 'nunjucks/src/lexer.js';
  import type { Node, NodeList, Root } from 'nunjucks/src/nodes.js';

  export interface Parser {
    readonly tokens: Tokenizer;
    nextToken(withWhitespace?: boolean): Token | null;
    peekToken(): Token | null;
    pushToken(token: Token): void;
    parseExpression(): Node;
    advanceAfterBlockEnd(name?: string): Token;
    parseUntilBlocks(...names: string[]): NodeList;
  }
  /** A tag of a site. */
  export interface Extension {
    readonly tags: readonly string[];
    parse(parser: Parser, nodes: unknown, lexer: unknown): Node;
    preprocess?(source: string): string;
  }
  const parser: { parse(source: string, extensions: readonly Extension[], options: object): Root };
  export default parser;
}

declare module 'nunjucks/src/transformer.js' {
  import type { Root } from 'nunjucks/src/nodes.js';

  /** Prepares a tree for compiling; it changes the tree. */
  const transformer: { transform(tree: Root, asyncFilters: readonly string[]): Root };
  export default transformer;
}

declare module 'nunjucks/src/compiler.js' {
  import type { Node } from 'nunjucks/src/nodes.js';
  import type { Frame } from 'nunjucks/src/runtime.js';

  export class Compiler {
    constructor(template: string | undefined, throwOnUndefined: boolean);
    inBlock: boolean;
    buffer: string | null;
    compile(node: Node, frame?: Frame): void;
    getCode(): string;
    _emit(code: string): void;
    _emitLine(code: string): void;
    _emitFuncBegin(node: Node, name: string): void;
    _emitFuncEnd(noReturn?: boolean): void;
    _withScopedSyntax(step: () => void): void;
    _compileChildren(node: Node, frame: Frame): void;
    _compileExpression(node: Node, frame: Frame): void;
    _compileMacro(node: Node, frame?: Frame): string;
    compileRoot(node: Node, frame?: Frame): void;
    compileCallExtensionAsync(node: Node, frame: Frame): void;
    compileSymbol(node: Node, frame: Frame): void;
    compileLookupVal(node: Node, frame: Frame): void;
    compileFunCall(node: Node, frame: Frame): void;
    compileFilter(node: Node, frame: Frame): void;
    compileIf(node: Node, frame: Frame, isAsync?: boolean): void;
    compileInlineIf(node: Node, frame: Frame): void;
    compileSwitch(node: Node, frame: Frame): void;
    compileIs(node: Node, frame: Frame): void;
    compileAnd(node: Node, frame: Frame): void;
    compileNot(node: Node, frame: Frame): void;
    compileOutput(node: Node, frame: Frame): void;
    compileOr(node: Node, frame: Frame): void;
  }
  const compiler: { readonly Compiler: typeof Compiler };
  export default compiler;
}

declare module 'nunjucks/src/runtime.js' {
  import type { Context } from 'nunjucks/src/environment.js';

  /** The variables of a loop, a block, a macro or a template. */
  export class Frame {
    constructor(parent?: Frame, isolateWrites?: boolean);
    variables: Record<string, unknown>;
    readonly parent: Frame | undefined;
    readonly isolateWrites: boolean | undefined;
    topLevel: boolean;
    resolve(name: string, forWrite?: boolean): Frame | undefined;
    set(name: string, value: unknown, resolveUp?: boolean): void;
    lookup(name: string): unknown;
    push(isolateWrites?: boolean): Frame;
  }
  export class SafeString {
    constructor(text: string);
  }
  export interface Runtime {
    readonly Frame: typeof Frame;
    readonly SafeString: typeof SafeString;
    contextOrFrameLookup(context: Context, frame: Frame, name: string): unknown;
    handleError(error: unknown, lineno: number, colno: number): unknown;
    makeMacro(
      names: readonly string[],
      keywords: readonly string[],
      macro: (...given: unknown[]) => unknown,
    ): (...given: unknown[]) => unknown;
    makeKeywordArgs(given: Record<string, unknown>): Record<string, unknown>;
    fromIterator(value: unknown): unknown;
    callWrap(value: unknown, name: string, context: Context, given: readonly unknown[]): unknown;
    suppressValue(value: unknown, isEscaping: boolean): unknown;
  }
  const runtime: Runtime;
  export default runtime;
}

declare module 'nunjucks/src/node-loaders.js' {
  export class FileSystemLoader {
    constructor(folders: readonly string[], options?: { readonly noCache?: boolean });
  }
  const loaders: { readonly FileSystemLoader: typeof FileSystemLoader };
  export default loaders;
}

declare module 'nunjucks/src/lib.js' {
  const lib: { escape(text: string): string };
  export default lib;
}
