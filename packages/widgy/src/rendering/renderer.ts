import { isAbsolute } from 'node:path';
import { Liquid } from 'liquidjs';
import { WidgyError } from '../errors.ts';
import type { Tree } from '../tree/tree.ts';
import { Html } from '../widgets/fields/html.ts';
import type { Site } from '../widgets/site.ts';
import { entriesIn } from '../widgets/widget-files.ts';
import type { WidgetForm } from '../widgets/widget-form.ts';
import { editableTag } from './editable-tag.ts';
import { type Explore, exploreNothing, exploreWidgets, isAnyWidget } from './explore.ts';
import type { RenderFailure } from './failure.ts';
import { templateFingerprint, templateFolders } from './fingerprint.ts';
import type { Page } from './frame.ts';
import { DEFAULT_RENDER_LIMITS, type RenderLimits } from './limits.ts';
import { inFrontOf } from './recording.ts';
import { formRenderer, type RenderForm, type RenderFormOptions } from './render-form.ts';
import {
  OPTIONS_VARIABLE,
  REQUEST_VARIABLE,
  type RenderOptions,
  readPageOptions,
  readRequest,
} from './render-options.ts';
import { pageRenderer } from './render-page.ts';
import { partRenderer, type RenderPart } from './render-part.ts';
import { addTime } from './render-times.ts';
import { renderWidget, type WidgetRenderer } from './render-widget.ts';
import { runSteps } from './steps.ts';
import { registerWidgetTags } from './tags.ts';
import { WidgetTemplates } from './templates.ts';
import { WidgetContext } from './widget-context.ts';
import { ASSET_NAMES } from './widget-tags.ts';

/** What a renderer is made with. */
export interface RendererOptions {
  readonly site: Site<never>;
  /** Told of each widget, and each edit form, that could not be shown, each time. */
  readonly onFailure: (failure: RenderFailure) => void;
  /** The site's own LiquidJS engine, which gets the tags. Default: a new one. */
  readonly engine?: Liquid;
  /** Absolute folders with partials and layouts for the templates of widgets, after the widget's own. Default: none. */
  readonly roots?: readonly string[];
  /** Whether templates are read again for each page, and no HTML is kept. Default: false. */
  readonly isDevelopment?: boolean;
  /** Tags and filters of the site's own whose result hangs on nothing but what they are given. Default: none. */
  readonly pure?: readonly string[];
  /** Whether what `compress` and `static` write never changes while this process runs, as in the mode `offline`. Default: false. */
  readonly hasFixedAssets?: boolean;
  readonly limits?: Partial<RenderLimits>;
  /** Milliseconds that never go back, for the time that widgets have. Default: those of the process. */
  readonly now?: () => number;
}

/** Renders the trees of one site. */
export interface Renderer {
  readonly site: Site<never>;
  /** The engine with the tags, for the site's pages and for the compressor. */
  readonly engine: Liquid;
  /** The folders of all templates that widgets are rendered with, absolute: for `templates.watch` of the compressor. */
  readonly folders: readonly string[];
  /** The HTML of a tree. Nothing in the tree makes it fail: a widget that cannot be shown is told to `onFailure`. */
  readonly render: (tree: Tree, options?: RenderOptions) => Promise<string>;
  /**
   * The HTML of one widget of a tree with all below it, as {@link Renderer.render} has it, without the rest; undefined where the tree has
   * none of this id. What a page's template gives its tree as variables of `render_root` is not known here: give it with `variables`.
   */
  readonly renderPart: RenderPart;
  /**
   * The edit form of a widget, with the template that its type has for it, or as `printWidgetForm` prints it. A template that fails is
   * told to `onFailure`, and the form is printed without it.
   *
   * @throws WidgyError `name-unknown` for a type that the site does not have
   */
  readonly renderForm: RenderForm;
  /** A hash of the content of all templates that rendering widgets of a type can read. */
  readonly fingerprint: (type: string) => Promise<string>;
}

/**
 * Makes a renderer, and registers its tags on the engine.
 *
 * @throws WidgyError `folder-missing` for a root that is not absolute or not there
 */
