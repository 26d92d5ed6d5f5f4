/** Environments, templates and contexts of Nunjucks 3.2.4, as they are inside. */

declare module 'nunjucks/src/environment.js' {
  import type { Extension } from 'nunjucks/src/parser.js';
  import type { Frame, Runtime } from 'nunjucks/src/runtime.js';

  export type Callback<T> = (error: unknown, result?: T) => void;
  /** A template, or a block of it, as a function. */
  export type RenderFunction = (
    environment: Environment,
    context: Context,
    frame: Frame,
    runtime: Runtime,
    callback: Callback<string>,
  ) => void;
  export type Blocks = Record<string, RenderFunction>;
  /** The variables and blocks of one template that is rendered. */
  export class Context {
    constructor(variables: object, blocks: Blocks, environment: Environment);
    env: Environment;
    ctx: Record<string, unknown>;
    blocks: Record<string, RenderFunction[]>;
    exported: string[];
    lookup(name: string): unknown;
    setVariable(name: string, value: unknown): void;
    getVariables(): object;
    addBlock(name: string, block: RenderFunction): this;
    getSuper(
      environment: Environment,
      name: string,
      block: RenderFunction,
      frame: Frame,
      runtime: Runtime,
      callback: Callback<string>,
    ): void;
    addExport(name: string): void;
    getExported(): Record<string, unknown>;
  }
  export class Template {
    constructor(
      source: string | { type: 'code'; obj: Record<string, RenderFunction> },
      environment: Environment,
      path: string | undefined,
      eagerCompile: boolean,
    );
    env: Environment;
    path: string | undefined;
    tmplStr?: string;
    /** What was compiled ahead of time. */
    tmplProps?: Record<string, RenderFunction>;
    compiled: boolean;
    blocks: Blocks;
    rootRenderFunc: RenderFunction;
    compile(): void;
    _compile(): void;
    _getBlocks(functions: Record<string, RenderFunction>): Blocks;
    render(variables: object, parentFrame: Frame | undefined, callback: Callback<string>): void;
    getExported(
      variables: object | Callback<object>,
      parentFrame?: Frame | Callback<object>,
      callback?: Callback<object>,
    ): void;
  }
  export interface Options {
    readonly autoescape?: boolean;
    readonly throwOnUndefined?: boolean;
  }
  export class Environment {
    constructor(loaders: readonly object[], options?: Options);
    readonly opts: { readonly autoescape: boolean; readonly throwOnUndefined: boolean };
    readonly loaders: readonly { readonly searchPaths?: readonly string[] }[];
    globals: Record<string, unknown>;
    filters: Record<string, (...given: never[]) => unknown>;
    readonly asyncFilters: readonly string[];
    readonly extensionsList: readonly Extension[];
    getExtension(name: string): object;
    getFilter(name: string): (...given: never[]) => unknown;
    getTemplate(
      name: unknown,
      eagerCompile: boolean,
      parentName: string | undefined,
      ignoreMissing: boolean,
      callback: Callback<Template>,
    ): void;
    addGlobal(name: string, value: unknown): this;
    addFilter(name: string, filter: (...given: never[]) => unknown, isAsync?: boolean): this;
    addExtension(name: string, extension: Extension): this;
  }
  const environment: { readonly Environment: typeof Environment; readonly Template: typeof Template };
  export default environment;
}
