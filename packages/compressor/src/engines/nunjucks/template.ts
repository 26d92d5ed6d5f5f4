import nunjucksCompiler, { type Compiler } from 'nunjucks/src/compiler.js';
import type {
  Blocks,
  Callback,
  Context,
  Environment,
  RenderFunction,
  Template,
} from 'nunjucks/src/environment.js';
import environment from 'nunjucks/src/environment.js';
import nodes, { type Node, type Root } from 'nunjucks/src/nodes.js';
import type { Frame, Runtime } from 'nunjucks/src/runtime.js';
import runtime from 'nunjucks/src/runtime.js';
import transformer from 'nunjucks/src/transformer.js';
import { ASYNC } from './asynchronous.ts';
import { locatedError, parseError } from './nunjucks-errors.ts';
import type { ParsedTemplate } from './parse.ts';
import { blocksIn, copyTree } from './tree.ts';

/** How templates of an environment are compiled and run. */
export interface Dialect {
  parse(template: Template, file: string): ParsedTemplate;
  createCompiler(template: CompressorTemplate): Compiler;
  createContext(variables: object, blocks: Blocks, environment: Environment): Context;
  /** What differs from the runtime of Nunjucks while functions of a template run. */
  runtimeOf(template: CompressorTemplate): Partial<Runtime>;
}

/** The functions that Nunjucks makes of a template: `root`, and `b_` and the name for each block. */
type Functions = Record<string, RenderFunction>;

const PLACED = [nodes.If, nodes.For, nodes.Set, nodes.FilterAsync];

/** Branches in which Nunjucks itself cannot compile includes, imports and blocks: it does not close what they open. */
function openBranches(node: Node): Node[] {
  if (node instanceof nodes.For) return node.else_ === null ? [] : [node.else_];
  if (!(node instanceof nodes.Switch)) return [];
  return [...node.cases.map(({ body }) => body), ...(node.default === null ? [] : [node.default])];
}

/** Functions of several templates call each other with the runtime of the first; each needs that of its own template. */
export class OwnCompiler extends nunjucksCompiler.Compiler {
  readonly #open = new WeakSet<Node>();

  /** Whatever fails is located at the output or the tag it is in. */
  override compile(node: Node, frame?: Frame): void {
    const isOutput = node instanceof nodes.Output && !(node.children[0] instanceof nodes.TemplateData);
    const isTag = PLACED.some((type) => node instanceof type);
    if (isOutput || isTag) this._emitLine(`lineno = ${node.lineno ?? 0}; colno = ${node.colno ?? 0};`);
    for (const branch of openBranches(node)) this.#open.add(branch);
    if (this.#open.has(node)) this._withScopedSyntax(() => super.compile(node, frame));
    else super.compile(node, frame);
  }

  /** Nunjucks finds no blocks in what is captured, in cases, and in tags of a site. */
  override compileRoot(node: Node, frame?: Frame): void {
    Object.assign(node, { findAll: () => blocksIn(node) });
    super.compileRoot(node, frame);
  }

  override compileCallExtensionAsync(node: Node, frame: Frame): void {
    if (node instanceof nodes.CallExtension) Reflect.set(node, 'extName', ASYNC + node.extName);
    super.compileCallExtensionAsync(node, frame);
  }

  override _emitFuncBegin(node: Node, name: string): void {
    super._emitFuncBegin(node, name);
    this._emitLine('runtime = ownRuntime;');
  }
}

/**
 * A template that Nunjucks compiles and runs as it always does, but with the tags of the compressor, and with errors that say
 * where they happened.
 */
export class CompressorTemplate extends environment.Template {
  readonly file: string;
  readonly runtime: Runtime;
  readonly #dialect: Dialect;
  #parsed: ParsedTemplate | undefined;

  /** @param original the template as the loaders of the site gave it */
  constructor(original: Template, environment: Environment, file: string, dialect: Dialect) {
    super(
      original.tmplStr ?? { type: 'code', obj: original.tmplProps ?? {} },
      environment,
      original.path,
      false,
    );
    this.file = file;
    this.#dialect = dialect;
    const own: Partial<Runtime> = {
      handleError: (error, line, column) => locatedError(error, { file, line: line + 1, column: column + 1 }),
    };
    this.runtime = Object.assign(Object.create(runtime), own, dialect.runtimeOf(this));
  }

  /** @throws CompressorError `template-syntax`, `tag-syntax` */
  get parsed(): ParsedTemplate {
    this.#parsed ??= this.#dialect.parse(this, this.file);
    return this.#parsed;
  }

  override compile(): void {
    if (!this.compiled) this._compile();
  }

  override _compile(): void {
    const functions = this.tmplProps ?? this.compileTree(copyTree(this.parsed.root));
    const { root } = functions;
    if (root === undefined) throw new TypeError('Nunjucks gave no function for a template.');
    this.blocks = this._getBlocks(functions);
    this.rootRenderFunc = root;
    this.compiled = true;
  }

  /** Functions from a tree, which is changed on the way. */
  compileTree(tree: Root, compiler = this.#dialect.createCompiler(this)): Functions {
    try {
      compiler.compile(transformer.transform(tree, this.env.asyncFilters));
      return new Function('ownRuntime', compiler.getCode())(this.runtime);
    } catch (error) {
      throw parseError(error, this.file);
    }
  }

  override render(variables: object, parentFrame: Frame | undefined, callback: Callback<string>): void {
    const answer = this.#once(callback);
    try {
      this.compile();
      const context = this.#dialect.createContext(variables, this.blocks, this.env);
      const frame = parentFrame?.push(true) ?? new this.runtime.Frame();
      frame.topLevel = true;
      this.rootRenderFunc(this.env, context, frame, this.runtime, answer);
    } catch (error) {
      answer(error);
    }
  }

  override getExported(
    variables: object | Callback<object>,
    parentFrame?: Frame | Callback<object>,
    callback?: Callback<object>,
  ): void {
    const given = [variables, parentFrame, callback].find(isCallback);
    const answer = this.#once<object>((error, exported) => given?.(error, exported));
    try {
      this.compile();
      const isAlone = typeof variables === 'function';
      const context = this.#dialect.createContext(isAlone ? {} : variables, this.blocks, this.env);
      const frame = parentFrame instanceof this.runtime.Frame ? parentFrame.push() : new this.runtime.Frame();
      frame.topLevel = true;
      this.rootRenderFunc(this.env, context, frame, this.runtime, (error) =>
        error ? answer(error) : answer(null, context.getExported()),
      );
    } catch (error) {
      answer(error);
    }
  }

  /** Nunjucks may go on after an error and answer twice. */
  #once<T>(callback: Callback<T>): Callback<T> {
    let isFailed = false;
    return (error, result) => {
      if (isFailed) return;
      if (error === null || error === undefined) return callback(null, result);
      isFailed = true;
      callback(this.runtime.handleError(error, 0, 0));
    };
  }
}

function isCallback(value: unknown): value is Callback<object> {
  return typeof value === 'function';
}
