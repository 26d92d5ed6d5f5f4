import { type Context, type Emitter, type Liquid, Tag, type Template, TypeGuards, toPromise } from 'liquidjs';
import { CompressorError, type Place } from '../../errors.ts';
import type { ExploreTemplate, IsTaken } from '../../offline/exploration.ts';
import { ReadLog } from '../../offline/read-log.ts';
import type { TagHandlers } from '../engine.ts';
import { templateName } from '../template-name.ts';
import { branchesOf } from './branches.ts';
import { type ContextState, changedNames, restoreState, saveState, scopesOf } from './context-state.ts';
import { type Deferred, needOf, type Outcome } from './deferred.ts';
import { deriveEngine, watchTags } from './derived-engine.ts';
import { ExploringContext } from './exploring-context.ts';
import { locatedError } from './liquid-errors.ts';
import { placeOf } from './liquid-places.ts';
import { type RenderingOf, registerLiquidTags } from './liquid-tags.ts';
import { Run } from './run.ts';
import { BlockChoices, blocksOf, changedBlocks, type StoredBlocks } from './stored-blocks.ts';
import { varyingIn } from './varying.ts';

/** Steps of a run, in the way of LiquidJS: whatever is yielded is waited for. */
type Steps<T> = Generator<unknown, T, unknown>;

/**
 * Explores templates with a LiquidJS engine. It works on an engine that inherits everything from the site's own (tags,
 * filters, options) and renders in another way.
 *
 * - `if`, `unless`, `case`: each branch is explored in a copy of the scope.
 * - `for`, `tablerow`, `render … for`: entered once with a stand-in for the item. If a block needs the item, the loop really runs.
 * - `assign`, and whatever else assigns: the tag is run aside once a block needs what it assigns.
 * - `layout`, `include`, `render`, `block`: run as they are.
 * - `compress`: rendered as it is, with the variables of the context.
 */
export function createLiquidExplorer(
  site: Liquid,
  handlers: Pick<TagHandlers, 'staticUrl' | 'plainUrl'>,
  roots: readonly string[],
): ExploreTemplate {
  return new LiquidExplorer(site, handlers, roots).explore;
}

class LiquidExplorer {
  readonly #site: Liquid;
  readonly #engine: Liquid;
  readonly #roots: readonly string[];
  readonly #renderingOf: RenderingOf;
  /** Tells tags that hold blocks, or tags that lead to some. */
  readonly #isContainer: (tag: Tag) => boolean;
  readonly #declared: Place[] = [];
  #run: Run | undefined;

