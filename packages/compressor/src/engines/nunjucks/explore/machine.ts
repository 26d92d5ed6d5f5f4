import type { Environment, RenderFunction } from 'nunjucks/src/environment.js';
import nodes, { type Node } from 'nunjucks/src/nodes.js';
import { formatPlace, type Place } from '../../../errors.ts';
import { isPromise } from '../../../offline/lazy-values.ts';
import type { TagHandlers } from '../../engine.ts';
import { deriveEnvironment, findTemplate } from '../environment.ts';
import { parseTemplate } from '../parse.ts';
import type { CompressorTemplate, Dialect } from '../template.ts';
import { blocksIn, call, copyTree, isSuper, nodesIn, rewrite } from '../tree.ts';
import { macroKey } from './deferred.ts';
import { ExploringCompiler } from './exploring-compiler.ts';
import { ExploringContext } from './exploring-context.ts';
import { createRuntime, GIVE, SUPER } from './exploring-runtime.ts';
import { Reader } from './reading.ts';
import type { Run } from './run.ts';
import type { Scope } from './state.ts';

/** A macro, or what is between `{% call %}` and `{% endcall %}`, and where it was defined. */
export interface KnownMacro extends Scope {
  readonly node: InstanceType<typeof nodes.Macro>;
  readonly template: CompressorTemplate;
}

/** A block of a template. */
export interface KnownBlock {
  readonly node: InstanceType<typeof nodes.Block>;
  readonly template: CompressorTemplate;
}

/** Where in a template something is run. */
export interface Spot extends Scope {
  readonly template: CompressorTemplate;
  /** The block of the template it is in, and how many templates further up than the last that has it. */
  readonly block: { readonly name: string; readonly index: number } | undefined;
  /** Whether it is in a loop or a macro, so that macros and imports are variables of that. */
  readonly isNested: boolean;
}

/**
 * The engine of a site, as exploring runs it: the same compiler and runtime, except that variables are read from the offline
 * context. It runs whole templates, and single tags and values of them.
 */
export class Machine {
  readonly environment: Environment;
  /** Every block that was declared in a template so far. */
  readonly declared = new Map<string, Place>();
  readonly macros = new WeakMap<object, KnownMacro>();
  readonly #blocks = new WeakMap<RenderFunction, KnownBlock>();
  readonly #macroNodes = new WeakMap<CompressorTemplate, ReadonlyMap<string, KnownMacro['node']>>();
  readonly #pieces = new WeakMap<Node, Map<string, RenderFunction>>();
  readonly #reader = new Reader(() => this.#current(), this.macros);
  #run: Run | undefined;

  constructor(site: Environment, given: Pick<TagHandlers, 'kinds' | 'plainUrl'>, roots: readonly string[]) {
    const handlers = {
      ...given,
      declared: (place: Place) => void this.declared.set(formatPlace(place), place),
    };
    const dialect: Dialect = {
      parse: ({ tmplStr = '' }, file) => parseTemplate(tmplStr, file, site, handlers),
      createCompiler: ({ path, env }) => new ExploringCompiler(path, env.opts.throwOnUndefined),
      createContext: (variables, blocks) =>
        variables instanceof ExploringContext ? variables.child(blocks) : this.createAlone(blocks),
      runtimeOf: (template) =>
        createRuntime(template, {
          run: () => this.#current(),
          reader: this.#reader,
          onMacro: (macro, key, scope) => {
            const node = this.#macroNodesOf(template).get(key);
            if (node !== undefined) this.macros.set(macro, { node, template, ...scope });
          },
        }),
    };
    this.environment = deriveEnvironment(site, roots, dialect, () => this.#run?.page);
    const { getFilter } = this.environment;
    this.environment.getFilter = (name) => {
      if (name === 'random') this.#current().vary('a random choice');
      return getFilter.call(this.environment, name);
    };
  }

  /** The context of the template that a run begins with. */
  createContext({ context: { variables } }: Run, blocks: Record<string, RenderFunction>): ExploringContext {
    return new ExploringContext(this.environment, {}, blocks, {
      has: (name) => name in variables,
      names: () => Object.keys(variables),
      read: (name) => this.#reader.variable(name),
    });
  }

  /** The context of a template that sees no other. */
  createAlone(blocks: Record<string, RenderFunction>): ExploringContext {
    return new ExploringContext(this.environment, {}, blocks, undefined);
  }

  /**
   * The template of a name; undefined if there is none and need not be.
   *
   * @param user the template that names it
   */
  async find(name: unknown, user?: CompressorTemplate, ignoreMissing = false) {
    const template = await findTemplate(this.environment, name, user?.path, ignoreMissing);
    // Nunjucks makes up an empty template in place of one that is missing.
    if (ignoreMissing && template.path === '') return undefined;
    this.#noteBlocks(template);
    return template;
  }

  #noteBlocks(template: CompressorTemplate): void {
    template.compile();
    for (const node of blocksIn(template.parsed.root)) {
      const block = template.blocks[node.name.value];
      if (block !== undefined) this.#blocks.set(block, { node, template });
    }
  }

