import { randomBytes } from 'node:crypto';

/**
 * What pages may load beside what comes from the site itself, by directive of a content security policy, such as
 * `{ 'frame-src': ['https://www.youtube-nocookie.com'] }`. See https://www.w3.org/TR/CSP3/.
 */
export type ContentSources = Readonly<Partial<Record<ContentDirective, readonly string[]>>>;

/** The directives that a site may add to. */
export type ContentDirective = 'connect-src' | 'font-src' | 'frame-src' | 'img-src' | 'media-src';

/** What a page is: pages of the administration can be shown in no frame, previews only in those of the site itself. */
export type PageKind = 'public' | 'administration' | 'preview';

/** A text that nobody can guess, for one answer. */
export function createNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The policy of a page. Scripts and styles come from files of the site, or carry the nonce; nothing is inline. A preview shows what
 * editors wrote, so it runs as if it came from nowhere: it has no cookies and cannot reach the page around it.
 */
export function contentSecurityPolicy(kind: PageKind, nonce: string, sources: ContentSources = {}): string {
  const from = (directive: ContentDirective, ...own: readonly string[]) =>
    `${directive} ${["'self'", ...own, ...(sources[directive] ?? [])].join(' ')}`;
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    from('img-src', 'data:'),
    from('connect-src'),
    from('font-src', 'data:'),
    from('frame-src'),
    from('media-src'),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${kind === 'preview' ? "'self'" : "'none'"}`,
  ];
  return [...directives, ...(kind === 'preview' ? ['sandbox allow-scripts'] : [])].join('; ');
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
