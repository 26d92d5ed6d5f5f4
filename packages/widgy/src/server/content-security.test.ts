import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentSecurityPolicy, createNonce, pageHeaders } from './content-security.ts';

describe('a content security policy', () => {
  const cases = [
    ['lets no page frame a public page', 'public', /frame-ancestors 'none'/],
    ['lets no page frame the administration', 'administration', /frame-ancestors 'none'/],
    ['lets the site frame a preview', 'preview', /frame-ancestors 'self'/],
    [
      'runs nothing in a preview',
      'preview',
      /script-src 'none'.*form-action 'none'.*sandbox allow-same-origin$/,
    ],
    [
      'runs nothing in one that is heard either',
      'heard-preview',
      /script-src 'none'.*frame-src 'none'.*form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-scripts$/,
    ],
    ['gives scripts a nonce', 'public', /script-src 'self' 'nonce-N'/],
  ] as const;
  for (const [what, kind, expected] of cases) {
    it(what, () => assert.match(contentSecurityPolicy(kind, 'N'), expected));
  }

  it('runs one script in a preview that is checked, and nothing else', () => {
    const policy = contentSecurityPolicy('preview', 'N', { 'frame-src': ['https://player.vimeo.com'] }, 'C');
    assert.match(policy, /script-src 'nonce-C'; style-src 'self' 'nonce-N';/);
    assert.match(
      policy,
      /connect-src 'none';.*frame-src 'none';.*form-action 'none'; frame-ancestors 'self'/,
    );
    assert.match(policy, /sandbox allow-same-origin allow-scripts$/);
    assert.equal(contentSecurityPolicy('public', 'N', {}, 'C'), contentSecurityPolicy('public', 'N'));
  });

  it('takes no inline script or style anywhere', () => {
    for (const kind of ['public', 'administration', 'preview', 'heard-preview'] as const)
      assert.doesNotMatch(contentSecurityPolicy(kind, 'N'), /unsafe/);
  });

  it('has what the site adds, and only there', () => {
    const policy = contentSecurityPolicy('public', 'N', { 'frame-src': ['https://player.vimeo.com'] });
    assert.match(policy, /frame-src 'self' https:\/\/player\.vimeo\.com;/);
    assert.equal(policy.match(/vimeo/g)?.length, 1);
  });

  it('has another nonce each time', () => {
    const nonces = new Set(Array.from({ length: 100 }, createNonce));
    assert.equal(nonces.size, 100);
    for (const nonce of nonces) assert.match(nonce, /^[A-Za-z0-9+/]{22}==$/);
  });

  it('comes with headers that keep what is private out of caches', () => {
    assert.equal(pageHeaders('administration')['cache-control'], 'no-store');
    assert.equal(pageHeaders('public')['cache-control'], undefined);
  });
});
