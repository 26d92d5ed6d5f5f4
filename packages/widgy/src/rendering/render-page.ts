import { randomBytes } from 'node:crypto';
import { Context, type Liquid } from 'liquidjs';
import type { Tree } from '../tree/tree.ts';
import { escapeHtml, Html } from '../widgets/fields/html.ts';
import { cacheKey } from './cache-key.ts';
import { templateFingerprint } from './fingerprint.ts';
import type { Page } from './frame.ts';
import { HtmlCache } from './html-cache.ts';
import type { RenderLimits } from './limits.ts';
import { pageVariables, siteVariable } from './page-variables.ts';
import { Recording, recorded } from './recording.ts';
import { NO_REFERENCES } from './references.ts';
import { REQUEST_VARIABLE, type RenderOptions } from './render-options.ts';
import { renderWidget, type WidgetRenderer } from './render-widget.ts';
import { keepSettled, type Steps, waitFor } from './steps.ts';
import { viewsOf } from './views.ts';

/** What rendering the trees of pages needs. */
export interface PageSettings {
  readonly widgets: WidgetRenderer;
  readonly engine: Liquid;
  readonly roots: readonly string[];
  readonly limits: RenderLimits;
  /** Whether HTML is kept, and templates with it. */
  readonly isKeeping: boolean;
  /** Tags and filters whose result hangs on nothing but what they are given. */
  readonly pure: ReadonlySet<string>;
}

/**
 * Renders the tree of a page, or finds its HTML.
 *
 * @param renderLimit of the page that has the tag, so that other tags know what belongs to it
 */
export type RenderPage = (
  tree: Tree,
  options: RenderOptions,
  renderLimit?: Page['renderLimit'],
) => Steps<Html>;

/** Makes the function that renders trees and keeps their HTML. */
export function pageRenderer(settings: PageSettings): RenderPage {
  const { widgets, engine, roots, limits, isKeeping, pure } = settings;
  const { site } = widgets;
  const cache = new HtmlCache(isKeeping ? limits.cacheBytes : 0);
  const shownSite = siteVariable(site);
  // Nothing that people write can hold it, so replacing it changes nothing but nonces.
  const standIn = randomBytes(24).toString('base64url');
  const fingerprints = new Map<'templates', string | Promise<string>>();
  const findFingerprint = (): string | Promise<string> => {
    if (!isKeeping) return '';
    // Templates are kept, so this is found out once.
    const known = fingerprints.get('templates');
    if (known !== undefined) return known;
    const found = templateFingerprint(site, [...site.types.keys()], roots);
    keepSettled(fingerprints, 'templates', found);
    return found;
  };

  return function* renderPage(tree, options, renderLimit) {
    const { purpose = 'public', references = NO_REFERENCES, cacheBy = [], request = {}, times } = options;
    const { nonce, url } = request;
    const variables = pageVariables(shownSite, engine, options.variables);
    const hasNonce = nonce !== undefined;
    const isSiteOwn = variables.site === shownSite;
    const fill = (html: string) =>
      Html.trusted(hasNonce ? html.replaceAll(standIn, () => escapeHtml(nonce)) : html);
    const key = cacheKey({
      ...{ tree, purpose, references, variables, hasNonce, isSiteOwn, url },
      fingerprint: yield* waitFor(findFingerprint()),
      names: cacheBy,
    });
    const known = times === undefined ? cache.find(key) : undefined;
    if (known !== undefined) return fill(known);
    const recording = new Recording();
    const seen = { ...variables, [REQUEST_VARIABLE]: { nonce: hasNonce ? standIn : undefined, url } };
    // These are in the key, or put in afterwards.
    const unnoted = new Set(isSiteOwn ? ['site', REQUEST_VARIABLE] : [REQUEST_VARIABLE]);
    const page: Page = {
      ...{ purpose, limits, recording, depth: 0, times },
      variables: recorded(seen, recording, unnoted),
      views: viewsOf(tree, { site, references }),
      renderLimit: renderLimit ?? new Context({}, engine.options).renderLimit,
    };
    const html = `${yield* renderWidget(widgets, page, tree.root, undefined)}`;
    if (times === undefined && recording.holdsFor(new Set(cacheBy), pure)) cache.keep(key, html);
    return fill(html);
  };
}
