/** What robots are told. */
export interface RobotsRules {
  /** Whether the site may be indexed at all; a site that is being built may not. */
  readonly isIndexed: boolean;
  /** The whole address of the sitemap, or of its index. */
  readonly sitemap?: string;
  /** Paths that robots keep out of: `/admin/`. */
  readonly disallow?: readonly string[];
}

/** The text of `robots.txt`. What could begin another line in it is left out. */
export function printRobots({ isIndexed, sitemap, disallow = [] }: RobotsRules): string {
  const lines = isIndexed ? ['Allow: /', ...disallow.map((path) => `Disallow: ${path}`)] : ['Disallow: /'];
  const named = isIndexed && sitemap !== undefined ? ['', `Sitemap: ${sitemap}`] : [];
  return `${['User-agent: *', ...lines, ...named].map(oneLine).join('\n')}\n`;
}

function oneLine(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out.
  return line.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, '');
}