export function createRenderer(options: RendererOptions): Renderer {
  const { site, roots = [], isDevelopment = false, onFailure, now = () => performance.now() } = options;
  for (const root of roots) {
    if (!isAbsolute(root))
      throw new WidgyError('folder-missing', { message: `"${root}" is no absolute path` });
    // Read once, so that a folder that is not there is found before the first request.
    entriesIn(root);
  }
  const engine =
    options.engine ?? new Liquid({ extname: '.liquid', outputEscape: 'escape', strictFilters: true });
  const limits: RenderLimits = { ...DEFAULT_RENDER_LIMITS, ...options.limits };
  const engineOptions = { roots, isKeeping: !isDevelopment };
  const templates = new WidgetTemplates(engine, engineOptions);
  const widgets: WidgetRenderer = { site, templates, onFailure, now };
  const pure = new Set([...(options.pure ?? []), ...(options.hasFixedAssets === true ? ASSET_NAMES : [])]);
  const render = pageRenderer({ widgets, engine, roots, limits, pure, isKeeping: !isDevelopment });
  const explorers = new WeakMap<Liquid, Explore>();
  const explored = new WeakSet<Liquid>();
  const explorer = (other: Liquid) => {
    if (templates.isOf(other)) return undefined;
    if (explored.has(other)) return exploreNothing;
    const explore =
      explorers.get(other) ?? exploreWidgets(site, other, { ...engineOptions, inner: explored });
    explorers.set(other, explore);
    return explore;
  };
  engine.registerTag(
    'editable',
    editableTag({ site, isExploring: (other) => explorer(other) !== undefined }),
  );
  registerWidgetTags(engine, {
    renderChild(frame, child, isInMarkup) {
      // An attribute has no room for the hooks of previews.
      const page: Page = isInMarkup ? frame.page : { ...frame.page, purpose: 'public' };
      return renderWidget(widgets, page, child, frame);
    },
    *renderRoot(tree, variables, context) {
      if (tree === undefined || tree === null) return Html.trusted('');
      if (!isTree(tree)) throw new Error('what render_root is given is no tree');
      if (context instanceof WidgetContext) {
        // The widgets of another tree are not those that an editor of this one may change.
        const { page, depth } = context.frame;
        const own = {
          ...({ purpose: 'public', depth, times: undefined } as const),
          variables: inFrontOf(variables, page.variables),
          views: page.views.another(tree),
        };
        const begun = now();
        const shown = yield* renderWidget(widgets, { ...page, ...own }, tree.root, undefined);
        // They have ids of their own, which may be those of others here.
        if (page.times !== undefined) addTime(page.times, context.frame.view.id, now() - begun);
        return shown;
      }
      const { globals, environments, renderLimit } = context;
      const ofPage: Record<string, unknown> = { ...globals, ...environments };
      return yield* render(
        tree,
        {
          ...readPageOptions(ofPage[OPTIONS_VARIABLE]),
          request: readRequest(globals[REQUEST_VARIABLE] ?? environments[REQUEST_VARIABLE]),
          variables: { ...ofPage, ...variables },
        },
        renderLimit,
      );
    },
    explorer,
    isAnyWidget,
  });
  return {
    ...{ site, engine },
    folders: templateFolders(site, [...site.types.keys()], roots),
    fingerprint: (type) => templateFingerprint(site, [type], roots),
    render: async (tree, given = {}) => `${await runSteps(render(tree, given))}`,
    renderPart: partRenderer({ widgets, engine, limits }),
    renderForm: formRenderer({ widgets, engine, limits }),
  };
}

/** Renders a tree with a renderer: what the tag `render_root` does. */
export function renderTree(renderer: Renderer, tree: Tree, options?: RenderOptions): Promise<string> {
  return renderer.render(tree, options);
}

/** Renders an edit form with a renderer: with the template `edit.liquid` of its type, if there is one. */
export function renderWidgetForm(
  renderer: Renderer,
  form: WidgetForm,
  options?: RenderFormOptions,
): Promise<Html> {
  return renderer.renderForm(form, options);
}

function isTree(value: unknown): value is Tree {
  return (
    typeof value === 'object' && value !== null && 'root' in value && 'index' in value && 'isFrozen' in value
  );
}
