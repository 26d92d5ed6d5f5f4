/**
 * Whether a text may become the target of a link: a path, a fragment, or an address of a scheme that only opens things. Browsers
 * skip spaces and control characters in front of a scheme, and line ends and tabs within, so they are skipped here too.
 */
export function isSafeUrl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is skipped.
  const seen = text.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]/g, '');
  const [, scheme] = /^([^/?#]*?):/.exec(seen) ?? [];
  return scheme === undefined || SAFE_SCHEMES.has(scheme.toLowerCase());
}

/** Schemes a link may have; none of them runs what is in the link. */
export const SAFE_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel']);
