/** How much rendering may take. What goes over is a failure of the one widget that it happened in. */
export interface RenderLimits {
  /** Milliseconds that one widget's own template may take; what its children take is theirs. */
  readonly widgetMs: number;
  /** What LiquidJS counts against memory in one widget: characters that filters make, items that ranges have. */
  readonly widgetMemory: number;
  /** Widgets inside one another, those of trees shown in trees counted on. */
  readonly depth: number;
  /** Partials and blocks inside one another in the template of one widget. */
  readonly nesting: number;
  /** Bytes of HTML kept for pages that are asked for again. */
  readonly cacheBytes: number;
}

/** The limits that hold where none are given. */
export const DEFAULT_RENDER_LIMITS: RenderLimits = {
  widgetMs: 2_000,
  widgetMemory: 10_000_000,
  depth: 200,
  nesting: 100,
  cacheBytes: 32 * 1024 * 1024,
};
