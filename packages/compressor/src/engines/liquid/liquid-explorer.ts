import { type Context, type Emitter, type Liquid, Tag, type Template, TypeGuards, toPromise } from 'liquidjs';
import { CompressorError, type Place } from '../../errors.ts';
import { DEEPEST_NESTING, type ExploreTemplate } from '../../offline/exploration.ts';
import { ReadLog } from '../../offline/read-log.ts';
import type { TagHandlers } from '../engine.ts';
import { templateName } from '../template-name.ts';
import { assignLater } from './assign-later.ts';
import { branchesOf, type ExploreAll, exploreBranches } from './branches.ts';
import { changedNames, restoreState, saveState } from './context-state.ts';
import { needOf } from './deferred.ts';
import { deriveEngine, watchTags } from './derived-engine.ts';
import { ExploringContext } from './exploring-context.ts';
import { locatedError } from './liquid-errors.ts';
import { placeOf } from './liquid-places.ts';
import { type RenderingOf, registerLiquidTags, STORE } from './liquid-tags.ts';
import { Run } from './run.ts';
import { needsValues, runEagerly, runInPlace } from './run-tag.ts';
import { blocksOf, changedBlocks, type StoredBlocks } from './stored-blocks.ts';
import {
  asTemplate,
  CONDITIONS,
  IN_PLACE,
  LOOPS,
  NOWHERE,
  namesIn,
  SILENT,
  STRUCTURAL,
  type Steps,
  tagName,
} from './tag-kinds.ts';
import { watched } from './watched-template.ts';

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
  handlers: Pick<TagHandlers, 'kinds' | 'staticUrl' | 'plainUrl'>,
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
  /** The blocks that templates declare, by the names of these. */
  readonly #declared = new Map<string, Place[]>();
  #run: Run | undefined;

  constructor(
    site: Liquid,
    handlers: Pick<TagHandlers, 'kinds' | 'staticUrl' | 'plainUrl'>,
    roots: readonly string[],
  ) {
    this.#site = site;
    this.#roots = roots;
    this.#engine = deriveEngine(site, (templates, context, emitter) =>
      this.#renderTemplates(templates, context, emitter),
    );
    this.#renderingOf = registerLiquidTags(
      this.#engine,
      {
        ...handlers,
        developmentTag: undefined,
        compress: (block) => {
          // A block on the side is rendered for what it assigns.
          if (this.#run?.mode === 'block') this.#run.rendered = block;
          return '';
        },
        declared: (place) =>
          this.#declared.set(place.file, [...(this.#declared.get(place.file) ?? []), place]),
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
    }
    return [...run.allReads];
  };

  *#renderTemplates(templates: Template[], context: Context, emitter?: Emitter): IterableIterator<unknown> {
    const { renderer } = this.#site;
    if (!(context instanceof ExploringContext))
      return yield* renderer.renderTemplates(templates, context, emitter);
    const { run } = context;
    if (run.mode === 'select') {
      run.selected?.push(templates);
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
      // What a child template has outside of its blocks is thrown away, unless its layout asks for it.
      const isShown = run.isShown && context.getRegister('blockMode') !== STORE;
      yield* run.with({ isShown }, () => this.#exploreAll(templates, context));
      return '';
    }
    const shown = templates.map((template) => watched(template, run, this.#roots));
    return yield* renderer.renderTemplates(shown, context, emitter);
  }

  readonly #exploreAll: ExploreAll = (templates, context) => this.#exploreEach(templates, context);

  *#exploreEach(templates: readonly Template[], context: ExploringContext): Steps<void> {
    const { run } = context;
    const isRecursive = run.active.includes(templates);
    const file = templates[0]?.token.file;
    if (file !== undefined) this.#enter(templateName(file, this.#roots), run);
    if (run.active.length > DEEPEST_NESTING)
      throw new Error(`templates are nested more than ${DEEPEST_NESTING} levels deep`);
    const changes = {
      isEager: false,
      isConcrete: run.isConcrete || isRecursive,
      active: [...run.active, templates],
    };
    const explorer = this;
    yield* run.with(changes, function* () {
      for (const template of templates) {
        if (!isExplored(template)) continue;
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

  #enter(file: string, run: Run): void {
    if (run.files.has(file)) return;
    run.files.add(file);
    run.visitor.uses(run.template, file);
    for (const place of this.#declared.get(file) ?? []) run.visitor.declared(place);
  }

  *#exploreOne(template: Template, context: ExploringContext): Steps<void> {
    if (!(template instanceof Tag) || template.name === 'echo') {
      yield template.render(context, NOWHERE);
      return;
    }
    const { run } = context;
    const { name } = template;
    if (name === 'compress') return yield* this.#exploreBlock(template, context);
    if (IN_PLACE.has(name)) return yield* runInPlace(template, context);
    const before = saveState(context);
    if (!this.#isContainer(template)) {
      // Nothing in it shows a block, so all that matters is what it assigns.
      if (name === 'assign' && mentionsBlock(template))
        yield* this.#inCopy(context, () => run.with({ isShown: false }, () => runInPlace(template, context)));
      return assignLater(template, new Set(yield* namesIn(template)), before, context, this.#renderingOf);
    }
    if (CONDITIONS.has(name) && run.isConcrete) return yield* runEagerly(template, context);
    // A loop may be empty, what is captured may not be shown, and nobody knows what a tag of the site does.
    const blocks = yield* run.with({ isShown: false }, () => this.#exploreContainer(template, context));
    const names = new Set([...changedNames(context, before), ...(yield* namesIn(template))]);
    restoreState(context, before);
    for (const [block, render] of Object.entries(blocks)) blocksOf(context)[block] = render;
    assignLater(template, names, before, context, this.#renderingOf);
  }

  /** Explores what is in a tag, in a scope that is thrown away. Gives the blocks that it stored for a layout. */
  *#exploreContainer(tag: Tag, context: ExploringContext): Steps<StoredBlocks> {
    const { name } = tag;
    if (CONDITIONS.has(name)) return yield* exploreBranches(tag, branchesOf(tag), context, this.#exploreAll);
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
    run.reachedCount += 1;
    try {
      yield* run.with({ mode: 'block', isEager: true, reads, varying }, function* () {
        yield tag.render(context, NOWHERE);
      });
      if (run.rendered !== undefined) {
        run.visitor.reached({
          block: run.rendered,
          reads: [...reads],
          varying,
          isTaken: run.isTaken,
          isCertain: run.isCertain,
        });
      }
    } catch (error) {
      restoreState(context, before);
      if (needOf(error) === undefined) this.#fail(run, error, place);
      else run.visitor.undecided(place);
    } finally {
      run.allReads.addAll(reads);
    }
  }

  *#exploreLoop(tag: Tag, context: ExploringContext): Steps<void> {
    if (context.run.isConcrete) return yield* runEagerly(tag, context);
    const before = saveState(context);
    yield* runInPlace(tag, context);
    const names = changedNames(context, before);
    const stored = changedBlocks(context, before);
    if (names.length > 0) {
      // What one item leaves in a variable the next one sees: a block that reads it needs the loop to run, too.
      restoreState(context, before);
      const frame = { isItemNeeded: false };
      for (const name of names) Object.assign(context.bottom(), { [name]: context.itemOf(frame) });
      const isNeeding = yield* needsValues(tag, context, frame);
      restoreState(context, before);
      if (isNeeding) yield* runEagerly(tag, context);
      for (const [block, render] of Object.entries(stored)) blocksOf(context)[block] ??= render;
      for (const name of names) Object.assign(context.bottom(), { [name]: context.itemOf(frame) });
    }
    // What is shown for an empty list is never reached by a loop that runs.
    const branches = branchesOf(tag);
    if (branches.length < 2) return;
    const after = saveState(context);
    restoreState(context, before);
    const changed = yield* exploreBranches(tag, branches.slice(1), context, this.#exploreAll);
    const more = changedNames(context, before);
    restoreState(context, after);
    for (const name of more)
      Object.assign(context.bottom(), { [name]: context.itemOf({ isItemNeeded: false }) });
    for (const [block, render] of Object.entries(changed)) blocksOf(context)[block] = render;
  }

  *#exploreChildren(tag: Tag, context: ExploringContext): Steps<void> {
    const children: unknown = yield asTemplate(tag).children?.(false, false);
    if (Array.isArray(children)) yield* this.#exploreAll(children, context);
  }

  /** A tag of the site with blocks inside: what it says is in it, or what it renders. */
  *#exploreUnknown(tag: Tag, context: ExploringContext): Steps<void> {
    if (asTemplate(tag).children === undefined) return yield* runInPlace(tag, context);
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
    yield* runEagerly(tag, context);
  }

  /** Explores something and leaves the scope as it was. */
  *#inCopy(context: ExploringContext, step: () => Steps<void>): Steps<void> {
    const before = saveState(context);
    yield* step();
    restoreState(context, before);
  }

  #fail(run: Run, error: unknown, block: Place | undefined): void {
    run.visitor.failed({ error: locatedError(error, this.#roots, run.place), block, isTaken: run.isTaken });
  }
}

/** Whether anything in a template can lead to a block; text, output and tags that only write cannot. */
function isExplored(template: Template): boolean {
  if (TypeGuards.isHTMLToken(template.token)) return false;
  if (!(template instanceof Tag) || template.name === 'echo') return mentionsBlock(template);
  return !SILENT.has(template.name);
}

/** Whether it may show `block.super`: what the layout has in a block. */
function mentionsBlock({ token }: Template): boolean {
  return /\bblock\b/.test(token.getText());
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
