import { randomBytes } from 'node:crypto';

/**
 * What pages may load beside what comes from the site itself, by directive of a content security policy, such as
 * `{ 'frame-src': ['https://www.youtube-nocookie.com'] }`. See https://www.w3.org/TR/CSP3/.
 */
export type ContentSources = Readonly<Partial<Record<ContentDirective, readonly string[]>>>;

/** The directives that a site may add to. */
export type ContentDirective = 'connect-src' | 'font-src' | 'frame-src' | 'img-src' | 'media-src';

/**
 * What a page is: pages of the administration can be shown in no frame, previews only in those of the site itself. A preview that is `heard` is
 * for browsers that tell no window what happens in a frame whose sandbox lets nothing run.
 */
export type PageKind = 'public' | 'administration' | 'preview' | 'heard-preview';

/** A text that nobody can guess, for one answer. */
export function createNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The policy of a page. Scripts and styles come from files of the site, or carry the nonce; nothing is inline.
 *
 * A preview stands in the origin of the people who edit, and shows what anybody may have written: so nothing in it runs, whatever it is, and it
 * sends no forms. It keeps its origin, without which it would get no fonts.
 *
 * @param checker of a preview: the nonce of the one script that runs in it all the same, to look at it
 */
export function contentSecurityPolicy(
  kind: PageKind,
  nonce: string,
  sources: ContentSources = {},
  checker?: string,
): string {
  const isPreview = kind === 'preview' || kind === 'heard-preview';
  const isChecked = kind === 'preview' && checker !== undefined;
  const hasScripts = isChecked || kind === 'heard-preview';
  const onlyScript = isChecked ? `'nonce-${checker}'` : "'none'";
  const from = (directive: ContentDirective, ...own: readonly string[]) =>
    `${directive} ${["'self'", ...own, ...(sources[directive] ?? [])].join(' ')}`;
  return [
    "default-src 'self'",
    `script-src ${isPreview ? onlyScript : `'self' 'nonce-${nonce}'`}`,
    `style-src 'self' 'nonce-${nonce}'`,
    from('img-src', 'data:'),
    isPreview ? "connect-src 'none'" : from('connect-src'),
    from('font-src', 'data:'),
    hasScripts ? "frame-src 'none'" : from('frame-src'),
    from('media-src'),
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${isPreview ? "'none'" : "'self'"}`,
    `frame-ancestors ${isPreview ? "'self'" : "'none'"}`,
    ...(isPreview ? [`sandbox allow-same-origin${hasScripts ? ' allow-scripts' : ''}`] : []),
  ].join('; ');
}

/** The headers of all pages of a kind, but for the policy. */
export function pageHeaders(kind: PageKind): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'referrer-policy': kind === 'public' ? 'strict-origin-when-cross-origin' : 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(kind === 'public' ? {} : { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }),
  };
}
