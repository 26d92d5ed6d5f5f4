import nodes, { type Node } from 'nunjucks/src/nodes.js';
import runtime, { type Frame } from 'nunjucks/src/runtime.js';
import { OwnCompiler } from '../template.ts';
import { macroKey } from './deferred.ts';

/** What is done with a variable that is read. */
export const READING = {
  /** It is called, so a function is wanted and not what it gives. */
  called: 1,
  /** It is only asked whether there is something. */
  asked: 2,
  /** It becomes a nonce, which differs for every page and is no part of what is built. */
  nonce: 4,
} as const;

/**
 * Compiles templates as Nunjucks does, except that variables are read as whole paths by `runtime.read` and `runtime.member`,
 * and that macros are made known by `runtime.macro`.
 */
export class ExploringCompiler extends OwnCompiler {
  /** Whether a single tag or value is compiled, to be run in a frame that is there already; undefined for a template. */
  piece: { readonly isNested: boolean } | undefined;
  readonly #called = new WeakSet<Node>();
  readonly #asked = new WeakSet<Node>();
  #isAsked = false;
  #textBefore = '';

  override compile(node: Node, frame?: Frame): void {
    this.#mark(node);
    const isAsked = this.#isAsked;
    if (this.#asked.has(node)) this.#isAsked = true;
    super.compile(node, frame);
    this.#isAsked = isAsked;
  }

  override compileOutput(node: Node, frame: Frame): void {
    super.compileOutput(node, frame);
    const last = node instanceof nodes.Output ? node.children.at(-1) : undefined;
    this.#textBefore = last instanceof nodes.TemplateData ? String(last.value) : '';
  }

  override compileSymbol(node: Node, frame: Frame): void {
    if (this.#isFree(node, frame)) this.#emitRead(node, node, [], frame);
    else super.compileSymbol(node, frame);
  }

  override compileLookupVal(node: Node, frame: Frame): void {
    const keys: Node[] = [];
    let root = node;
    while (root instanceof nodes.LookupVal) {
      keys.unshift(root.val);
      root = root.target;
    }
    if (this.#isFree(root, frame)) {
      this.#emitRead(node, root, keys, frame);
      return;
    }
    this._emit('runtime.member((');
    this._compileExpression(root, frame);
    this._emit('), [');
    this.#emitKeys(keys, frame);
    this._emit(`], ${this.#flags(node)})`);
  }

  override _compileMacro(node: Node, frame?: Frame): string {
    const id = super._compileMacro(node, frame);
    this._emitLine(`${id} = runtime.macro(${id}, ${JSON.stringify(macroKey(node))}, context, frame);`);
    return id;
  }

  override compileRoot(node: Node, frame?: Frame): void {
    if (this.piece === undefined) {
      super.compileRoot(node, frame);
      return;
    }
    const own = new runtime.Frame();
    this.inBlock = true;
    this._emitFuncBegin(node, 'root');
    this._emitLine('var parentTemplate = null;');
    this._compileChildren(node, this.piece.isNested ? own.push() : own);
    this._emitFuncEnd();
    this._emitLine('return { root: root };');
  }

  /** Notes what the nodes in a node are used for. */
  #mark(node: Node): void {
    if (node instanceof nodes.FunCall && !(node instanceof nodes.Filter)) this.#called.add(node.name);
    if (node instanceof nodes.If || node instanceof nodes.InlineIf) this.#asked.add(node.cond);
    if (node instanceof nodes.Or || node instanceof nodes.And || node instanceof nodes.Is)
      this.#asked.add(node.left);
    if (node instanceof nodes.Not) this.#asked.add(node.target);
    if (node instanceof nodes.Switch) this.#asked.add(node.expr);
    const [first] = node instanceof nodes.Filter ? node.args.children : [];
    if (node instanceof nodes.Filter && first !== undefined && DEFAULTS.has(node.name.value))
      this.#asked.add(first);
  }

  /** Whether a node is a name that only running the template gives a meaning. */
  #isFree(node: Node, frame: Frame): node is InstanceType<typeof nodes.Symbol> {
    return node instanceof nodes.Symbol && !node.value.includes(' ') && !frame.lookup(node.value);
  }

  #emitRead(node: Node, root: InstanceType<typeof nodes.Symbol>, keys: readonly Node[], frame: Frame): void {
    this._emit(`runtime.read(context, frame, [${JSON.stringify(root.value)}, `);
    this.#emitKeys(keys, frame);
    this._emit(`], ${this.#flags(node)}, ${root.lineno ?? 0}, ${root.colno ?? 0})`);
  }

  #emitKeys(keys: readonly Node[], frame: Frame): void {
    for (const key of keys) {
      this._compileExpression(key, frame);
      this._emit(', ');
    }
  }

  #flags(node: Node): number {
    const called = this.#called.has(node) ? READING.called : 0;
    const asked = this.#isAsked ? READING.asked : 0;
    const nonce = NONCE.test(this.#textBefore) ? READING.nonce : 0;
    return called | asked | nonce;
  }
}

const DEFAULTS: ReadonlySet<string> = new Set(['default', 'd']);
const NONCE = /\bnonce\s*=\s*["']?$/i;
