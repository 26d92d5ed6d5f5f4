/** How long clients and proxies may keep a response. */
export const caching = {
  /** For content under a name that is made from it. */
  immutable: 'public, max-age=31536000, immutable',
  /** For content that may change under its name: ask again, answered by 304. */
  revalidate: 'no-cache',
  /** For what must not be remembered: errors, and content that another server would answer differently. */
  never: 'no-store',
} as const;