  constructor(site: Liquid, handlers: Pick<TagHandlers, 'staticUrl' | 'plainUrl'>, roots: readonly string[]) {
    this.#site = site;
    this.#roots = roots;
    this.#engine = deriveEngine(site, (templates, context, emitter) =>
      this.#renderTemplates(templates, context, emitter),
    );
    this.#renderingOf = registerLiquidTags(
      this.#engine,
      {
        ...handlers,
        developmentTag: '',
        compress: (block) => {
          if (this.#run !== undefined) this.#run.rendered = block;
          return '';
        },
        declared: (place) => this.#declared.push(place),
      },
      roots,
    );
    this.#isContainer = watchTags(this.#engine, STRUCTURAL);
  }

  readonly explore: ExploreTemplate = async (template, context, visitor) => {
    const run = new Run(template, context, visitor, (token) => placeOf(token, this.#roots));
    this.#run = run;
    try {
      const templates: Template[] = await this.#engine.parseFile(template);
      const liquidContext = new ExploringContext(run, this.#engine);
      await toPromise(this.#engine.renderer.renderTemplates(templates, liquidContext, NOWHERE));
    } catch (error) {
      this.#fail(run, error, undefined);
    } finally {
      this.#run = undefined;
      for (const place of this.#declared) visitor.declared(place);
    }
    return [...run.allReads];
  };

  *#renderTemplates(templates: Template[], context: Context, emitter?: Emitter): IterableIterator<unknown> {
    const { renderer } = this.#site;
    if (!(context instanceof ExploringContext))
      return yield* renderer.renderTemplates(templates, context, emitter);
    const { run } = context;
    if (run.mode === 'select') {
      run.selected ??= templates;
      return '';
    }
    if (templates === run.fileName) {
      // The name of a partial, put together from variables.
      const name = () => renderer.renderTemplates(templates, context);
      return yield* run.with({ mode: 'aside', fileName: undefined }, function* () {
        return yield name();
      });
    }
    if (run.mode === 'explore') {
      yield* this.#exploreAll(templates, context);
      return '';
    }
    const isShown = (template: Template) => run.mode === 'block' || tagName(template) !== 'compress';
    const watched = templates.filter(isShown).map((template) => this.#watched(template, run));
    return yield* renderer.renderTemplates(watched, context, emitter);
  }

  /** The same template, which notes where the run is. */
  #watched(template: Template, run: Run): Template {
    const text = template.token.getText();
    const isAsked = CONDITIONS.has(tagName(template) ?? '') || /\|\s*default\b/.test(text);
    const isNonce = NONCE.test(template.token.input.slice(0, template.token.begin).slice(-40));
    const explorer = this;
    return {
      token: template.token,
      *render(context: Context, emitter: Emitter): Steps<unknown> {
        const { token } = template;
        const what = TypeGuards.isHTMLToken(template.token) ? undefined : varyingIn(text);
        if (what !== undefined) run.varying.push({ place: placeOf(token, explorer.#roots), what });
        return yield* run.with({ token, isAsked, isNonce: run.isNonce || isNonce }, function* () {
          try {
            return yield template.render(context, emitter);
          } catch (error) {
            throw needOf(error) === undefined ? locatedError(error, explorer.#roots, run.place) : error;
          }
        });
      },
    };
  }

  *#exploreAll(templates: readonly Template[], context: ExploringContext): Steps<void> {
    const { run } = context;
    const isRecursive = run.active.includes(templates);
    const file = templates[0]?.token.file;
    if (file !== undefined) run.visitor.uses(run.template, templateName(file, this.#roots));
    if (run.active.length > DEEPEST) throw new Error(`templates are nested more than ${DEEPEST} levels deep`);
    const changes = {
      isEager: false,
      isConcrete: run.isConcrete || isRecursive,
      active: [...run.active, templates],
    };
    const explorer = this;
    yield* run.with(changes, function* () {
      for (const template of templates) {
        const before = saveState(context);
        try {
          run.token = template.token;
          yield* explorer.#exploreOne(template, context);
        } catch (error) {
          restoreState(context, before);
          if (needOf(error) === undefined) explorer.#fail(run, undecidedInclude(template, error), undefined);
        }
        context.breakCalled = false;
        context.continueCalled = false;
      }
    });
  }

  *#exploreOne(template: Template, context: ExploringContext): Steps<void> {
    if (TypeGuards.isHTMLToken(template.token)) return;
    const mentionsBlock = /\bblock\b/.test(template.token.getText());
    if (!(template instanceof Tag)) {
      if (mentionsBlock) yield template.render(context, NOWHERE);
      return;
    }
    const { run } = context;
    const name = template.name;
    if (name === 'compress') return yield* this.#exploreBlock(template, context);
    if (SILENT.has(name)) return;
    if (IN_PLACE.has(name)) return yield* this.#runInPlace(template, context);
    if (name === 'echo') {
      if (mentionsBlock) yield template.render(context, NOWHERE);
      return;
    }
    const before = saveState(context);
    if (!this.#isContainer(template)) {
      // Nothing in it shows a block, so all that matters is what it assigns.
      if (name === 'assign' && mentionsBlock)
        yield* this.#inCopy(context, () => this.#runInPlace(template, context));
      return this.#assignLater(template, new Set(yield* namesIn(template)), before, context);
    }
    if (CONDITIONS.has(name) && run.isConcrete) return yield* this.#runEagerly(template, context);
    const blocks = yield* this.#exploreContainer(template, context);
    const names = new Set([...changedNames(context, before), ...(yield* namesIn(template))]);
    restoreState(context, before);
    for (const [block, render] of Object.entries(blocks)) blocksOf(context)[block] = render;
    this.#assignLater(template, names, before, context);
  }

  /** Explores what is in a tag, in a scope that is thrown away. Gives the blocks that it stored for a layout. */
  *#exploreContainer(tag: Tag, context: ExploringContext): Steps<StoredBlocks> {
    const { name } = tag;
    if (CONDITIONS.has(name)) return yield* this.#exploreBranches(tag, branchesOf(tag), context);
    const before = saveState(context);
    if (LOOPS.has(name)) yield* this.#exploreLoop(tag, context);
    else if (name === 'capture') yield* this.#exploreChildren(tag, context);
    else yield* this.#exploreUnknown(tag, context);
    return changedBlocks(context, before);
  }

  *#exploreBlock(tag: Tag, context: ExploringContext): Steps<void> {
    const { run } = context;
    const before = saveState(context);
    const place = placeOf(tag.token, this.#roots);
    const reads = new ReadLog();
    const varying: { place: Place; what: string }[] = [];
    run.rendered = undefined;
    try {
      yield* run.with({ mode: 'block', isEager: true, reads, varying }, function* () {
        yield tag.render(context, NOWHERE);
      });
      if (run.rendered !== undefined) {
        run.visitor.reached({ block: run.rendered, reads: [...reads], varying, isTaken: run.isTaken });
      }
    } catch (error) {
      restoreState(context, before);
      if (needOf(error) === undefined) this.#fail(run, error, place);
      else run.visitor.undecided(place, variableIn(run.place));
    } finally {
      run.allReads.addAll(reads);
    }
  }

  /** Runs a tag as it is, first with stand-ins for variables; with their values if it turns out to need them. */
  *#runInPlace(tag: Tag, context: ExploringContext): Steps<void> {
    const { run } = context;
    const before = saveState(context);
    const frame = { isItemNeeded: false };
    const fileName = fileNameOf(tag);
    try {
      yield* run.with({ frame, isEager: false, fileName }, function* () {
        yield tag.render(context, NOWHERE);
      });
      if (!frame.isItemNeeded) return;
    } catch (error) {
      if (needOf(error) === undefined) throw error;
    }
    restoreState(context, before);
    yield* this.#runEagerly(tag, context);
  }

  *#runEagerly(tag: Tag, context: ExploringContext): Steps<void> {
    const { run } = context;
    const reads = new ReadLog();
    try {
      yield* run.with({ isEager: true, isAsked: true, reads, frame: { isItemNeeded: false } }, function* () {
        yield tag.render(context, NOWHERE);
      });
    } finally {
      run.allReads.addAll(reads);
    }
  }

  *#exploreBranches(
    tag: Tag,
    branches: readonly (readonly Template[])[],
    context: ExploringContext,
  ): Steps<StoredBlocks> {
    const { run } = context;
    const before = saveState(context);
    const changed: Record<string, unknown> = {};
    const choices = new BlockChoices();
    for (const templates of branches) {
      restoreState(context, before);
      const isTaken: IsTaken = () => this.#isSelected(tag, templates, before, context);
      yield* run.with({ conditions: [...run.conditions, isTaken] }, () =>
        this.#exploreAll(templates, context),
      );
      for (const name of changedNames(context, before)) changed[name] = scopesOf(context)[0]?.[name];
      choices.add(changedBlocks(context, before), isTaken);
    }
    restoreState(context, before);
    // What a branch assigned is marked as changed; whoever needs it runs the whole tag.
    Object.assign(context.bottom(), changed);
    return choices.toBlocks(context, blocksOf(context));
  }

  async #isSelected(
    tag: Tag,
    templates: readonly Template[],
    state: ContextState,
    context: ExploringContext,
  ): Promise<boolean> {
    const { run } = context;
    const now = saveState(context);
    const selecting = run.with(
      { mode: 'select', isEager: true, isAsked: true, reads: new ReadLog(), selected: undefined },
      function* (): Steps<boolean> {
        restoreState(context, state);
        yield tag.render(context, NOWHERE);
        return run.selected === templates;
      },
    );
    try {
      return await toPromise(selecting);
    } catch {
      return true; // What cannot be known may be so.
    } finally {
      restoreState(context, now);
    }
  }

  *#exploreLoop(tag: Tag, context: ExploringContext): Steps<void> {
    const branches = branchesOf(tag);
    if (context.run.isConcrete) return yield* this.#runEagerly(tag, context);
    yield* this.#runInPlace(tag, context);
    // What is shown for an empty list is never reached by a loop that runs.
    if (branches.length > 1) yield* this.#exploreBranches(tag, branches.slice(1), context);
  }

  *#exploreChildren(tag: Tag, context: ExploringContext): Steps<void> {
    const children: unknown = yield asTemplate(tag).children?.(false, false);
    if (Array.isArray(children)) yield* this.#exploreAll(children, context);
  }

  /** A tag of the site with blocks inside: what it says is in it, or what it renders. */
  *#exploreUnknown(tag: Tag, context: ExploringContext): Steps<void> {
    if (asTemplate(tag).children === undefined) return yield* this.#runInPlace(tag, context);
    const before = saveState(context);
    const frame = { isItemNeeded: false };
    const own = Object.fromEntries(
      [...(asTemplate(tag).blockScope?.() ?? [])].map((name) => [name, context.itemOf(frame)]),
    );
    context.push(own);
    yield* this.#exploreChildren(tag, context);
    context.pop();
    if (!frame.isItemNeeded) return;
    restoreState(context, before);
    yield* this.#runEagerly(tag, context);
  }

  /** Explores something and leaves the scope as it was. */
  *#inCopy(context: ExploringContext, step: () => Steps<void>): Steps<void> {
    const before = saveState(context);
    yield* step();
    restoreState(context, before);
  }

  /** Gives names a stand-in: when a block needs one of them, the tag really runs where it stood. */
  #assignLater(tag: Tag, names: ReadonlySet<string>, before: ContextState, context: ExploringContext): void {
    let done: { scope: Readonly<Record<string, unknown>>; reads: ReadLog } | undefined;
    const { run } = context;
    const explorer = this;
    for (const name of names) {
      const deferred: Deferred = {
        *find(): Steps<Outcome> {
          done ??= yield* explorer.#runAside(tag, before, context);
          run.reads.addAll(done.reads);
          return Object.hasOwn(done.scope, name)
            ? { type: 'value', value: done.scope[name] }
            : { type: 'none' };
        },
      };
      Object.assign(context.bottom(), { [name]: context.standIn(deferred) });
    }
  }

  *#runAside(
    tag: Tag,
    state: ContextState,
    context: ExploringContext,
  ): Steps<{ scope: Readonly<Record<string, unknown>>; reads: ReadLog }> {
    const { run } = context;
    const now = saveState(context);
    const rendering = this.#renderingOf(context);
    const { block } = rendering;
    const reads = new ReadLog();
    const { token } = tag;
    try {
      // It stands outside the block that needs it.
      rendering.block = undefined;
      restoreState(context, state);
      return yield* run.with({ mode: 'aside', isEager: true, reads, token }, function* () {
        yield tag.render(context, NOWHERE);
        return { scope: { ...scopesOf(context)[0] }, reads };
      });
    } finally {
      rendering.block = block;
      restoreState(context, now);
    }
  }

  #fail(run: Run, error: unknown, block: Place | undefined): void {
    run.visitor.failed({ error: locatedError(error, this.#roots, run.place), block, isTaken: run.isTaken });
  }
}

/** Outside blocks nothing is written. */
const NOWHERE: Emitter = { buffer: '', write() {} };

const CONDITIONS: ReadonlySet<string> = new Set(['if', 'unless', 'case']);
const LOOPS: ReadonlySet<string> = new Set(['for', 'tablerow']);
const IN_PLACE: ReadonlySet<string> = new Set([
  ...['layout', 'include', 'render', 'block', 'liquid', 'increment', 'decrement'],
]);
const SILENT: ReadonlySet<string> = new Set(['raw', 'comment', '#', 'cycle', 'static', 'break', 'continue']);
/** Tags that are blocks or lead to some. */
const STRUCTURAL: ReadonlySet<string> = new Set([
  ...['compress', 'layout', 'include', 'render', 'block', 'increment', 'decrement'],
]);

/** What is written here changes with every request, and is no part of what is built. */
const NONCE = /\bnonce\s*=\s*["']?$/i;

/** Templates may be nested so deep. */
const DEEPEST = 500;

function tagName(template: Template): string | undefined {
  return template instanceof Tag ? template.name : undefined;
}

/** The names that a tag, and the tags in it, say they assign. */
function* namesIn(tag: Tag): Steps<string[]> {
  const own = [...(asTemplate(tag).localScope?.() ?? [])].map(({ content }) => content);
  const children: unknown = yield asTemplate(tag).children?.(false, true);
  if (!Array.isArray(children)) return own;
  for (const child of children) if (child instanceof Tag) own.push(...(yield* namesIn(child)));
  return own;
}

/** The name of a partial or layout, where it is put together from variables. */
function fileNameOf(tag: Tag): readonly Template[] | undefined {
  const file: unknown = Reflect.get(tag, 'file');
  return Array.isArray(file) ? file : undefined;
}

/** A tag with the methods that LiquidJS declares for the analysis of templates. */
function asTemplate(tag: Tag): Template {
  return tag;
}

/** Which partial is shown often depends on data that only a request brings; what it holds is explored on its own. */
function undecidedInclude(template: Template, error: unknown): unknown {
  const name = tagName(template);
  const isUndecided = error instanceof Error && error.message.startsWith('illegal file path');
  if (!isUndecided || (name !== 'include' && name !== 'render')) return error;
  return new CompressorError('include-undecided', {
    message: `no context says which template "${template.token.getText()}" shows`,
    cause: error,
  });
}

function variableIn({ file, line }: Place): string {
  return `${file}:${line}`;
}
