import type { Blocks, Callback, Context, Environment, RenderFunction } from 'nunjucks/src/environment.js';
import type { Frame, Runtime } from 'nunjucks/src/runtime.js';
import { ABSENT, settleOrAbsent } from './deferred.ts';

/** The offline context as templates see it. */
export interface OutsideVariables {
  has(name: string): boolean;
  names(): readonly string[];
  /** @throws Signal */
  read(name: string): unknown;
}

/**
 * The variables and blocks of one template that is explored. What templates have set is in it; all else is read from the
 * offline context when it is needed.
 */
export class ExploringContext implements Context {
  env: Environment;
  /** All variables, for filters and tags of a site that look for them here. */
  readonly ctx: Record<string, unknown>;
  blocks: Record<string, RenderFunction[]> = {};
  exported: string[] = [];
  /** What templates have set. */
  variables: Record<string, unknown>;
  /** Undefined in a template that is imported without context. */
  readonly #outside: OutsideVariables | undefined;

  constructor(
    env: Environment,
    variables: Readonly<Record<string, unknown>>,
    blocks: Blocks,
    outside: OutsideVariables | undefined,
  ) {
    this.env = env;
    this.variables = { ...variables };
    this.#outside = outside;
    for (const [name, block] of Object.entries(blocks)) this.addBlock(name, block);
    const has = (name: string | symbol) =>
      typeof name === 'string' && (Object.hasOwn(this.variables, name) || outside?.has(name) === true);
    this.ctx = new Proxy(Object.create(null), {
      get: (_target, name) => (has(name) ? this.#variable(String(name)) : undefined),
      has: (_target, name) => has(name),
      set: (_target, name, value) => Reflect.set(this.variables, name, value),
      ownKeys: () => [...new Set([...Object.keys(this.variables), ...(outside?.names() ?? [])])],
      getOwnPropertyDescriptor: (_target, name) =>
        has(name)
          ? { configurable: true, enumerable: true, get: () => this.#variable(String(name)) }
          : undefined,
    });
  }

  /** The context of a template that this one shows. */
  child(blocks: Blocks): ExploringContext {
    return new ExploringContext(this.env, this.variables, blocks, this.#outside);
  }

  /** Whether the offline context is hidden. */
  get isIsolated(): boolean {
    return this.#outside === undefined;
  }

  #variable(name: string): unknown {
    const own = Object.hasOwn(this.variables, name) ? settleOrAbsent(this.variables[name]) : ABSENT;
    if (own !== ABSENT) return own;
    return this.#outside?.has(name) ? this.#outside.read(name) : undefined;
  }

  lookup(name: string): unknown {
    return name in this.ctx ? this.ctx[name] : this.env.globals[name];
  }

  setVariable(name: string, value: unknown): void {
    this.variables[name] = value;
  }

  getVariables(): object {
    return this;
  }

  addBlock(name: string, block: RenderFunction): this {
    this.blocks[name] = [...(this.blocks[name] ?? []), block];
    return this;
  }

  getBlock(name: string): RenderFunction {
    const block = this.blocks[name]?.[0];
    if (block === undefined) throw new Error(`unknown block "${name}"`);
    return block;
  }

  getSuper(
    environment: Environment,
    name: string,
    block: RenderFunction,
    frame: Frame,
    runtime: Runtime,
    callback: Callback<string>,
  ): void {
    const list = this.blocks[name] ?? [];
    const parent = list.includes(block) ? list[list.indexOf(block) + 1] : undefined;
    if (parent === undefined) throw new Error(`no super block available for "${name}"`);
    parent(environment, this, frame, runtime, callback);
  }

  addExport(name: string): void {
    this.exported.push(name);
  }

  getExported(): Record<string, unknown> {
    return Object.fromEntries(this.exported.map((name) => [name, this.variables[name]]));
  }
}