  /** The blocks with a name in a scope, that of the last template first. */
  blocksOf(name: string, { context }: Scope): (KnownBlock | undefined)[] {
    return (context.blocks[name] ?? []).map((block) => this.#blocks.get(block));
  }

  /**
   * The value of a node; a promise of it where the engine gives one.
   *
   * @throws Signal, or whatever the engine throws
   */
  value(run: Run, node: Node, spot: Spot): unknown {
    const done = this.#runPiece(run, node, spot, true);
    return isPromise(done) ? done.then(() => run.given) : run.given;
  }

  /** Runs a tag as it is, for what it sets. */
  tag(run: Run, node: Node, spot: Spot): unknown {
    return this.#runPiece(run, node, spot, false);
  }

  #runPiece(run: Run, node: Node, spot: Spot, isValue: boolean): unknown {
    const { template, context, frame } = spot;
    const piece = this.#pieceOf(node, spot, isValue);
    this.#run = run;
    let outcome: { readonly error: unknown } | undefined;
    let finish = (_error: unknown): void => {};
    piece(this.environment, context, frame, template.runtime, (error) => {
      outcome ??= { error };
      finish(error);
    });
    if (outcome === undefined) {
      return new Promise<void>((done, fail) => {
        finish = (error) => (error ? fail(error) : done());
      });
    }
    if (outcome.error) throw outcome.error;
    return undefined;
  }

  /** A tag or a value as a function of its own, which runs in the frame it is given. */
  #pieceOf(node: Node, { template, block, isNested }: Spot, isValue: boolean): RenderFunction {
    const known = this.#pieces.get(node) ?? new Map<string, RenderFunction>();
    this.#pieces.set(node, known);
    const key = `${isValue} ${isNested}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const name = `${SUPER}${block?.name ?? ''}`;
    const copy = rewrite(copyTree(node), (inner) => (isSuper(inner) ? call(inner, name) : inner));
    const { lineno = 0, colno = 0 } = node;
    const body = isValue ? new nodes.Output(lineno, colno, [call(node, GIVE, copy)]) : copy;
    const compiler = new ExploringCompiler(template.path, template.env.opts.throwOnUndefined);
    compiler.piece = { isNested };
    const { root } = template.compileTree(new nodes.Root(lineno, colno, [body]), compiler);
    if (root === undefined) throw new TypeError('Nunjucks gave no function for a tag.');
    known.set(key, root);
    return root;
  }

  #macroNodesOf(template: CompressorTemplate): ReadonlyMap<string, KnownMacro['node']> {
    const known = this.#macroNodes.get(template);
    if (known !== undefined) return known;
    const found = nodesIn(template.parsed.root).filter((node) => node instanceof nodes.Macro);
    const byKey = new Map(found.map((node) => [macroKey(node), node]));
    this.#macroNodes.set(template, byKey);
    return byKey;
  }

  #current(): Run {
    if (this.#run === undefined) throw new Error('A template runs although nothing is explored.');
    return this.#run;
  }
}
