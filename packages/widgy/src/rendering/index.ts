/** Rendering trees: the templates of widgets, what they see, previews, and HTML that is kept. */
export type { RenderFailure, RenderFailureCode } from './failure.ts';
export type { Purpose } from './frame.ts';
export { DEFAULT_RENDER_LIMITS, type RenderLimits } from './limits.ts';
export type { ResolvedReference, ResolvedReferences } from './references.ts';
export type { RenderFormOptions } from './render-form.ts';
export type { PageOptions, RenderOptions } from './render-options.ts';
export type { RenderedPart, RenderPart, RenderPartOptions } from './render-part.ts';
export type { RenderTimes } from './render-times.ts';
export {
  createRenderer,
  type Renderer,
  type RendererOptions,
  renderTree,
  renderWidgetForm,
} from './renderer.ts';
export { createSiteRenderer, type SiteRenderer, type SiteRendererOptions } from './site-renderer.ts';
export type { WidgetView } from './views.ts';
